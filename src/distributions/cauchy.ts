import { logOne } from "../backend/typescript/math/log.js";
import { PI } from "../constants.js";
import { atanOne } from "../special/atan.js";
import { cosPiOne, sinPiOne } from "../special/trigonometric.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readLocation, readOptions, readPositive } from "./options.js";
import { LOG_PI, logOnePlusSquare, standardized } from "./terms.js";

/** Parameters of a Cauchy distribution. */
export interface CauchyParameters {
  /** The median; there is no mean. */
  readonly location: number;
  /** Half the distance of the quartiles; > 0. */
  readonly scale: number;
}

/**
 * The Cauchy distribution: Student t with one degree of freedom, without mean or variance.
 *
 * log p(x) = −log(1 + ((x − location)/scale)²) − log(π·scale) nats, for all real x.
 *
 * @param options - `location` (default 0) and `scale` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a location that is not finite or a scale that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.cauchy({ scale: 2.5 });
 * d.quantile([0.25, 0.5, 0.999]); // → [-2.5, 0, 795.772097464]
 */
export function cauchy(options?: Partial<CauchyParameters>): Distribution<CauchyParameters> {
  const given = readOptions(options, ["location", "scale"]);
  const location = readLocation("location", given.location);
  const scale = readPositive("scale", given.scale, 1);
  const constant = LOG_PI + logOne(scale);
  return makeContinuous({
    name: "cauchy",
    parameters: { location, scale },
    support: [-Infinity, Infinity],
    mean: NaN,
    variance: NaN,
    entropy: constant + 2 * logOne(2),
    logDensity: (x) => -logOnePlusSquare(standardized(x, location, scale), 1) - constant,
    cdf: (x) => lower(standardized(x, location, scale)),
    survival: (x) => lower(-standardized(x, location, scale)),
    inverse: (p, q) => location + scale * (p <= q ? tangent(p) : -tangent(q)),
  });
}

/** P(Z ≤ z): beyond −1 the angle of −1/z, which is small, and not what it leaves of a right one. */
function lower(z: number): number {
  return z < -1 ? atanOne(-1 / z) / PI : 0.5 + atanOne(z) / PI;
}

/** tan π(p − ½) for 0 < p ≤ ½. */
function tangent(p: number): number {
  return -cosPiOne(p) / sinPiOne(p);
}
