/**
 * The null space {δ : A·δ = 0} of a matrix, by Householder QR of Aᵀ with column pivoting.
 *
 * Columns of A are scaled to a largest entry in [1, 2) by powers of two, then rows likewise, so that neither units nor
 * row weights decide the rank. In scaled coordinates the basis is orthonormal to rounding.
 *
 * @module
 */

import { EPSILON } from "../constants.js";
import { applyReflection, makeReflection } from "./householder.js";
import { powerOfTwoBelow } from "./powerOfTwo.js";
import { complete } from "./steps.js";
import { dotRange } from "./vector.js";

export interface NullSpace {
  readonly dimension: number;
  /** [dimension × columns]: one null vector a row; orthonormal after division by the column scaling. */
  readonly basis: Float64Array;
  /** Writes to `out` the null vector nearest to `vector` in scaled coordinates; `out` may be `vector`. */
  project(vector: Float64Array, out: Float64Array): void;
}

/** Numbers between two yields. */
const PIECE = 8192;

/** The null space of the row-major [rows × columns] matrix `a`, which stays as it was. */
export function nullSpace(a: Float64Array, rows: number, columns: number): NullSpace {
  return complete(nullSpaceSteps(a, rows, columns));
}

/** The same, yielding between small pieces. */
export function* nullSpaceSteps(a: Float64Array, rows: number, columns: number): Generator<void, NullSpace> {
  let done = 0;
  const isDue = (numbers: number): boolean => {
    done += numbers;
    if (done < PIECE) return false;
    done = 0;
    return true;
  };
  const columnScale = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    let largest = 0;
    for (let i = 0; i < rows; i++) largest = Math.max(largest, Math.abs(a[i * columns + j]!));
    columnScale[j] = 1 / powerOfTwoBelow(largest);
    if (isDue(rows)) yield;
  }
  // Row i of A is column i of Aᵀ: contiguous as it stands.
  const factors = new Float64Array(rows * columns);
  const remaining = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    let largest = 0;
    for (let j = 0; j < columns; j++) {
      factors[start + j] = a[start + j]! * columnScale[j]!;
      largest = Math.max(largest, Math.abs(factors[start + j]!));
    }
    const rowScale = 1 / powerOfTwoBelow(largest);
    for (let j = 0; j < columns; j++) factors[start + j] = factors[start + j]! * rowScale;
    if (isDue(columns)) yield;
  }
  const noise = 64 * EPSILON * columns * Math.sqrt(columns);
  const taus: number[] = [];
  while (taus.length < Math.min(rows, columns)) {
    const k = taus.length;
    let best = k;
    for (let i = k; i < rows; i++) {
      const start = i * columns + k;
      remaining[i] = dotRange(factors, start, factors, start, columns - k);
      if (remaining[i]! > remaining[best]!) best = i;
      if (isDue(columns - k)) yield;
    }
    if (!(remaining[best]! > noise * noise)) break;
    swapRows(factors, columns, k, best);
    const tau = makeReflection(factors, k * columns + k, (k + 1) * columns);
    for (let i = k + 1; i < rows; i++) {
      applyReflection(tau, factors, k * columns + k, factors, i * columns + k, columns - k);
      if (isDue(columns - k)) yield;
    }
    taus.push(tau);
  }

  const rank = taus.length;
  const reflect = (y: Float64Array, k: number): void =>
    applyReflection(taus[k]!, factors, k * columns + k, y, k, columns - k);
  const dimension = columns - rank;
  const basis = new Float64Array(dimension * columns);
  const work = new Float64Array(columns);
  for (let q = 0; q < dimension; q++) {
    work.fill(0);
    work[rank + q] = 1;
    for (let k = rank - 1; k >= 0; k--) reflect(work, k);
    for (let j = 0; j < columns; j++) basis[q * columns + j] = work[j]! * columnScale[j]!;
  }
  const project = (vector: Float64Array, out: Float64Array): void => {
    for (let j = 0; j < columns; j++) work[j] = vector[j]! / columnScale[j]!;
    for (let k = 0; k < rank; k++) reflect(work, k);
    work.fill(0, 0, rank);
    for (let k = rank - 1; k >= 0; k--) reflect(work, k);
    for (let j = 0; j < columns; j++) out[j] = work[j]! * columnScale[j]!;
  };
  return { dimension, basis, project };
}

function swapRows(matrix: Float64Array, columns: number, a: number, b: number): void {
  if (a === b) return;
  for (let j = 0; j < columns; j++) {
    const kept = matrix[a * columns + j]!;
    matrix[a * columns + j] = matrix[b * columns + j]!;
    matrix[b * columns + j] = kept;
  }
}
