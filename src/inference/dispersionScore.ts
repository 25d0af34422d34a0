/**
 * How the likelihood of negative binomial counts of mean μ and variance μ + αμ² changes with α, without cancellation where α
 * is small.
 *
 * @module
 */

import { sum } from "../linalg/vector.js";
import { digamma } from "../special/digamma.js";
import { log1pmx } from "../special/log1pmx.js";

/** Counts up to which sums over 0..y−1 are added up one by one. */
const MOST_TERMS = 1000;

/** Σ k/(1 + αk) over k < y, which a difference of digammas continues to fractions. */
function risingSum(y: number, alpha: number): number {
  if (Number.isInteger(y) && y <= MOST_TERMS) {
    let total = 0;
    for (let k = 1; k < y; k++) total += k / (1 + alpha * k);
    return total;
  }
  if (alpha === 0) return 0.5 * y * (y - 1);
  const size = 1 / alpha;
  return size * (y - size * (digamma(y + size) - digamma(size)));
}

/**
 * ∂/∂α Σ w·log density at α ≥ 0: per row Σ_{k<y} k/(1 + αk) + (ln(1 + αμ) − αμ)/α² + (μ − y)μ/(1 + αμ), at α = 0
 * ½((y − μ)² − y).
 */
export function dispersionScore(
  targets: Float64Array,
  means: Float64Array,
  weights: Float64Array | null,
  alpha: number,
): number {
  const sums = new Map<number, number>();
  const rising = (y: number): number => {
    const known = sums.get(y);
    if (known !== undefined) return known;
    const value = risingSum(y, alpha);
    sums.set(y, value);
    return value;
  };
  return sum(
    targets.map((y, i) => {
      const w = weights === null ? 1 : weights[i]!;
      const mean = means[i]!;
      if (w === 0) return 0;
      if (alpha === 0) return 0.5 * w * ((y - mean) * (y - mean) - y);
      const x = alpha * mean;
      return w * (rising(y) + log1pmx(x, 1 + x) / (alpha * alpha) + ((mean - y) * mean) / (1 + x));
    }),
  );
}
