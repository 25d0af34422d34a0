/**
 * The observed information of a negative binomial's dispersion α, on its own and together with the scores.
 *
 * @module
 */

import { sum } from "../linalg/vector.js";
import { digammaOne } from "../special/digamma.js";
import { log1pmx } from "../special/log1pmx.js";
import { trigammaOne } from "../special/trigamma.js";

/** Counts up to which sums over 0..y−1 are added up one by one. */
const MOST_TERMS = 1e6;

/** Σ k²/(1 + αk)² over k < y, which differences of digammas and trigammas continue to fractions. */
function risingSquares(y: number, alpha: number): number {
  if (Number.isInteger(y) && y <= MOST_TERMS) {
    let total = 0;
    for (let k = 1; k < y; k++) {
      const term = k / (1 + alpha * k);
      total += term * term;
    }
    return total;
  }
  // k/(1 + αk) = (1/α)(1 − 1/(1 + αk)).
  const size = 1 / alpha;
  const harmonic = digammaOne(y + size) - digammaOne(size);
  const squares = trigammaOne(size) - trigammaOne(y + size);
  return size * size * (y - 2 * size * harmonic + size * size * squares);
}

/** d/dα of (ln(1 + αμ) − αμ)/α², by its series where αμ is small. */
function slopeOfLog(mean: number, alpha: number): number {
  const x = alpha * mean;
  if (x > 0.25) return -(mean * mean) / (alpha * (1 + x)) - (2 * log1pmx(x, 1 + x)) / (alpha * alpha * alpha);
  let total = 0;
  let term = 1;
  for (let k = 0; k < 40; k++) {
    total += (term * (k + 1)) / (k + 3);
    term *= -x;
  }
  return mean * mean * mean * total;
}

/** −∂²/∂α² Σ w·log density. */
export function dispersionInformation(
  targets: Float64Array,
  means: Float64Array,
  weights: Float64Array | null,
  alpha: number,
): number {
  const known = new Map<number, number>();
  const rising = (y: number): number => {
    const found = known.get(y) ?? risingSquares(y, alpha);
    known.set(y, found);
    return found;
  };
  return sum(
    targets.map((y, i) => {
      const w = weights === null ? 1 : weights[i]!;
      if (w === 0) return 0;
      const mean = means[i]!;
      const bottom = 1 + alpha * mean;
      return w * (rising(y) - slopeOfLog(mean, alpha) + ((mean - y) * mean * mean) / (bottom * bottom));
    }),
  );
}

/** −∂²/∂α∂z of the log density of a row: how the slope of the loss by its score moves with α. */
export function dispersionByScore(y: number, mean: number, alpha: number): number {
  const bottom = 1 + alpha * mean;
  return -((mean - y) * mean) / (bottom * bottom);
}
