import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { normalCdfOne } from "../special/normalCdf.js";
import { normalQuantileOne } from "../special/normalQuantile.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readLocation, readOptions, readPositive } from "./options.js";
import { HALF_LOG_TWO_PI, standardized } from "./terms.js";

/** Parameters of a log-normal distribution. */
export interface LogNormalParameters {
  /** The mean of log x. */
  readonly meanLog: number;
  /** The standard deviation of log x; > 0. */
  readonly sdLog: number;
}

/**
 * The log-normal distribution: of x when log x is normal.
 *
 * log p(x) = −½·((log x − meanLog)/sdLog)² − log x − log sdLog − ½ log 2π nats, for x ≥ 0.
 *
 * @param options - `meanLog` (default 0) and `sdLog` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a meanLog that is not finite or an sdLog that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.logNormal({ meanLog: 1, sdLog: 0.5 });
 * d.quantile(0.5); // → 2.718281828459
 * d.mean; // → 3.080216848918
 */
export function logNormal(options?: Partial<LogNormalParameters>): Distribution<LogNormalParameters> {
  const given = readOptions(options, ["meanLog", "sdLog"]);
  const meanLog = readLocation("meanLog", given.meanLog);
  const sdLog = readPositive("sdLog", given.sdLog, 1);
  const constant = HALF_LOG_TWO_PI + logOne(sdLog);
  const square = sdLog * sdLog;
  const z = (x: number): number => standardized(logOne(x), meanLog, sdLog);
  const mean = expOne(meanLog + 0.5 * square);
  return makeContinuous({
    name: "logNormal",
    parameters: { meanLog, sdLog },
    support: [0, Infinity],
    mean,
    variance: mean * mean * expm1One(square),
    entropy: constant + 0.5 + meanLog,
    logDensity: (x) => (x === 0 ? -Infinity : -0.5 * z(x) * z(x) - constant - logOne(x)),
    cdf: (x) => normalCdfOne(z(x)),
    survival: (x) => normalCdfOne(-z(x)),
    inverse: (p, q) => expOne(meanLog + sdLog * (p <= q ? normalQuantileOne(p) : -normalQuantileOne(q))),
  });
}
