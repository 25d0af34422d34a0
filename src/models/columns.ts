import { type SparseParts, gatherSlots } from "../backend/typescript/sparse.js";
import { dotSlots } from "../backend/typescript/vector.js";
import type { Features } from "../features.js";

/** A column of X in one piece. */
export interface Column {
  readonly values: Float64Array;
  /** The row of each number; null where there is one for every row. */
  readonly rows: Int32Array | null;
}

/** Numbers read in one unit. */
const UNIT_NUMBERS = 1 << 16;

/** Copies columns of dense rows, −1 standing for ones; `x` is read anew in every unit. */
export function* takeDense(
  rows: number,
  width: number,
  chosen: Int32Array,
  x: () => Features,
): Generator<void, Column[]> {
  const values = new Float64Array(rows * chosen.length);
  const unit = Math.max(1, Math.floor(UNIT_NUMBERS / Math.max(1, chosen.length)));
  for (let begin = 0; begin < rows; begin += unit) {
    const all = x();
    const end = Math.min(begin + unit, rows);
    for (let k = 0; k < chosen.length; k++) {
      const j = chosen[k];
      for (let i = begin; i < end; i++) values[k * rows + i] = j < 0 ? 1 : all[i * width + j];
    }
    yield;
  }
  return Array.from(chosen, (_, k) => ({ values: values.subarray(k * rows, (k + 1) * rows), rows: null }));
}

/** Copies columns of sparse rows, −1 standing for ones. */
export function* takeSparse(
  rows: number,
  width: number,
  chosen: Int32Array,
  parts: () => SparseParts,
): Generator<void, Column[]> {
  const place = new Int32Array(width).fill(-1);
  const starts = new Int32Array(chosen.length + 1);
  chosen.forEach((j, k) => {
    if (j < 0) starts[k + 1] = rows;
    else place[j] = k;
  });
  const total = parts().pointers[rows];
  for (let begin = 0; begin < total; begin += UNIT_NUMBERS) {
    const { indices } = parts();
    for (let e = begin, end = Math.min(begin + UNIT_NUMBERS, total); e < end; e++) {
      const k = place[indices[e]];
      if (k >= 0) starts[k + 1]++;
    }
    yield;
  }
  for (let k = 0; k < chosen.length; k++) starts[k + 1] += starts[k];
  const nonzeros = starts[chosen.length];
  const values = new Float64Array(nonzeros);
  const own = new Int32Array(nonzeros);
  const next = starts.slice();
  for (let k = 0; k < chosen.length; k++) {
    if (chosen[k] >= 0) continue;
    for (let i = 0; i < rows; i++, next[k]++) {
      own[next[k]] = i;
      values[next[k]] = 1;
    }
  }
  for (let row = 0; row < rows;) {
    const given = parts();
    for (let left = UNIT_NUMBERS; left > 0 && row < rows; row++) {
      const last = given.pointers[row + 1];
      for (let e = given.pointers[row]; e < last; e++, left--) {
        const k = place[given.indices[e]];
        if (k < 0) continue;
        own[next[k]] = row;
        values[next[k]++] = given.values[e];
      }
    }
    yield;
  }
  return Array.from(chosen, (_, k) => ({
    values: values.subarray(starts[k], starts[k + 1]),
    rows: own.subarray(starts[k], starts[k + 1]),
  }));
}

/** Σ x·v of a column, in slots. */
export function dotColumn({ values, rows }: Column, v: Float64Array): number {
  const { length } = values;
  return rows === null ? dotSlots(length, values, 0, v, 0) : gatherSlots(0, length, values, rows, v, 0);
}

/** v ← v + step·x·c for a column. */
export function addColumn({ values, rows }: Column, step: number, c: Float64Array, v: Float64Array): void {
  const { length } = values;
  if (rows === null) for (let i = 0; i < length; i++) v[i] += step * values[i] * c[i];
  else for (let e = 0; e < length; e++) v[rows[e]] += step * values[e] * c[rows[e]];
}

/** Σ x²·c of a column. */
export function squaresOfColumn({ values, rows }: Column, c: Float64Array): number {
  let sum = 0;
  const { length } = values;
  if (rows === null) for (let i = 0; i < length; i++) sum += values[i] * values[i] * c[i];
  else for (let e = 0; e < length; e++) sum += values[e] * values[e] * c[rows[e]];
  return sum;
}
