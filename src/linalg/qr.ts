/**
 * Column-scaled Householder QR.
 *
 * Columns are divided by a power of two near their norm (exact), then reduced from left to right. As in R, pivoting is
 * limited: a column keeps its place unless what the earlier columns leave of it is rounding noise, and then it moves to
 * the end and is *aliased*: its coefficient is not determined.
 *
 * Where noise begins: reflecting a column p times leaves an error of a few ε·√n to ε·p of its norm, so a column is
 * aliased when less than 64·ε·(p + √n) of its norm is left. That is much stricter than R's 1e-7, which calls designs
 * like NIST's Filip (condition 1.8e15, smallest share below 1e-7) rank-deficient though their solution has 7 correct digits.
 *
 * @module
 */

import { EPSILON } from "../constants.js";
import { applyReflection, makeReflection } from "./householder.js";
import { powerOfTwoBelow } from "./powerOfTwo.js";
import { complete } from "./steps.js";
import { dotRange } from "./vector.js";

/** A = diag(rowScale)·X in factored form: A·C·P = Q·R, C the column scaling, P the pivoting. */
export interface Qr {
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
  /** Column of X at each place; the first `rank` are the determined ones. */
  readonly pivots: readonly number[];
  /** Columns of X whose coefficient is not determined, ascending. */
  readonly aliased: readonly number[];
  /** Factor each column of X was multiplied by: powers of two. */
  readonly columnScale: Float64Array;
  /** Reflections below the diagonal, R on and above it, of the determined columns: [rank × rows], one after another. */
  readonly factors: Float64Array;
  readonly taus: Float64Array;
}

/** Factors the row-major [rows × columns] matrix `x` (copied), row i multiplied by `rowScale[i]`, null for ones. */
export function factorQr(x: Float64Array, rows: number, columns: number, rowScale: Float64Array | null = null): Qr {
  return complete(factorQrSteps(x, rows, columns, rowScale));
}

/** The same, yielding after every pass over a column. */
export function* factorQrSteps(
  x: Float64Array,
  rows: number,
  columns: number,
  rowScale: Float64Array | null,
): Generator<void, Qr> {
  const factors = new Float64Array(rows * columns);
  const columnScale = new Float64Array(columns);
  const taus = new Float64Array(columns);
  const determined: number[] = [];
  const aliased: number[] = [];
  const noise = 64 * EPSILON * (columns + Math.sqrt(rows));
  for (let j = 0; j < columns; j++) {
    const rank = determined.length;
    const start = rank * rows;
    columnScale[j] = copyColumn(x, rows, columns, j, rowScale, factors, start);
    yield;
    const whole = dotRange(factors, start, factors, start, rows);
    for (let k = 0; k < rank; k++) {
      applyReflection(taus[k]!, factors, k * rows + k, factors, start + k, rows - k);
      yield;
    }
    const left = rank < rows ? dotRange(factors, start + rank, factors, start + rank, rows - rank) : 0;
    if (left > noise * noise * whole) {
      taus[rank] = makeReflection(factors, start + rank, start + rows);
      determined.push(j);
    } else {
      aliased.push(j);
    }
  }
  const pivots = [...determined, ...aliased];
  return { rows, columns, rank: determined.length, pivots, aliased, columnScale, factors, taus };
}

/** Copies column j of x, rows and column scaled, to `out` from `start` on; returns the scaling of the column. */
function copyColumn(
  x: Float64Array,
  rows: number,
  columns: number,
  j: number,
  rowScale: Float64Array | null,
  out: Float64Array,
  start: number,
): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    const entry = x[i * columns + j]! * (rowScale === null ? 1 : rowScale[i]!);
    out[start + i] = entry;
    largest = Math.max(largest, Math.abs(entry));
  }
  const factor = 1 / powerOfTwoBelow(largest);
  for (let i = 0; i < rows; i++) out[start + i] = out[start + i]! * factor;
  return factor;
}

/** y ← Qᵀy, yielding after every reflection. */
export function* applyQTransposed(qr: Qr, y: Float64Array): Generator<void, void> {
  for (let k = 0; k < qr.rank; k++) {
    applyReflection(qr.taus[k]!, qr.factors, k * qr.rows + k, y, k, qr.rows - k);
    yield;
  }
}

/** y ← Qy, yielding after every reflection. */
export function* applyQ(qr: Qr, y: Float64Array): Generator<void, void> {
  for (let k = qr.rank - 1; k >= 0; k--) {
    applyReflection(qr.taus[k]!, qr.factors, k * qr.rows + k, y, k, qr.rows - k);
    yield;
  }
}

/** y[0 .. rank) ← R⁻¹y. */
export function solveR(qr: Qr, y: Float64Array): void {
  for (let k = qr.rank - 1; k >= 0; k--) {
    y[k] = y[k]! / qr.factors[k * qr.rows + k]!;
    for (let i = 0; i < k; i++) y[i] = y[i]! - qr.factors[k * qr.rows + i]! * y[k]!;
  }
}

/** y[0 .. rank) ← R⁻ᵀy. */
export function solveRTransposed(qr: Qr, y: Float64Array): void {
  for (let k = 0; k < qr.rank; k++) {
    const start = k * qr.rows;
    y[k] = (y[k]! - dotRange(qr.factors, start, y, 0, k)) / qr.factors[start + k]!;
  }
}

/**
 * (XᵀWX)⁻¹ over the determined columns, as a packed lower triangle over all columns with NaN in the rows and columns of
 * the aliased ones: times the dispersion, the covariance of the coefficients.
 */
export function inverseGram(qr: Qr): Float64Array {
  const { rank, columns, pivots, columnScale } = qr;
  const packed = new Float64Array((columns * (columns + 1)) / 2).fill(NaN);
  const solved: Float64Array[] = [];
  for (let k = 0; k < rank; k++) {
    const unit = new Float64Array(rank);
    unit[k] = 1;
    solveRTransposed(qr, unit);
    solved.push(unit);
  }
  for (let k = 0; k < rank; k++) {
    for (let l = 0; l <= k; l++) {
      const a = Math.max(pivots[k]!, pivots[l]!);
      const b = Math.min(pivots[k]!, pivots[l]!);
      const entry = dotRange(solved[k]!, 0, solved[l]!, 0, rank);
      packed[(a * (a + 1)) / 2 + b] = entry * columnScale[a]! * columnScale[b]!;
    }
  }
  return packed;
}
