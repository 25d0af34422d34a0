import { checkNumber, checkOptions } from "../check.js";
import type { Distribution } from "../distributions/distribution.js";
import { absoluteError } from "../losses/absoluteError.js";
import { laplaceOf } from "./families/asymmetricLaplace.js";
import { isEstimate, jointParameter } from "./joint.js";
import type { Likelihood } from "./likelihood.js";

/** Options of a Laplace likelihood. */
export interface LaplaceLikelihoodOptions {
  /** b, in units of the target, in [1e-150, 1e150]. "estimate": it is found together with the coefficients. */
  readonly scale: number | "estimate";
  /** Beside "estimate": the prior of the scale, a smooth density on all numbers > 0; without it the same everywhere. */
  readonly scalePrior?: Distribution;
}

/**
 * Laplace (double exponential) distribution of a number around the score, its median; identity link.
 *
 * −log density = |z − y|/b + ln 2b nats; scores, targets: [rows]; any finite target; mean z; variance 2b²; φ = b. Loss:
 * absolute error. Samples by inversion. With a `scale` of "estimate" fits find it: beside flat priors the mean absolute
 * error, which is maximum likelihood; beside others the mode of both together.
 *
 * @param options - `scale`: b > 0, in units of the target, or "estimate"; `scalePrior`: of distributions, beside "estimate".
 * @returns The likelihood.
 * @throws TypeError or RangeError for a `scale` that is no finite number > 0, and for what is no prior of it.
 * @see Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978)
 * @example
 * const laplace = likelihoods.laplace({ scale: 2 });
 * laplace.logDensity([0], [3]); // → [-2.886294361120]
 * laplace.variance([0]); // → [8]
 */
export function laplace(options: LaplaceLikelihoodOptions): Likelihood {
  checkOptions("options", options, ["scale", "scalePrior"]);
  const { scale, scalePrior } = options ?? {};
  const at = (value: number): Likelihood =>
    laplaceOf(absoluteError(), checkNumber("scale", value, { min: 1e-150, max: 1e150 }));
  if (!isEstimate("scale", scale, scalePrior)) return at(scale as number);
  return Object.freeze<Likelihood>({
    ...laplaceOf(absoluteError(), null),
    ...jointParameter("scale", scalePrior, at),
  });
}
