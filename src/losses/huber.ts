import { checkNumber, checkOptions } from "../check.js";
import { huberOf } from "../likelihoods/families/robust.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/**
 * Huber's loss: squared error near the target, absolute error beyond δ, so that outliers pull no harder than δ.
 *
 * With r = z − y: ℓ = ½r² nats where |r| ≤ δ, else δ(|r| − ½δ); gradient r, held within ±δ; Hessian 1 where |r| < δ, else
 * 0. scores, targets: [rows]; any finite target. Some systems divide it by δ ("smooth L1").
 * Dropped constant: ln(√(2π)·erf(δ/√2) + 2e^(−δ²/2)/δ) per row. Likelihood: a normal middle with exponential tails.
 *
 * @param options - `delta`: δ > 0, in units of the target.
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @throws TypeError or RangeError for a `delta` that is no finite number > 0.
 * @see Huber, "Robust estimation of a location parameter", Ann. Math. Stat. 35 (1964)
 * @example
 * const loss = losses.huber({ delta: 1.345 });
 * loss.value([1, 3], [0, 0], { reduction: "sum" }); // → 3.6304875
 * loss.gradient([1, 3], [0, 0], { reduction: "sum" }); // → [1, 1.345]
 */
export function huber(options: { readonly delta: number }): Loss {
  checkOptions("options", options, ["delta"]);
  const delta = checkNumber("delta", options?.delta, { exclusiveMin: 0 });
  return makePointwise({
    name: "huber",
    options: { delta },
    traits: { convex: true, strictlyConvex: false, smooth: false, proper: true, lipschitz: delta },
    leaf(begin, end, scores, targets, _weights, out, losses) {
      const limit = delta;
      for (let i = begin; i < end; i++) {
        const r = scores[i] - targets[i];
        const g = Math.max(-limit, Math.min(limit, r));
        // ½r² where g = r, and δ(|r| − ½δ) where g = ±δ.
        losses[i - begin] = g * (r - 0.5 * g);
        if (out !== null) out[i] = g;
      }
    },
    curvature: (z, y) => (Math.abs(z - y) < delta ? 1 : 0),
    likelihood: (loss) => huberOf(loss, delta),
  });
}
