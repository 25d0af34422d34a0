import { checkChoice, checkOptions } from "../check.js";
import { plainBinary } from "../losses/binaryPlain.js";
import { complementaryLogLog } from "../losses/complementaryLogLog.js";
import { probit } from "../losses/probit.js";
import type { BinaryLink } from "./families/bernoulli.js";
import type { Likelihood } from "./likelihood.js";

const LOSSES = { logit: plainBinary, probit, complementaryLogLog };

/**
 * Bernoulli distribution of 0 or 1 with P(y = 1) a function of the score, its inverse link: σ(z) for `"logit"`, Φ(z) for
 * `"probit"`, 1 − exp(−e^z) for `"complementaryLogLog"`.
 *
 * −log density nats, with the logit ln(1 + e^z) − y·z; scores, targets: [rows]; targets 0 or 1; mean p = P(y = 1); variance
 * p(1 − p). Constant 0. Losses: binary cross-entropy, probit, complementary log-log. Samples by inversion.
 *
 * @param options - `link`: `"logit"` (default), `"probit"` or `"complementaryLogLog"`.
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for fractions.
 * @throws TypeError or RangeError for another `link`.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 4
 * @example
 * const bernoulli = likelihoods.bernoulli();
 * bernoulli.logDensity([0, 2], [1, 1]); // → [-0.69314718056, -0.126928011043]
 * bernoulli.mean([0, 2]); // → [0.5, 0.880797077978]
 * likelihoods.bernoulli({ link: "probit" }).mean([0, 2]); // → [0.5, 0.977249868052]
 * bernoulli.sample([0, 2, -2], random(1)); // → [0, 1, 1]
 */
export function bernoulli(options?: { readonly link?: BinaryLink }): Likelihood {
  checkOptions("options", options, ["link"]);
  const { link = "logit" } = options ?? {};
  return LOSSES[checkChoice("link", link, Object.keys(LOSSES) as BinaryLink[])]().likelihood!;
}
