import { checkNumber, checkOptions } from "../check.js";
import { negativeBinomial as loss } from "../losses/negativeBinomial.js";
import { unknownSizeOf } from "./families/negativeBinomial.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Negative binomial distribution of a count with mean μ = e^score and variance μ + αμ²: log link; a Poisson count whose mean
 * is itself gamma distributed.
 *
 * With r = 1/α (theta or size elsewhere): −log density = r·ln(1 + αμ) + y·ln(1 + 1/(αμ)) + ln Γ(r) + ln y! − ln Γ(y + r) nats;
 * scores, targets: [rows]; targets whole numbers ≥ 0. Loss: negative binomial. α is inside the loss, so that it is no φ, which
 * is 1. Without `dispersion` there is a density only for a given one, and no loss to fit by. Samples: a gamma number, then a
 * Poisson count.
 *
 * @param options - `dispersion`: α ≥ 1e-300.
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for a target that is no count.
 * @throws TypeError or RangeError for a `dispersion` that is no finite number ≥ 1e-300.
 * @see Hilbe, *Negative Binomial Regression*, 2nd ed., 2011
 * @example
 * const likelihood = likelihoods.negativeBinomial({ dispersion: 0.5 });
 * likelihood.logDensity([0, 1], [0, 3]); // → [-0.810930216216, -1.984634847420]
 * likelihood.variance([1]); // → [6.412809877924]
 * likelihoods.negativeBinomial().logDensity([1], [3], { dispersion: 0.5 }); // → [-1.984634847420]
 */
export function negativeBinomial(options?: { readonly dispersion?: number }): Likelihood {
  checkOptions("options", options, ["dispersion"]);
  const alpha = options?.dispersion;
  if (alpha === undefined) return unknownSizeOf((dispersion) => loss({ dispersion }).likelihood!);
  checkNumber("dispersion", alpha, { min: 1e-300 });
  return loss({ dispersion: alpha }).likelihood!;
}
