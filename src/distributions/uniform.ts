import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber, fail } from "../check.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readOptions } from "./options.js";

/** Parameters of a uniform distribution. */
export interface UniformParameters {
  /** The lower end. */
  readonly min: number;
  /** The upper end; > min. */
  readonly max: number;
}

/**
 * The uniform distribution between two numbers.
 *
 * log p(x) = −log(max − min) nats for min ≤ x ≤ max.
 *
 * @param options - `min` (default 0) and `max` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError unless both are finite, min < max, and the width neither overflows nor
 *   has an inverse that does.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 2, 2nd ed., 1995
 * @example
 * const d = distributions.uniform({ min: -1, max: 3 });
 * d.density([0, 4]); // → [0.25, 0]
 * d.sample(random(1)); // → 1.815774905369
 */
export function uniform(options?: Partial<UniformParameters>): Distribution<UniformParameters> {
  const given = readOptions(options, ["min", "max"]);
  const min = given.min === undefined ? 0 : checkNumber("min", given.min);
  const max = given.max === undefined ? 1 : checkNumber("max", given.max);
  const width = max - min;
  if (!(width > 0 && width < Infinity && 1 / width < Infinity)) {
    fail("range", "max", `a number > min = ${min} that leaves a width with a finite inverse`, max);
  }
  const entropy = logOne(width);
  return makeContinuous({
    name: "uniform",
    parameters: { min, max },
    support: [min, max],
    mean: min + 0.5 * width,
    variance: (width * width) / 12,
    entropy,
    logDensity: () => -entropy,
    cdf: (x) => (x - min) / width,
    survival: (x) => (max - x) / width,
    inverse: (p, q) => (p <= q ? min + width * p : max - width * q),
  });
}
