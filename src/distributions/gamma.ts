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

/** The distribution itself; `fits/gamma.ts` has it with its fit. */
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
