import { checkNumber, checkOptions } from "../check.js";
import { squaredError } from "../losses/squaredError.js";
import { type Likelihood, gaussianLikelihood } from "./likelihood.js";

/**
 * Gaussian: target = score + noise of standard deviation sd. −log density = (z − y)²/(2 sd²) + ½ ln(2π sd²) nats; any
 * finite target; mean z. Without `sd` it is estimated: maximum likelihood gives sd² = RSS/W.
 */
export function gaussian(options?: { readonly sd?: number }): Likelihood {
  checkOptions("options", options, ["sd"]);
  const sd = options?.sd;
  const dispersion = sd === undefined ? null : checkNumber("sd", sd, { exclusiveMin: 0 }) * sd;
  return gaussianLikelihood(squaredError(), dispersion);
}
