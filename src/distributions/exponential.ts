import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";

/** Parameters of an exponential distribution. */
export interface ExponentialParameters {
  /** Events in a unit of x: the inverse of the mean; > 0. */
  readonly rate: number;
}

/**
 * The exponential distribution: the time to the next event of a Poisson process.
 *
 * log p(x) = log rate − rate·x nats, for x ≥ 0.
 *
 * @param options - `rate`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a rate that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.exponential({ rate: 0.5 });
 * d.survival([0, 2, 1000]); // → [1, 0.367879441171, 7.124576406741e-218]
 * d.quantile(0.5); // → 1.386294361120
 */
export function exponential(options: ExponentialParameters): Distribution<ExponentialParameters> {
  const rate = readPositive("rate", readOptions(options, ["rate"]).rate);
  const log = logOne(rate);
  return makeContinuous({
    name: "exponential",
    parameters: { rate },
    support: [0, Infinity],
    mean: 1 / rate,
    variance: 1 / rate / rate,
    entropy: 1 - log,
    logDensity: (x) => log - rate * x,
    cdf: (x) => -expm1One(-rate * x),
    survival: (x) => expOne(-rate * x),
    inverse: (p, q) => (p <= q ? -log1pOne(-p) : -logOne(q)) / rate,
  });
}
