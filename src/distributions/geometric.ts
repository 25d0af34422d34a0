import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { checkNumber } from "../check.js";
import { surprisalTerm } from "./bernoulli.js";
import type { Distribution } from "./distribution.js";
import { makeDiscrete } from "./discrete.js";
import { openUniform } from "./make.js";
import { readOptions } from "./options.js";

/** Parameters of a geometric distribution. */
export interface GeometricParameters {
  /** Of success in each trial; > 0. */
  readonly probability: number;
}

/**
 * The geometric distribution: failures before the first success.
 *
 * log p(k) = log probability + k·log(1 − probability) nats, for whole k ≥ 0.
 *
 * @param options - `probability`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a probability outside (0, 1], or below 1e-15.
 * @see Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed., 2005
 * @example
 * const d = distributions.geometric({ probability: 0.3 });
 * d.density([0, 2]); // → [0.3, 0.147]
 * d.survival(4); // → 0.16807
 */
export function geometric(options: GeometricParameters): Distribution<GeometricParameters> {
  const given = readOptions(options, ["probability"]).probability;
  const p = checkNumber("probability", given, { min: 1e-15, max: 1 });
  const log = logOne(p);
  const logFailure = log1pOne(-p);
  return makeDiscrete({
    name: "geometric",
    parameters: { probability: p },
    support: [0, p === 1 ? 0 : Infinity],
    mean: (1 - p) / p,
    variance: (1 - p) / p / p,
    entropy: -log + surprisalTerm(1 - p, logFailure) / p,
    logDensity: (k) => (k === 0 ? log : log + k * logFailure),
    cdf: (k) => -expm1One((k + 1) * logFailure),
    survival: (k) => expOne((k + 1) * logFailure),
    draw: (random) => (p === 1 ? 0 : Math.floor(logOne(openUniform(random)) / logFailure)),
  });
}
