import { fail, toFloat64 } from "./check.js";
import { sum } from "./linalg/vector.js";

/** Weights as kernels take them: null stands for ones. */
export interface Weights {
  readonly weights: Float64Array | null;
  /** W = Σ w. */
  readonly total: number;
}

/**
 * Checks one finite weight ≥ 0 per row. Weights that are all 1 are dropped, so that giving them changes no bit.
 * Throws a TypeError or RangeError naming the row.
 */
export function checkWeights(weights: ArrayLike<number> | undefined, rows: number): Weights {
  if (weights === undefined) return { weights: null, total: rows };
  const w = toFloat64("weights", weights);
  if (w.length !== rows) fail("range", "weights", `one number per row, ${rows}`, weights);
  let ones = true;
  for (let i = 0; i < rows; i++) {
    if (!(w[i] >= 0 && w[i] < Infinity)) fail("range", "weights", "a finite number >= 0", w[i], { row: i });
    if (w[i] !== 1) ones = false;
  }
  if (ones) return { weights: null, total: rows };
  const total = sum(w);
  if (total !== 0 && !(total < Infinity && 1 / total < Infinity)) {
    fail("range", "weights", "a total weight that neither overflows nor vanishes", total);
  }
  return { weights: w, total };
}

/** Class → what a row of it counts in a mean. */
export type Share = (target: number) => number;

/** Σ w·share by which a mean is divided: for one target a row, else Σ w, which is given. */
export function totalWeightOf(
  share: Share | null,
  rows: number,
  targets: Float64Array,
  { weights, total }: Weights,
): number {
  if (share === null || targets.length !== rows) return total;
  return sum(targets.map((y, i) => (weights === null ? 1 : weights[i]) * share(y)));
}
