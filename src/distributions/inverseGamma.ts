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

/** Parameters of an inverse gamma distribution. */
export interface InverseGammaParameters {
  /** The shape; > 0. */
  readonly shape: number;
  /** The scale: the rate of 1/x; > 0. */
  readonly scale: number;
}

/** log p(x) of shape a and scale b. */
export function logInverseGammaDensity(x: number, a: number, b: number): number {
  return x === 0 ? -Infinity : logGammaTerm(a, b / x) + logOne(a) - logOne(x);
}

/**
 * The inverse gamma distribution: of 1/x when x is a gamma number; the conjugate prior of a normal variance.
 *
 * log p(x) = shape·log scale − (shape + 1)·log x − scale/x − log Γ(shape) nats, for x ≥ 0.
 *
 * @param options - `shape` and `scale`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for one that is not > 0 and finite.
 * @see Gelman, Carlin, Stern, Dunson, Vehtari & Rubin, *Bayesian Data Analysis*, 3rd ed., 2013, appendix A
 * @example
 * const d = distributions.inverseGamma({ shape: 3, scale: 2 });
 * d.logDensity(0.5); // → 0.1589
 * d.mean; // → 1
 */
export function inverseGamma(options: InverseGammaParameters): Distribution<InverseGammaParameters> {
  const given = readOptions(options, ["shape", "scale"]);
  const shape = readPositive("shape", given.shape);
  const scale = readPositive("scale", given.scale);
  const mean = shape > 1 ? scale / (shape - 1) : Infinity;
  return makeContinuous({
    name: "inverseGamma",
    parameters: { shape, scale },
    support: [0, Infinity],
    mean,
    variance: shape > 2 ? (mean * mean) / (shape - 2) : shape > 1 ? Infinity : NaN,
    entropy: shape + logOne(scale) + lgammaOne(shape) - (1 + shape) * digammaOne(shape),
    logDensity: (x) => logInverseGammaDensity(x, shape, scale),
    cdf: (x) => (x === 0 ? 0 : gammaQOne(shape, scale / x)),
    survival: (x) => (x === 0 ? 1 : gammaPOne(shape, scale / x)),
    inverse: (p, q) => scale / gammaInverse(shape, q, p),
    draw: (random) => scale / drawGamma(random, shape),
  });
}
