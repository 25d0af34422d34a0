/**
 * LDLᵀ of a symmetric matrix without pivoting, for Newton steps.
 *
 * The matrix is first scaled to a unit diagonal, so that badly scaled columns do no harm: with c = 1/√diag, C·A·C = L·D·Lᵀ.
 * Pivots then lie in (0, 1] for a positive definite matrix, each being 1 − R² of its coordinate given the earlier ones.
 * A pivot within ±64·ε·size of zero counts as zero: the coordinate depends on the earlier ones, is reported as deficient
 * and gets the solution component 0. Without pivoting the *last* coordinates of a dependent set are the deficient ones:
 * an over-parameterised softmax keeps its first K − 1 classes and leaves the last one where it is.
 *
 * @module
 */

import { EPSILON } from "../constants.js";
import { dotRange } from "./vector.js";

export interface Ldlt {
  readonly size: number;
  /** Number of coordinates with a non-zero pivot. */
  readonly rank: number;
  /** Coordinates whose pivot is zero, ascending. */
  readonly deficient: readonly number[];
  /** False if some pivot was significantly negative or an entry was not finite: `solve` is then meaningless. */
  readonly definite: boolean;
  /**
   * Solves A·out = rhs with 0 at the deficient coordinates; `out` may be `rhs`. Returns the part of `rhs` out of reach:
   * the sum of squares, in the scaled coordinates, of what the deficient ones leave over (0 if the system is consistent).
   */
  solve(rhs: Float64Array, out: Float64Array): number;
  /**
   * out = C·L⁻ᵀ·D^(−½)·z, `out` may be `z`: of independent standard normal z a draw with covariance A⁻¹; 0 at deficient
   * coordinates.
   */
  spread(z: Float64Array, out: Float64Array): void;
  /** The pivots D, 0 at deficient coordinates, and c: the determinant is Π D/c². */
  readonly pivots: Float64Array;
  readonly scaling: Float64Array;
  /** Bound under which a pivot counted as zero. */
  readonly pivotTolerance: number;
}

/**
 * Factors A, given as a packed lower triangle: entry (a, b), a ≥ b, at a(a+1)/2 + b. `packed` stays as it was.
 */
export function factorLdlt(packed: Float64Array, size: number): Ldlt {
  const pivotTolerance = size * 64 * EPSILON;
  const scaling = new Float64Array(size);
  const pivots = new Float64Array(size);
  const lower = new Float64Array(packed.length);
  const row = new Float64Array(size);
  const deficient: number[] = [];
  let definite = diagonalScaling(packed, size, scaling);

  for (let j = 0, start = 0; j < size && definite; j++, start += j) {
    let pivot = packed[start + j]! * scaling[j]! * scaling[j]!;
    for (let k = 0, rowK = 0; k < j; k++, rowK += k) {
      const entry = packed[start + k]! * scaling[j]! * scaling[k]! - dotRange(row, 0, lower, rowK, k);
      if (pivots[k] === 0) {
        // In a positive semi-definite matrix a zero pivot stands in a zero column: |entry| ≤ √(pivot_k · pivot_j).
        if (!(entry * entry <= 4 * pivotTolerance)) definite = false;
        row[k] = 0;
        continue;
      }
      row[k] = entry;
      lower[start + k] = entry / pivots[k]!;
      pivot -= entry * lower[start + k]!;
    }
    if (pivot > pivotTolerance) pivots[j] = pivot;
    else if (pivot >= -pivotTolerance) deficient.push(j);
    else definite = false;
  }

  return {
    size,
    rank: definite ? size - deficient.length : 0,
    deficient,
    definite,
    pivots,
    scaling,
    pivotTolerance,
    solve: (rhs, out) => solve(lower, pivots, scaling, rhs, out),
    spread(z, out) {
      for (let j = 0; j < size; j++) out[j] = pivots[j] === 0 ? 0 : z[j]! / Math.sqrt(pivots[j]!);
      solveTransposed(lower, scaling, out);
    },
  };
}

/** Fills c = 1/√diag (1 for a zero row); false if the diagonal rules out positive semi-definiteness. */
function diagonalScaling(packed: Float64Array, size: number, scaling: Float64Array): boolean {
  for (let j = 0, start = 0; j < size; j++, start += j) {
    const diagonal = packed[start + j]!;
    if (diagonal > 0 && diagonal < Infinity) {
      scaling[j] = 1 / Math.sqrt(diagonal);
    } else if (diagonal === 0 && isZeroRow(packed, size, j)) {
      scaling[j] = 1;
    } else {
      return false;
    }
  }
  return true;
}

function isZeroRow(packed: Float64Array, size: number, j: number): boolean {
  const start = (j * (j + 1)) / 2;
  for (let k = 0; k < j; k++) if (packed[start + k] !== 0) return false;
  for (let a = j + 1; a < size; a++) if (packed[(a * (a + 1)) / 2 + j] !== 0) return false;
  return true;
}

function solve(
  lower: Float64Array,
  pivots: Float64Array,
  scaling: Float64Array,
  rhs: Float64Array,
  out: Float64Array,
): number {
  const size = pivots.length;
  let unreachable = 0;
  for (let j = 0, start = 0; j < size; j++, start += j) {
    out[j] = rhs[j]! * scaling[j]! - dotRange(lower, start, out, 0, j);
    if (pivots[j] === 0) {
      unreachable += out[j]! * out[j]!;
      out[j] = 0;
    }
  }
  for (let j = 0; j < size; j++) if (pivots[j] !== 0) out[j] = out[j]! / pivots[j]!;
  solveTransposed(lower, scaling, out);
  return unreachable;
}

/** out ← C·L⁻ᵀ·out. */
function solveTransposed(lower: Float64Array, scaling: Float64Array, out: Float64Array): void {
  for (let j = scaling.length - 1; j >= 0; j--) {
    const start = (j * (j + 1)) / 2;
    for (let k = 0; k < j; k++) out[k] = out[k]! - lower[start + k]! * out[j]!;
    out[j] = out[j]! * scaling[j]!;
  }
}
