import { checkNumber, checkOptions, fail } from "../check.js";
import { squaredError } from "../losses/squaredError.js";
import { type Likelihood, gaussianLikelihood } from "./likelihood.js";

/** sd², checked. */
export function varianceOf(sd: number): number {
  const variance = checkNumber("sd", sd, { exclusiveMin: 0 }) * sd;
  if (!(variance > 0 && variance < Infinity)) fail("range", "sd", "a number whose square is > 0 and finite", sd);
  return variance;
}

/**
 * Gaussian: target = score + noise of standard deviation sd. −log density = (z − y)²/(2 sd²) + ½ ln(2π sd²) nats; any
 * finite target; mean z. Without `sd` it is estimated: maximum likelihood gives sd² = RSS/W.
 */
export function gaussian(options?: { readonly sd?: number }): Likelihood {
  checkOptions("options", options, ["sd"]);
  const sd = options?.sd;
  return gaussianLikelihood(squaredError(), sd === undefined ? null : varianceOf(sd));
}
