import { EPSILON } from "../constants.js";

/** A square matrix in factored form. */
export interface Lu {
  /** False if some pivot was rounding noise: `solve` is then meaningless. */
  readonly regular: boolean;
  /** Solves A·x = rhs, with one step of refinement. */
  solve(rhs: Float64Array): Float64Array;
}

/**
 * LU with partial pivoting of a row-major [size × size] matrix (copied), its rows and columns first divided by their
 * largest entries, with a step of refinement per solution.
 *
 * Source: N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., 2002, §9 and §12.
 */
export function factorLu(matrix: Float64Array, size: number): Lu {
  const rowScale = new Float64Array(size);
  const columnScale = new Float64Array(size);
  const scaled = Float64Array.from(matrix);
  for (let i = 0; i < size; i++) {
    rowScale[i] = reciprocal(scaled, i * size, 1, size);
    for (let j = 0; j < size; j++) scaled[i * size + j]! *= rowScale[i]!;
  }
  for (let j = 0; j < size; j++) {
    columnScale[j] = reciprocal(scaled, j, size, size);
    for (let i = 0; i < size; i++) scaled[i * size + j]! *= columnScale[j]!;
  }
  const order = Int32Array.from({ length: size }, (_, i) => i);
  const lu = scaled.slice();
  const regular = eliminate(lu, order, size);
  const once = (rhs: Float64Array): Float64Array => {
    const x = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      let sum = rhs[order[i]!]!;
      for (let k = 0; k < i; k++) sum -= lu[i * size + k]! * x[k]!;
      x[i] = sum;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = x[i]!;
      for (let k = i + 1; k < size; k++) sum -= lu[i * size + k]! * x[k]!;
      x[i] = sum / lu[i * size + i]!;
    }
    return x;
  };
  return {
    regular,
    solve(rhs) {
      const target = rhs.map((value, i) => value * rowScale[i]!);
      const x = once(target);
      const rest = target.map((value, i) => {
        let sum = value;
        for (let j = 0; j < size; j++) sum -= scaled[i * size + j]! * x[j]!;
        return sum;
      });
      const correction = once(rest);
      return x.map((value, j) => (value + correction[j]!) * columnScale[j]!);
    },
  };
}

/** 1/max |entry| of a row or column, 1 where all are 0. */
function reciprocal(matrix: Float64Array, start: number, stride: number, size: number): number {
  let largest = 0;
  for (let k = 0, at = start; k < size; k++, at += stride) largest = Math.max(largest, Math.abs(matrix[at]!));
  return largest > 0 ? 1 / largest : 1;
}

/** PA = LU in place; false if a pivot is noise beside the entries, which are at most 1. */
function eliminate(lu: Float64Array, order: Int32Array, size: number): boolean {
  const noise = 64 * EPSILON * size;
  for (let k = 0; k < size; k++) {
    let best = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(lu[i * size + k]!) > Math.abs(lu[best * size + k]!)) best = i;
    const pivot = lu[best * size + k]!;
    if (!(Math.abs(pivot) > noise)) return false;
    if (best !== k) {
      const index = order[k]!;
      order[k] = order[best]!;
      order[best] = index;
      for (let j = 0; j < size; j++) {
        const entry = lu[k * size + j]!;
        lu[k * size + j] = lu[best * size + j]!;
        lu[best * size + j] = entry;
      }
    }
    for (let i = k + 1; i < size; i++) {
      const factor = lu[i * size + k]! / pivot;
      lu[i * size + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < size; j++) lu[i * size + j]! -= factor * lu[k * size + j]!;
    }
  }
  return true;
}
