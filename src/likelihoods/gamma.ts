import { checkNumber, checkOptions } from "../check.js";
import { gamma as loss } from "../losses/gamma.js";
import { gammaOf } from "./families/gamma.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Gamma distribution of a positive number with mean μ = e^score and variance μ²/shape: log link.
 *
 * −log density = k(z + y·e^−z) + ln Γ(k) − k ln k − (k − 1) ln y nats, k the shape; scores, targets: [rows]; targets > 0; φ =
 * 1/k. Loss: gamma, that of shape 1 without constant. Without `shape` it is estimated, by maximum likelihood; coefficients do
 * not depend on it. Samples by rejection.
 *
 * @param options - `shape`: k, in [1e-300, 1e300].
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
export function gamma(options?: { readonly shape?: number }): Likelihood {
  checkOptions("options", options, ["shape"]);
  const shape = options?.shape;
  return gammaOf(loss(), shape === undefined ? null : 1 / checkNumber("shape", shape, { min: 1e-300, max: 1e300 }));
}
