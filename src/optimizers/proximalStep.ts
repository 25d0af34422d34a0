import type { Problem } from "./optimizer.js";

/** Σ rate·|θ − center|; 0 where there are no kinks. */
export function valueOfKinks({ prox }: Problem, point: Float64Array): number {
  if (prox === null) return 0;
  let sum = 0;
  for (let j = 0; j < point.length; j++) sum += prox.rate[j]! * Math.abs(point[j]! - prox.center[j]!);
  return sum;
}

/** out ← prox(from − step·inverse·slope): each coordinate drawn to its center by step·inverse·rate, and held there. */
export function stepTo(
  { prox }: Problem,
  from: Float64Array,
  slope: Float64Array,
  inverse: Float64Array,
  step: number,
  out: Float64Array,
): void {
  for (let j = 0; j < out.length; j++) {
    const length = step * inverse[j]!;
    const point = from[j]! - length * slope[j]!;
    if (prox === null || prox.rate[j] === 0) {
      out[j] = point;
      continue;
    }
    const away = point - prox.center[j]!;
    const drawn = Math.abs(away) - length * prox.rate[j]!;
    // NaN stays NaN, to be seen.
    out[j] = drawn <= 0 ? prox.center[j]! : prox.center[j]! + (away < 0 ? -drawn : drawn);
  }
}

/** The shortest subgradient at a point, from the gradient that takes 0 at kinks. */
export function shortestSubgradient({ prox }: Problem, gradient: Float64Array, point: Float64Array): Float64Array {
  if (prox === null) return gradient;
  return gradient.map((slope, j) => {
    const rate = prox.rate[j]!;
    if (rate === 0 || point[j] !== prox.center[j]) return slope;
    return Math.abs(slope) <= rate ? 0 : slope - rate * Math.sign(slope);
  });
}
