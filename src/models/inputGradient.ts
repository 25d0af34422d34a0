import type { Dataset } from "../dataset.js";

/** What Σ w·ℓ changes by each feature as the derivative of Σ w·ℓ/φ/W by X as given: standardizing undone. */
export function inputGradientOf(
  { columns, moments }: Dataset,
  slopes: Float64Array,
  dispersion: number,
  totalWeight: number,
): Float64Array {
  return slopes.map((slope, i) => {
    const own = slope / dispersion / totalWeight;
    return moments === null ? own : own / moments.scale[i % columns]!;
  });
}
