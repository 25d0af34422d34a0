import { logOne } from "../backend/typescript/math/log.js";
import { digammaOne } from "../special/digamma.js";
import { gammaPOne, gammaQOne } from "../special/incompleteGamma.js";
import { gammaInverse } from "../special/inverseGamma.js";
import { lgammaOne } from "../special/lgamma.js";
import type { Distribution } from "./distribution.js";
import { drawGamma } from "./drawGamma.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";
import { logGammaTerm } from "./terms.js";

/** Parameters of a gamma distribution. */
export interface GammaParameters {
  /** The shape; > 0. */
  readonly shape: number;
  /** The rate, the inverse of the scale; > 0. */
  readonly rate: number;
}

/** log p(x) of shape a and rate b, at 0 too. */
export function logGammaDensity(x: number, a: number, b: number): number {
  if (x === 0) return a < 1 ? Infinity : a === 1 ? logOne(b) : -Infinity;
  return logGammaTerm(a, b * x) + logOne(a) - logOne(x);
}

/** Its entropy. */
export function gammaEntropy(a: number, b: number): number {
  return a - logOne(b) + lgammaOne(a) + (1 - a) * digammaOne(a);
}

/**
 * The gamma distribution: the time to event number `shape` of a Poisson process.
 *
 * log p(x) = shape·log rate + (shape − 1)·log x − rate·x − log Γ(shape) nats, for x ≥ 0. At 0 it is +Infinity for a shape
 * below 1.
 *
 * @param options - `shape` and `rate` (1/scale).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for one that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.gamma({ shape: 2, rate: 3 });
 * d.logDensity(1); // → -0.802775422664
 * d.survival(200); // → 1.592888e-258
 */
export function gamma(options: GammaParameters): Distribution<GammaParameters> {
  const given = readOptions(options, ["shape", "rate"]);
  const shape = readPositive("shape", given.shape);
  const rate = readPositive("rate", given.rate);
  return makeContinuous({
    name: "gamma",
    parameters: { shape, rate },
    support: [0, Infinity],
    mean: shape / rate,
    variance: shape / rate / rate,
    entropy: gammaEntropy(shape, rate),
    logDensity: (x) => logGammaDensity(x, shape, rate),
    cdf: (x) => gammaPOne(shape, rate * x),
    survival: (x) => gammaQOne(shape, rate * x),
    inverse: (p, q) => gammaInverse(shape, p, q) / rate,
    draw: (random) => drawGamma(random, shape) / rate,
  });
}
