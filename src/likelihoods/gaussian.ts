import { checkNumber, checkOptions, fail } from "../check.js";
import { squaredError } from "../losses/squaredError.js";
import type { Distribution } from "../distributions/distribution.js";
import { gaussianOf } from "./families/gaussian.js";
import { isEstimate, jointParameter } from "./joint.js";
import type { Likelihood } from "./likelihood.js";

/** Options of a Gaussian likelihood. */
export interface GaussianLikelihoodOptions {
  /**
   * The standard deviation of the noise, > 0; without it maximum likelihood estimates it. "estimate": it is found together
   * with the coefficients, beside a prior of them too.
   */
  readonly sd?: number | "estimate";
  /** Beside "estimate": the prior of sd, a smooth density on all numbers > 0; without it the same everywhere. */
  readonly sdPrior?: Distribution;
}

/** sd², checked. */
export function varianceOf(sd: number): number {
  const variance = checkNumber("sd", sd, { exclusiveMin: 0 }) * sd;
  if (!(variance > 0 && variance < Infinity)) fail("range", "sd", "a number whose square is > 0 and finite", sd);
  return variance;
}

/**
 * Gaussian (normal) distribution of a number: target = score + noise of standard deviation sd; identity link.
 *
 * −log density = (z − y)²/(2 sd²) + ½ ln(2π sd²) nats; scores, targets: [rows]; any finite target; mean z; φ = sd².
 * Loss: squared error, which leaves out the second term. Without `sd` it is estimated: maximum likelihood gives sd² =
 * RSS/W; beside a prior of the coefficients it must be a number, or "estimate" for `map` and `generalizedLinearModel` to find
 * the mode of both together.
 *
 * @param options - `sd`: the known standard deviation, > 0, or "estimate"; `sdPrior`: of distributions, beside "estimate".
 * @returns The likelihood.
 * @throws TypeError for an `sd` that is no number; RangeError unless it is > 0 and sd² is finite and > 0; both for what is no
 *   prior of it.
 * @example
 * const gaussian = likelihoods.gaussian({ sd: 2 });
 * gaussian.logDensity([0], [0]); // → [-1.612085713765]
 * gaussian.dispersion; // → 4
 */
export function gaussian(options?: GaussianLikelihoodOptions): Likelihood {
  checkOptions("options", options, ["sd", "sdPrior"]);
  const sd = options?.sd;
  const at = (value: number): Likelihood => gaussianOf(squaredError(), varianceOf(value));
  if (isEstimate("sd", sd, options?.sdPrior)) {
    return Object.freeze<Likelihood>({
      ...gaussianOf(squaredError(), null),
      ...jointParameter("sd", options?.sdPrior, at),
    });
  }
  return sd === undefined ? gaussianOf(squaredError(), null) : at(sd as number);
}
