import { expOne } from "../backend/typescript/math/exp.js";
import { fail } from "../check.js";
import { gaussianMeanVarianceOf } from "../likelihoods/families/gaussianMeanVariance.js";
import { finite } from "./domains.js";
import type { Loss } from "./loss.js";
import { makeRowwise } from "./rowwise.js";

/**
 * Gaussian loss with predicted variance (heteroscedastic): the surprisal of a target whose mean and log variance are the
 * two scores of its row, less its constant.
 *
 * With scores m and s, r = m − y: ℓ = ½(s + r²e^−s) nats, which may be negative and has no lower bound as s falls where r =
 * 0; gradient (r·e^−s, ½(1 − r²e^−s)); Hessian [e^−s, −r·e^−s; −r·e^−s, ½r²e^−s]: not convex. scores: [rows × 2], mean
 * first; targets: [rows]; any finite target. Dropped constant: ½ ln 2π per row.
 * Likelihood: Gaussian.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @see Nix & Weigend, "Estimating the mean and variance of the target probability distribution", ICNN 1994
 * @example
 * const loss = losses.gaussianMeanVariance();
 * loss.value([1, 0, 3, 2], [0, 1], { reduction: "sum" }); // → 1.770670566473
 * loss.gradient([1, 0], [0]); // → [1, 0]
 */
export function gaussianMeanVariance(): Loss {
  return makeRowwise({
    name: "gaussianMeanVariance",
    classes: 2,
    traits: { convex: false, strictlyConvex: false, smooth: true, proper: true, lipschitz: Infinity },
    width(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      finite(targets);
      return 1;
    },
    value([m, s], [y]) {
      const u = (m - y) * expOne(-0.5 * s);
      return 0.5 * (s + u * u);
    },
    gradient([m, s], [y], out) {
      const u = (m - y) * expOne(-0.5 * s);
      out[0] = (m - y) * expOne(-s);
      out[1] = 0.5 * (1 - u * u);
    },
    curvature([m, s], [y], out) {
      const u = (m - y) * expOne(-0.5 * s);
      out[0] = expOne(-s);
      out[1] = -((m - y) * out[0]);
      out[2] = 0.5 * (u * u);
    },
    likelihood: gaussianMeanVarianceOf,
  });
}
