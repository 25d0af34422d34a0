import { checkNumber, checkOptions } from "../check.js";
import { tweedie as loss } from "../losses/tweedie.js";
import { tweedieFamily } from "./families/tweedie.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Tweedie distribution with mean μ = e^score and variance φμ^p: log link; between p = 1 and 2 a Poisson number of gamma
 * numbers, 0 among them.
 *
 * −log density = (μ^(2−p)/(2 − p) − y·μ^(1−p)/(1 − p))/φ + constant nats; scores, targets: [rows]; targets ≥ 0, > 0 from p = 2
 * on. The constant has a closed form for p = 1 (Poisson; φ = 1), 2 (gamma) and 3 (inverse Gaussian) alone: for other
 * powers `logDensity` and `constant` throw a RangeError that names the power, and fits have no log-likelihood. Loss: Tweedie.
 * Samples: exact for 1 ≤ p ≤ 2 and p = 3, else refused.
 *
 * @param options - `power`: p ≥ 1; `dispersion`: φ in [1e-300, 1e300], unknown without it.
 * @returns The likelihood.
 * @throws TypeError or RangeError for a `power` or `dispersion` outside its range, and for a `dispersion` beside power 1.
 * @see Jørgensen, "Exponential dispersion models", J. R. Stat. Soc. B 49 (1987)
 * @example
 * const tweedie = likelihoods.tweedie({ power: 1.5, dispersion: 2 });
 * tweedie.variance([0, 1]); // → [2, 8.963378140676]
 * tweedie.sample([0, 1, 2], random(1)); // → [0.462729956, 7.208836388, 7.920458943]
 * likelihoods.tweedie({ power: 3, dispersion: 1 }).logDensity([0], [1]); // → [-0.918938533205]
 */
export function tweedie(options: { readonly power: number; readonly dispersion?: number }): Likelihood {
  checkOptions("options", options, ["power", "dispersion"]);
  const own = loss({ power: options?.power });
  const { power, dispersion } = options;
  if (dispersion === undefined) return tweedieFamily(own, power, null);
  checkNumber("dispersion", dispersion, power === 1 ? { min: 1, max: 1 } : { min: 1e-300, max: 1e300 });
  return tweedieFamily(own, power, dispersion);
}
