import { logOne } from "../backend/typescript/math/log.js";
import { normalCdfOne } from "../special/normalCdf.js";
import { normalQuantileOne } from "../special/normalQuantile.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readLocation, readOptions, readPositive } from "./options.js";
import { HALF_LOG_TWO_PI, standardized } from "./terms.js";

/** Parameters of a normal distribution. */
export interface NormalParameters {
  /** The mean. */
  readonly mean: number;
  /** The standard deviation; > 0. */
  readonly sd: number;
}

/**
 * The normal (Gaussian) distribution.
 *
 * log p(x) = −½·((x − mean)/sd)² − log sd − ½ log 2π nats, for all real x.
 *
 * @param options - `mean` (default 0) and `sd` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a mean that is not finite or an sd that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.normal({ mean: 100, sd: 15 });
 * d.cdf(130); // → 0.977249868052
 * d.quantile([0.025, 0.975]); // → [70.600540231899, 129.399459768101]
 * d.survival(650); // → 1.241408e-294
 */
export function normal(options?: Partial<NormalParameters>): Distribution<NormalParameters> {
  const given = readOptions(options, ["mean", "sd"]);
  const mean = readLocation("mean", given.mean);
  const sd = readPositive("sd", given.sd, 1);
  const constant = HALF_LOG_TWO_PI + logOne(sd);
  return makeContinuous({
    name: "normal",
    parameters: { mean, sd },
    support: [-Infinity, Infinity],
    mean,
    variance: sd * sd,
    entropy: constant + 0.5,
    logDensity(x) {
      const z = standardized(x, mean, sd);
      return -0.5 * z * z - constant;
    },
    cdf: (x) => normalCdfOne(standardized(x, mean, sd)),
    survival: (x) => normalCdfOne(-standardized(x, mean, sd)),
    inverse: (p, q) => mean + sd * (p <= q ? normalQuantileOne(p) : -normalQuantileOne(q)),
  });
}
