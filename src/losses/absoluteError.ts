import { laplaceOf } from "../likelihoods/families/asymmetricLaplace.js";
import type { Loss } from "./loss.js";
import { choosePieces } from "../optimizers/choosePieces.js";
import { makePointwise } from "./pointwise.js";

/**
 * Absolute error: the score that minimises it is the median of the target.
 *
 * ℓ(z, y) = |z − y| nats; gradient sign(z − y), 0 at the kink; Hessian 0. scores, targets: [rows]; any finite target. Dropped
 * constant: ln 2 per row. Likelihood: Laplace with scale 1.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @see Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978)
 * @example
 * const loss = losses.absoluteError();
 * loss.value([1, 3], [0, 1]); // → 1.5
 * loss.gradient([1, 3], [1, 1], { reduction: "sum" }); // → [0, 1]
 */
export function absoluteError(): Loss {
  return makePointwise({
    name: "absoluteError",
    traits: { convex: true, strictlyConvex: false, smooth: false, proper: true, lipschitz: 1 },
    leaf(begin, end, scores, targets, _weights, out, losses) {
      for (let i = begin; i < end; i++) {
        const r = scores[i] - targets[i];
        losses[i - begin] = Math.abs(r);
        if (out !== null) out[i] = Math.sign(r);
      }
    },
    curvature: () => 0,
    pieces: { piece: (y) => ({ kink: y, below: -1, above: 1 }), choose: choosePieces },
    likelihood: (loss) => laplaceOf(loss, 1),
  });
}
