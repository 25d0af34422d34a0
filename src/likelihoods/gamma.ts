import { checkNumber, checkOptions } from "../check.js";
import { gamma as loss } from "../losses/gamma.js";
import type { Distribution } from "../distributions/distribution.js";
import { gammaOf } from "./families/gamma.js";
import { isEstimate, jointParameter } from "./joint.js";
import type { Likelihood } from "./likelihood.js";

/** Options of a gamma likelihood. */
export interface GammaLikelihoodOptions {
  /**
   * The shape, in [1e-300, 1e300]; without it maximum likelihood estimates it. "estimate": it is found together with the
   * coefficients, beside a prior of them too.
   */
  readonly shape?: number | "estimate";
  /** Beside "estimate": the prior of the shape, a smooth density on all numbers > 0; without it the same everywhere. */
  readonly shapePrior?: Distribution;
}

/**
 * Gamma distribution of a positive number with mean μ = e^score and variance μ²/shape: log link.
 *
 * −log density = k(z + y·e^−z) + ln Γ(k) − k ln k − (k − 1) ln y nats, k the shape; scores, targets: [rows]; targets > 0; φ =
 * 1/k. Loss: gamma, that of shape 1 without constant. Without `shape` it is estimated, by maximum likelihood; coefficients do
 * not depend on it; beside a prior of these it must be a number, or "estimate" for `map` and `generalizedLinearModel` to find
 * the mode of both together. Samples by rejection.
 *
 * @param options - `shape`: k, in [1e-300, 1e300], or "estimate"; `shapePrior`: of distributions, beside "estimate".
 * @returns The likelihood; its methods throw a RangeError, with the row, for a target that is not > 0 and finite.
 * @throws TypeError or RangeError for a `shape` outside its range.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 8
 * @see Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000)
 * @example
 * const gamma = likelihoods.gamma({ shape: 2 });
 * gamma.logDensity([0, 1], [1, 3]); // → [-0.613705638880, -1.722369997241]
 * gamma.variance([0, 1]); // → [0.5, 3.694528049465]
 * gamma.dispersion; // → 0.5
 */
export function gamma(options?: GammaLikelihoodOptions): Likelihood {
  checkOptions("options", options, ["shape", "shapePrior"]);
  const shape = options?.shape;
  const at = (value: unknown): Likelihood =>
    gammaOf(loss(), 1 / checkNumber("shape", value, { min: 1e-300, max: 1e300 }));
  if (isEstimate("shape", shape, options?.shapePrior)) {
    return Object.freeze<Likelihood>({ ...gammaOf(loss(), null), ...jointParameter("shape", options?.shapePrior, at) });
  }
  return shape === undefined ? gammaOf(loss(), null) : at(shape);
}
