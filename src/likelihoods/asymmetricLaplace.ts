import { checkNumber, checkOptions } from "../check.js";
import type { Distribution } from "../distributions/distribution.js";
import { quantile } from "../losses/quantile.js";
import { asymmetricLaplaceOf } from "./families/asymmetricLaplace.js";
import { isEstimate, jointParameter } from "./joint.js";
import type { Likelihood } from "./likelihood.js";

/** Options of an asymmetric Laplace likelihood. */
export interface AsymmetricLaplaceLikelihoodOptions {
  /** τ: the score is this quantile of the target; 0 < τ < 1. */
  readonly level: number;
  /** s, in units of the target, in [1e-150, 1e150]. "estimate": it is found together with the coefficients. */
  readonly scale: number | "estimate";
  /** Beside "estimate": the prior of the scale, a smooth density on all numbers > 0; without it the same everywhere. */
  readonly scalePrior?: Distribution;
}

/**
 * Asymmetric Laplace distribution of a number, the score its quantile: what makes quantile regression maximum likelihood.
 *
 * With level τ, scale s and u = (y − z)/s: −log density = τ·u above the score, (τ − 1)u below, + ln s − ln(τ(1 − τ)) nats;
 * scores, targets: [rows]; any finite target; P(y ≤ z) = τ; mean z + s(1 − 2τ)/(τ(1 − τ)); variance s²(τ² + (1 − τ)²)/(τ(1 −
 * τ))²; φ = s. Loss: quantile. Fits predict the quantile z, not the mean. Samples by inversion.
 * With a `scale` of "estimate" fits find it: beside flat priors the mean loss, which is maximum likelihood; beside others the
 * mode of both together.
 *
 * @param options - `level`: τ, 0 < τ < 1; `scale`: s > 0, in units of the target, or "estimate"; `scalePrior`: of
 *   distributions, beside "estimate".
 * @returns The likelihood.
 * @throws TypeError or RangeError for a `level` or `scale` outside its range, and for what is no prior of the scale.
 * @see Yu & Moyeed, "Bayesian quantile regression", Statistics & Probability Letters 54 (2001)
 * @example
 * const likelihood = likelihoods.asymmetricLaplace({ level: 0.9, scale: 2 });
 * likelihood.logDensity([0], [3]); // → [-4.451092789212]
 * likelihood.mean([0]); // → [-17.777777777778]
 */
export function asymmetricLaplace(options: AsymmetricLaplaceLikelihoodOptions): Likelihood {
  checkOptions("options", options, ["level", "scale", "scalePrior"]);
  const level = checkNumber("level", options?.level, { exclusiveMin: 0, exclusiveMax: 1 });
  const { scale, scalePrior } = options;
  const at = (value: number): Likelihood =>
    asymmetricLaplaceOf(quantile({ level }), level, checkNumber("scale", value, { min: 1e-150, max: 1e150 }));
  if (!isEstimate("scale", scale, scalePrior)) return at(scale as number);
  return Object.freeze<Likelihood>({
    ...asymmetricLaplaceOf(quantile({ level }), level, null),
    ...jointParameter("scale", scalePrior, at),
  });
}
