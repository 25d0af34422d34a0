import { checkNumber, checkOptions } from "../check.js";
import { quantile } from "../losses/quantile.js";
import { asymmetricLaplaceOf } from "./families/asymmetricLaplace.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Asymmetric Laplace distribution of a number, the score its quantile: what makes quantile regression maximum likelihood.
 *
 * With level τ, scale s and u = (y − z)/s: −log density = τ·u above the score, (τ − 1)u below, + ln s − ln(τ(1 − τ)) nats;
 * scores, targets: [rows]; any finite target; P(y ≤ z) = τ; mean z + s(1 − 2τ)/(τ(1 − τ)); variance s²(τ² + (1 − τ)²)/(τ(1 −
 * τ))²; φ = s. Loss: quantile. Fits predict the quantile z, not the mean. Samples by inversion.
 *
 * @param options - `level`: τ, 0 < τ < 1; `scale`: s > 0, in units of the target.
 * @returns The likelihood.
 * @throws TypeError or RangeError for a `level` or `scale` outside its range.
 * @see Yu & Moyeed, "Bayesian quantile regression", Statistics & Probability Letters 54 (2001)
 * @example
 * const likelihood = likelihoods.asymmetricLaplace({ level: 0.9, scale: 2 });
 * likelihood.logDensity([0], [3]); // → [-4.451092789212]
 * likelihood.mean([0]); // → [-17.777777777778]
 */
export function asymmetricLaplace(options: { readonly level: number; readonly scale: number }): Likelihood {
  checkOptions("options", options, ["level", "scale"]);
  const level = checkNumber("level", options?.level, { exclusiveMin: 0, exclusiveMax: 1 });
  const scale = checkNumber("scale", options.scale, { min: 1e-150, max: 1e150 });
  return asymmetricLaplaceOf(quantile({ level }), level, scale);
}
