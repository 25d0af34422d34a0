import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { PI } from "../constants.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readLocation, readOptions, readPositive } from "./options.js";
import { standardized } from "./terms.js";

/** Parameters of a logistic distribution. */
export interface LogisticParameters {
  /** The median, which is the mean too. */
  readonly location: number;
  /** The scale; > 0. */
  readonly scale: number;
}

/**
 * The logistic distribution, whose distribution function is the sigmoid of z = (x − location)/scale.
 *
 * log p(x) = −|z| − 2 log(1 + exp(−|z|)) − log scale nats, for all real x.
 *
 * @param options - `location` (default 0) and `scale` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a location that is not finite or a scale that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 2, 2nd ed., 1995
 * @example
 * const d = distributions.logistic();
 * d.cdf([-1, 0, 1]); // → [0.268941421370, 0.5, 0.731058578630]
 * d.entropy; // → 2
 */
export function logistic(options?: Partial<LogisticParameters>): Distribution<LogisticParameters> {
  const given = readOptions(options, ["location", "scale"]);
  const location = readLocation("location", given.location);
  const scale = readPositive("scale", given.scale, 1);
  const constant = logOne(scale);
  return makeContinuous({
    name: "logistic",
    parameters: { location, scale },
    support: [-Infinity, Infinity],
    mean: location,
    variance: ((PI * PI) / 3) * (scale * scale),
    entropy: constant + 2,
    logDensity(x) {
      const z = Math.abs(standardized(x, location, scale));
      return -z - 2 * log1pOne(expOne(-z)) - constant;
    },
    cdf: (x) => sigmoidOne(standardized(x, location, scale)),
    survival: (x) => sigmoidOne(-standardized(x, location, scale)),
    inverse: (p, q) => location + scale * (p <= q ? logOdds(p, q) : -logOdds(q, p)),
  });
}

/** log(p/q) for p ≤ q = 1 − p, to relative accuracy next to p = ½. */
function logOdds(p: number, q: number): number {
  return p > 0.25 ? log1pOne((p - q) / q) : logOne(p / q);
}
