import { rowTimes } from "./interior.js";
import type { SparseRows } from "./pieces.js";

/** Rows x as dual coordinate descent reads them. */
export interface DualRows {
  /** xᵢ·point. */
  times(row: number, point: Float64Array): number;
  /** point ← point − change·xᵢ/precision. */
  move(row: number, change: number, point: Float64Array): void;
  /** Σ xᵢrᵢ. */
  slope(multiplier: Float64Array): Float64Array;
}

export function denseRows(design: Float64Array, precision: Float64Array): DualRows {
  const size = precision.length;
  return {
    times: (i, point) => rowTimes(design, i, size, point),
    move(i, change, point) {
      for (let j = 0, at = i * size; j < size; j++, at++) point[j]! -= (change * design[at]!) / precision[j]!;
    },
    slope(multiplier) {
      const slope = new Float64Array(size);
      for (let i = 0; i < multiplier.length; i++) {
        const r = multiplier[i]!;
        if (r !== 0) for (let j = 0, at = i * size; j < size; j++, at++) slope[j]! += r * design[at]!;
      }
      return slope;
    },
  };
}

/** The same of sparse rows, with a 1 before them where there is an intercept. */
export function sparseRows(rows: () => SparseRows, precision: Float64Array, intercept: boolean): DualRows {
  const shift = intercept ? 1 : 0;
  return {
    times(i, point) {
      const { values, indices, pointers } = rows();
      let sum = intercept ? point[0]! : 0;
      for (let e = pointers[i]!; e < pointers[i + 1]!; e++) sum += values[e]! * point[shift + indices[e]!]!;
      return sum;
    },
    move(i, change, point) {
      const { values, indices, pointers } = rows();
      if (intercept) point[0]! -= change / precision[0]!;
      for (let e = pointers[i]!; e < pointers[i + 1]!; e++) {
        const j = shift + indices[e]!;
        point[j]! -= (change * values[e]!) / precision[j]!;
      }
    },
    slope(multiplier) {
      const { values, indices, pointers } = rows();
      const slope = new Float64Array(precision.length);
      for (let i = 0; i < multiplier.length; i++) {
        const r = multiplier[i]!;
        if (r === 0) continue;
        if (intercept) slope[0]! += r;
        for (let e = pointers[i]!; e < pointers[i + 1]!; e++) slope[shift + indices[e]!]! += r * values[e]!;
      }
      return slope;
    },
  };
}
