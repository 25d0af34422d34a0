import { logOne } from "../backend/typescript/math/log.js";
import { PI } from "../constants.js";
import { erfOne } from "../special/erf.js";
import { erfcOne } from "../special/erfc.js";
import { normalQuantileOne } from "../special/normalQuantile.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";
import { HALF_LOG_TWO_PI } from "./terms.js";

/** Parameters of a half-normal distribution. */
export interface HalfNormalParameters {
  /** The standard deviation of the normal number; > 0. */
  readonly scale: number;
}

/** 1/√2 */
const ROOT_HALF = 0.7071067811865476;

/**
 * The half-normal distribution: the size of a normal number of mean 0.
 *
 * log p(x) = −½·(x/scale)² − log scale + ½ log(2/π) nats, for x ≥ 0.
 *
 * @param options - `scale` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a scale that is not > 0 and finite.
 * @see Gelman, "Prior distributions for variance parameters in hierarchical models", Bayesian Analysis 1 (2006)
 * @example
 * const d = distributions.halfNormal({ scale: 2 });
 * d.cdf(2); // → 0.682689492137
 * d.mean; // → 1.595769121606
 */
export function halfNormal(options?: Partial<HalfNormalParameters>): Distribution<HalfNormalParameters> {
  const scale = readPositive("scale", readOptions(options, ["scale"]).scale, 1);
  const constant = HALF_LOG_TWO_PI - logOne(2) + logOne(scale);
  const above = (q: number): number => -scale * normalQuantileOne(0.5 * q);
  return makeContinuous({
    name: "halfNormal",
    parameters: { scale },
    support: [0, Infinity],
    mean: scale * Math.sqrt(2 / PI),
    variance: scale * scale * (1 - 2 / PI),
    entropy: constant + 0.5,
    logDensity(x) {
      const z = x / scale;
      return -0.5 * z * z - constant;
    },
    cdf: (x) => erfOne((x / scale) * ROOT_HALF),
    survival: (x) => erfcOne((x / scale) * ROOT_HALF),
    inverse: (p, q) => (q <= 0.5 ? above(q) : scale * smallQuantile(p)),
  });
}

/** z with erf(z/√2) = p ≤ ½: Φ⁻¹(½ + p/2), next to 0 by Newton's method on erf itself, which keeps p's accuracy. */
function smallQuantile(p: number): number {
  const z = normalQuantileOne(0.5 + 0.5 * p);
  if (p > 0.25) return z;
  const start = p < 1e-8 ? 0 : z;
  // The slope of erf(z/√2) is √(2/π)·exp(−z²/2); the step only mends a rounding of ½ + p/2.
  return start - (erfOne(start * ROOT_HALF) - p) / (0.7978845608028654 * (1 - 0.5 * start * start));
}
