import { checkNumber, checkOptions } from "../check.js";
import { negativeBinomial as loss } from "../losses/negativeBinomial.js";
import type { Distribution } from "../distributions/distribution.js";
import { unknownSizeOf } from "./families/negativeBinomial.js";
import { isEstimate, jointParameter } from "./joint.js";
import type { Likelihood } from "./likelihood.js";

/** Options of a negative binomial likelihood. */
export interface NegativeBinomialLikelihoodOptions {
  /**
   * α ≥ 1e-300; without it `generalizedLinearModel` estimates it by maximum likelihood. "estimate": it is found together with
   * the coefficients, beside a prior of them too.
   */
  readonly dispersion?: number | "estimate";
  /** Beside "estimate": the prior of α, a smooth density on all numbers > 0; without it the same everywhere. */
  readonly dispersionPrior?: Distribution;
}

/**
 * Negative binomial distribution of a count with mean μ = e^score and variance μ + αμ²: log link; a Poisson count whose mean
 * is itself gamma distributed.
 *
 * With r = 1/α (theta or size elsewhere): −log density = r·ln(1 + αμ) + y·ln(1 + 1/(αμ)) + ln Γ(r) + ln y! − ln Γ(y + r) nats;
 * scores, targets: [rows]; targets whole numbers ≥ 0. Loss: negative binomial. α is inside the loss, so that it is no φ, which
 * is 1. Without `dispersion` there is a density only for a given one, and no loss to fit by; "estimate" has `map` and
 * `generalizedLinearModel` find the mode of both it and the coefficients. Samples: a gamma number, then a Poisson count.
 *
 * @param options - `dispersion`: α ≥ 1e-300, or "estimate"; `dispersionPrior`: of distributions, beside "estimate".
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for a target that is no count.
 * @throws TypeError or RangeError for a `dispersion` that is no finite number ≥ 1e-300.
 * @see Hilbe, *Negative Binomial Regression*, 2nd ed., 2011
 * @example
 * const likelihood = likelihoods.negativeBinomial({ dispersion: 0.5 });
 * likelihood.logDensity([0, 1], [0, 3]); // → [-0.810930216216, -1.984634847420]
 * likelihood.variance([1]); // → [6.412809877924]
 * likelihoods.negativeBinomial().logDensity([1], [3], { dispersion: 0.5 }); // → [-1.984634847420]
 */
export function negativeBinomial(options?: NegativeBinomialLikelihoodOptions): Likelihood {
  checkOptions("options", options, ["dispersion", "dispersionPrior"]);
  const alpha = options?.dispersion;
  const at = (dispersion: number): Likelihood => loss({ dispersion }).likelihood!;
  if (isEstimate("dispersion", alpha, options?.dispersionPrior)) {
    return Object.freeze<Likelihood>({
      ...unknownSizeOf(at),
      ...jointParameter("dispersion", options?.dispersionPrior, at),
    });
  }
  return alpha === undefined ? unknownSizeOf(at) : at(checkNumber("dispersion", alpha, { min: 1e-300 }));
}
