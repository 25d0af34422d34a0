/**
 * Solves the augmented system r + A·β = s·y, Aᵀr = 0, A = diag(s)·X, from a QR factorisation, and refines both r and β.
 *
 * @module
 */

import { EPSILON } from "../constants.js";
import { Accumulator, addScaledRow, productError } from "./doubleDouble.js";
import { applyQ, applyQTransposed, solveR, solveRTransposed, type Qr } from "./qr.js";
import { norm2 } from "./vector.js";

const MAX_REFINEMENTS = 20;
export interface Refined {
  /** [columns]; 0 for aliased columns. */
  readonly coefficients: Float64Array;
  /** [countedRows]: y − Xβ. */
  readonly residuals: Float64Array;
  /** Σ (s·(y − Xβ))² over the first `countedRows` rows. */
  readonly sumOfSquares: number;
  readonly refinements: number;
}

/** Numbers of X between two yields. */
const PIECE = 4096;

/** x: row-major [qr.rows × qr.columns]; y: [qr.rows]; rowScale: s, null for ones. Yields between small pieces. */
export function* refine(
  qr: Qr,
  x: Float64Array,
  y: Float64Array,
  rowScale: Float64Array | null,
  countedRows: number,
): Generator<void, Refined> {
  const { rows, columns, rank, pivots, columnScale } = qr;
  const coefficients = new Float64Array(columns);
  const scaledResiduals = new Float64Array(rows);
  const exact = new Accumulator();
  // Right-hand sides of the augmented system: f = s·y − r − A·β, g = −(A·C·P)ᵀr.
  const f = new Float64Array(rows);
  const g = new Float64Array(rank);
  const slopes = new Float64Array(columns);
  const slopesLow = new Float64Array(columns);
  const step = new Float64Array(columns);

  const piece = Math.max(1, Math.floor(PIECE / Math.max(1, columns)));

  const residual = (i: number): void => {
    exact.reset(y[i]!);
    for (let j = 0; j < columns; j++) exact.addProduct(-coefficients[j]!, x[i * columns + j]!);
  };

  let refinements = 0;
  let lastSize = Infinity;
  for (let round = 0; round <= MAX_REFINEMENTS; round++) {
    for (let i = 0; i < rows; i++) {
      residual(i);
      if (rowScale === null) {
        exact.add(-scaledResiduals[i]!);
        f[i] = exact.value();
      } else {
        const { high, low } = exact;
        exact.reset(-scaledResiduals[i]!);
        exact.addProduct(rowScale[i]!, high);
        exact.low += rowScale[i]! * low;
        f[i] = exact.value();
      }
      if (i % piece === piece - 1) yield;
    }
    slopes.fill(0);
    slopesLow.fill(0);
    for (let i = 0; i < rows; i++) {
      const s = rowScale === null ? 1 : rowScale[i]!;
      const product = s * scaledResiduals[i]!;
      const error = rowScale === null ? 0 : productError(s, scaledResiduals[i]!, product);
      addScaledRow(product, error, x, i * columns, slopes, slopesLow);
      if (i % piece === piece - 1) yield;
    }
    for (let k = 0; k < rank; k++) {
      const j = pivots[k]!;
      g[k] = -(slopes[j]! + slopesLow[j]!) * columnScale[j]!;
    }

    // R·δ = c₁ − R⁻ᵀg and δr = Q·(R⁻ᵀg, c₂), where (c₁, c₂) = Qᵀf.
    yield* applyQTransposed(qr, f);
    solveRTransposed(qr, g);
    for (let k = 0; k < rank; k++) {
      step[k] = f[k]! - g[k]!;
      f[k] = g[k]!;
    }
    solveR(qr, step);
    yield* applyQ(qr, f);

    const size = norm2(step.subarray(0, rank));
    if (round > 0 && !(size <= lastSize / 2)) break;
    let largest = 0;
    for (let k = 0; k < rank; k++) {
      const j = pivots[k]!;
      coefficients[j] = coefficients[j]! + step[k]! * columnScale[j]!;
      largest = Math.max(largest, Math.abs(coefficients[j]! / columnScale[j]!));
    }
    for (let i = 0; i < rows; i++) scaledResiduals[i] = scaledResiduals[i]! + f[i]!;
    if (round > 0) refinements++;
    if (round > 0 && size <= (EPSILON / 4) * largest) break;
    lastSize = size;
  }

  const residuals = new Float64Array(countedRows);
  const squares = new Accumulator();
  for (let i = 0; i < countedRows; i++) {
    residual(i);
    residuals[i] = exact.value();
    const scaled = rowScale === null ? residuals[i]! : rowScale[i]! * residuals[i]!;
    squares.addProduct(scaled, scaled);
    if (i % piece === piece - 1) yield;
  }
  return { coefficients, residuals, sumOfSquares: squares.value(), refinements };
}
