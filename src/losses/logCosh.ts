import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { tanhOne } from "../backend/typescript/math/tanh.js";
import { LN2 } from "../constants.js";
import { hyperbolicSecantOf } from "../likelihoods/families/robust.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/**
 * Log-cosh error: squared error near the target, absolute error far from it, smooth in between.
 *
 * ℓ(z, y) = ln cosh(z − y) nats; gradient tanh(z − y); Hessian sech²(z − y). scores, targets: [rows]; any finite target.
 * Near 0 it is computed as log1p of cosh − 1, so that it keeps its digits. Dropped constant: ln π per row.
 * Likelihood: the density sech(y − z)/π.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @example
 * const loss = losses.logCosh();
 * loss.value([1, 3], [0, 0], { reduction: "sum" }); // → 2.743109335061
 * loss.gradient([1, 300], [0, 0], { reduction: "sum" }); // → [0.761594155956, 1]
 * loss.value([1e-9], [0]); // → 5e-19
 */
export function logCosh(): Loss {
  return makePointwise({
    name: "logCosh",
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: 1 },
    value(z, y) {
      const a = Math.abs(z - y);
      if (a > 1) return a - LN2 + log1pOne(expOne(-2 * a));
      const e = expm1One(a);
      return log1pOne((0.5 * (e * e)) / (1 + e));
    },
    gradient: (z, y) => tanhOne(z - y),
    curvature(z, y) {
      const t = expOne(-2 * Math.abs(z - y));
      return (4 * t) / ((1 + t) * (1 + t));
    },
    likelihood: hyperbolicSecantOf,
  });
}
