import { checkNumber, checkOptions } from "../check.js";
import { asymmetricLaplaceOf } from "../likelihoods/families/asymmetricLaplace.js";
import type { Loss } from "./loss.js";
import { choosePieces } from "../optimizers/choosePieces.js";
import { makePointwise } from "./pointwise.js";

/**
 * Quantile (pinball) loss: the score that minimises it is a quantile of the target.
 *
 * With level τ: ℓ(z, y) = τ(y − z) nats where the score is too low, (1 − τ)(z − y) where it is too high; gradient −τ or 1
 * − τ, 0 at the kink; Hessian 0. scores, targets: [rows]; any finite target. At τ = ½ half the absolute error.
 * Dropped constant: −ln(τ(1 − τ)) per row. Likelihood: asymmetric Laplace with scale 1.
 *
 * @param options - `level`: τ, 0 < τ < 1; ½ for the median.
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @throws TypeError or RangeError for a `level` outside (0, 1).
 * @see Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978)
 * @example
 * const loss = losses.quantile({ level: 0.9 });
 * loss.value([0, 2], [1, 1], { reduction: "sum" }); // → 1
 * loss.gradient([0, 2], [1, 1], { reduction: "sum" }); // → [-0.9, 0.1]
 */
export function quantile(options: { readonly level: number }): Loss {
  checkOptions("options", options, ["level"]);
  const level = checkNumber("level", options?.level, { exclusiveMin: 0, exclusiveMax: 1 });
  const other = 1 - level;
  return makePointwise({
    name: "quantile",
    options: { level },
    traits: { convex: true, strictlyConvex: false, smooth: false, proper: true, lipschitz: Math.max(level, other) },
    leaf(begin, end, scores, targets, _weights, out, losses) {
      const below = -level;
      const above = other;
      for (let i = begin; i < end; i++) {
        const r = scores[i] - targets[i];
        losses[i - begin] = r < 0 ? below * r : above * r;
        // Neither for NaN.
        if (out !== null) out[i] = r < 0 ? below : r > 0 ? above : r;
      }
    },
    curvature: () => 0,
    pieces: { piece: (y) => ({ kink: y, below: -level, above: other }), choose: choosePieces },
    likelihood: (loss) => asymmetricLaplaceOf(loss, level, 1),
  });
}
