import { type Qr, factorQrSteps } from "./qr.js";
import { refine } from "./refinement.js";
import { complete } from "./steps.js";

/** What {@link leastSquares} found. */
export interface LeastSquares {
  /** One per column; 0 for aliased columns. */
  readonly coefficients: Float64Array;
  /** y − X·coefficients, one per row, not weighted. */
  readonly residuals: Float64Array;
  /** Σ w·residual² over the rows, ridge terms left out. */
  readonly residualSumOfSquares: number;
  readonly rank: number;
  /** Columns whose coefficient is not determined, ascending. */
  readonly aliased: readonly number[];
  /** Corrections that refinement made. */
  readonly refinements: number;
  /** The factorisation, ridge rows included: R and its pivots, for standard errors (`inverseGram`). */
  readonly qr: Qr;
}

/** Weights and a ridge. */
export interface LeastSquaresOptions {
  /** [rows], ≥ 0: minimises Σ wᵢ·(yᵢ − xᵢβ)². */
  readonly weights?: Float64Array | null;
  /** [columns], ≥ 0: adds Σ pⱼ·(βⱼ − mⱼ)² as one appended row for every pⱼ > 0. */
  readonly ridge?: Float64Array | null;
  /** [columns]: the m of `ridge`; zeros if not given. */
  readonly ridgeCentre?: Float64Array | null;
}

/**
 * Minimises Σ wᵢ·(yᵢ − xᵢβ)² + Σ pⱼ·(βⱼ − mⱼ)². x: row-major [rows × columns]; y: [rows].
 *
 * Rows are multiplied by √w: √ is exactly rounded, hence the same on every engine, and refinement uses √w, x and y as
 * they are, so that only the weight itself is off by an ulp. Refinement works on the augmented system (residual and
 * coefficients together; Å. Björck, "Iterative refinement of linear least squares solutions", 1967) with its right-hand
 * sides accumulated to 32 digits, until the corrections stop shrinking: coefficients then have about full accuracy for
 * the numbers as given while condition · ε < 1.
 */
export function leastSquares(
  x: Float64Array,
  y: Float64Array,
  rows: number,
  columns: number,
  options: LeastSquaresOptions = {},
): LeastSquares {
  return complete(leastSquaresSteps(x, y, rows, columns, options));
}

/** The same, yielding between small pieces. */
export function* leastSquaresSteps(
  x: Float64Array,
  y: Float64Array,
  rows: number,
  columns: number,
  { weights = null, ridge = null, ridgeCentre = null }: LeastSquaresOptions,
): Generator<void, LeastSquares> {
  const penalised: number[] = [];
  if (ridge !== null) for (let j = 0; j < columns; j++) if (ridge[j]! > 0) penalised.push(j);
  const allRows = rows + penalised.length;
  let matrix = x;
  let targets = y;
  let rowScale: Float64Array | null = null;
  if (weights !== null || penalised.length > 0) {
    rowScale = new Float64Array(allRows).fill(1);
    if (weights !== null) for (let i = 0; i < rows; i++) rowScale[i] = Math.sqrt(weights[i]!);
  }
  if (penalised.length > 0) {
    matrix = new Float64Array(allRows * columns);
    matrix.set(x.subarray(0, rows * columns));
    targets = new Float64Array(allRows);
    targets.set(y.subarray(0, rows));
    penalised.forEach((j, k) => {
      matrix[(rows + k) * columns + j] = 1;
      targets[rows + k] = ridgeCentre === null ? 0 : ridgeCentre[j]!;
      rowScale![rows + k] = Math.sqrt(ridge![j]!);
    });
  }
  const qr = yield* factorQrSteps(matrix, allRows, columns, rowScale);
  const { coefficients, residuals, sumOfSquares, refinements } = yield* refine(qr, matrix, targets, rowScale, rows);
  const { rank, aliased } = qr;
  return { coefficients, residuals, residualSumOfSquares: sumOfSquares, rank, aliased, refinements, qr };
}
