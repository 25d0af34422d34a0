import { checkNumber, checkOptions } from "../check.js";
import { gaussianOf } from "../likelihoods/families/gaussian.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/**
 * Gaussian loss of known variance v: the surprisal of a target whose mean is the score, less its constant; {@link
 * squaredError} at v = 1.
 *
 * ℓ(z, y) = (z − y)²/(2v) nats; gradient (z − y)/v; Hessian 1/v. scores, targets: [rows]; any finite target. Dropped
 * constant: ½ ln(2πv) per row. Likelihood: Gaussian. A variance per row is a weight of 1/v per row of the squared error.
 *
 * @param options - `variance`: v, in squared units of the target, in [1e-300, 1e300].
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @throws TypeError or RangeError for a `variance` outside [1e-300, 1e300].
 * @example
 * const loss = losses.gaussian({ variance: 4 });
 * loss.value([1, 3], [0, 1]); // → 0.3125
 * loss.gradient([1, 3], [0, 1], { reduction: "sum" }); // → [0.25, 0.5]
 */
export function gaussian(options: { readonly variance: number }): Loss {
  checkOptions("options", options, ["variance"]);
  const variance = checkNumber("variance", options?.variance, { min: 1e-300, max: 1e300 });
  return makePointwise({
    name: "gaussian",
    options: { variance },
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity },
    value: (z, y) => (0.5 * ((z - y) * (z - y))) / variance,
    gradient: (z, y) => (z - y) / variance,
    curvature: () => 1 / variance,
    likelihood: (loss) => gaussianOf(loss, 1, variance),
  });
}
