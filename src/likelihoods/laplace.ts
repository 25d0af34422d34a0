import { checkNumber, checkOptions } from "../check.js";
import { absoluteError } from "../losses/absoluteError.js";
import { laplaceOf } from "./families/asymmetricLaplace.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Laplace (double exponential) distribution of a number around the score, its median; identity link.
 *
 * −log density = |z − y|/b + ln 2b nats; scores, targets: [rows]; any finite target; mean z; variance 2b²; φ = b. Loss:
 * absolute error. Samples by inversion.
 *
 * @param options - `scale`: b > 0, in units of the target.
 * @returns The likelihood.
 * @throws TypeError or RangeError for a `scale` that is no finite number > 0.
 * @see Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978)
 * @example
 * const laplace = likelihoods.laplace({ scale: 2 });
 * laplace.logDensity([0], [3]); // → [-2.886294361120]
 * laplace.variance([0]); // → [8]
 */
export function laplace(options: { readonly scale: number }): Likelihood {
  checkOptions("options", options, ["scale"]);
  return laplaceOf(absoluteError(), checkNumber("scale", options?.scale, { min: 1e-150, max: 1e150 }));
}
