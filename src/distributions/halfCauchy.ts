import { logOne } from "../backend/typescript/math/log.js";
import { PI } from "../constants.js";
import { atanOne } from "../special/atan.js";
import { cosPiOne, sinPiOne } from "../special/trigonometric.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";
import { LOG_PI, logOnePlusSquare } from "./terms.js";

/** Parameters of a half-Cauchy distribution. */
export interface HalfCauchyParameters {
  /** The median; > 0. */
  readonly scale: number;
}

/**
 * The half-Cauchy distribution: the size of a Cauchy number around 0; it has no finite mean.
 *
 * log p(x) = −log(1 + (x/scale)²) − log(π·scale/2) nats, for x ≥ 0.
 *
 * @param options - `scale` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a scale that is not > 0 and finite.
 * @see Gelman, "Prior distributions for variance parameters in hierarchical models", Bayesian Analysis 1 (2006)
 * @example
 * const d = distributions.halfCauchy({ scale: 2.5 });
 * d.quantile([0.5, 0.9]); // → [2.5, 15.784378786688]
 */
export function halfCauchy(options?: Partial<HalfCauchyParameters>): Distribution<HalfCauchyParameters> {
  const scale = readPositive("scale", readOptions(options, ["scale"]).scale, 1);
  const constant = LOG_PI - logOne(2) + logOne(scale);
  return makeContinuous({
    name: "halfCauchy",
    parameters: { scale },
    support: [0, Infinity],
    mean: Infinity,
    variance: NaN,
    entropy: constant + 2 * logOne(2),
    logDensity: (x) => -logOnePlusSquare(x / scale, 1) - constant,
    cdf: (x) => atanOne(x / scale) * (2 / PI),
    survival: (x) => atanOne(scale / x) * (2 / PI),
    inverse: (p, q) =>
      p <= q ? (scale * sinPiOne(0.5 * p)) / cosPiOne(0.5 * p) : (scale * cosPiOne(0.5 * q)) / sinPiOne(0.5 * q),
  });
}
