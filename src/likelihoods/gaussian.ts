import { checkNumber, checkOptions, fail } from "../check.js";
import { squaredError } from "../losses/squaredError.js";
import { gaussianOf } from "./families/gaussian.js";
import type { Likelihood } from "./likelihood.js";

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
 * RSS/W.
 *
 * @param options - `sd`: the known standard deviation, > 0.
 * @returns The likelihood.
 * @throws TypeError for an `sd` that is no number; RangeError unless it is > 0 and sd² is finite and > 0.
 * @example
 * const gaussian = likelihoods.gaussian({ sd: 2 });
 * gaussian.logDensity([0], [0]); // → [-1.612085713765]
 * gaussian.dispersion; // → 4
 */
export function gaussian(options?: { readonly sd?: number }): Likelihood {
  checkOptions("options", options, ["sd"]);
  const sd = options?.sd;
  return gaussianOf(squaredError(), sd === undefined ? null : varianceOf(sd));
}
