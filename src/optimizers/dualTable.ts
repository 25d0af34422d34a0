import { type DualRows, denseRows, sparseRows } from "./dualRows.js";
import type { Pieces, SparseRows } from "./pieces.js";

/** True where every coefficient has a square, and no parameter anything else. */
export function isSquared({ precision, rate, intercept, complete }: Pieces): boolean {
  const squared = precision.every((value, j) => value > 0 || (j === 0 && intercept));
  return complete && squared && rate.every((value) => value === 0);
}

/** Rows, dense ones with their columns centred, and what the dual needs of them. */
export interface Table {
  readonly rows: DualRows;
  readonly center: Float64Array;
  /** Precisions; of a free intercept that of the square that holds it. */
  readonly precision: Float64Array;
  readonly free: boolean;
  /** Second derivative of the dual by each multiplier. */
  readonly curvature: Float64Array;
}

const tables = /*#__PURE__*/ new WeakMap<Pieces, Table>();

export function tableOf(pieces: Pieces): Table {
  const known = tables.get(pieces);
  if (known !== undefined) return known;
  const { rows, precision: given, intercept } = pieces;
  const free = intercept && given[0] === 0;
  const sparse = pieces.sparse?.();
  const center = new Float64Array(given.length);
  const design = sparse === undefined ? pieces.design() : null;
  if (design !== null && free) centre(design, center, rows);
  const curvature = sparse === undefined ? squaresOf(design!, given, free) : sparseSquares(sparse, given, intercept);
  let mean = 0;
  for (const square of curvature) mean += square / rows;
  const precision = given.slice();
  // As stiff as the coefficients are together.
  if (free) precision[0] = mean > 0 ? rows / mean : 1;
  for (let i = 0; i < rows; i++) {
    if (free) curvature[i]! += 1 / precision[0]!;
    if (pieces.curvature !== null && pieces.curvature[i]! > 0) curvature[i]! += 1 / pieces.curvature[i]!;
  }
  const own = design === null ? sparseRows(pieces.sparse!, precision, intercept) : denseRows(design, precision);
  const table = { rows: own, center, precision, free, curvature };
  tables.set(pieces, table);
  return table;
}

/** Takes their means, which go to `center`, from all columns but the first. */
function centre(design: Float64Array, center: Float64Array, rows: number): void {
  const size = center.length;
  for (let i = 0; i < rows; i++) for (let j = 1; j < size; j++) center[j]! += design[i * size + j]! / rows;
  for (let i = 0; i < rows; i++) for (let j = 1; j < size; j++) design[i * size + j]! -= center[j]!;
}

/** Σ x²/precision of each row, a free intercept left out. */
function squaresOf(design: Float64Array, precision: Float64Array, free: boolean): Float64Array {
  const size = precision.length;
  const squares = new Float64Array(design.length / size);
  for (let i = 0; i < squares.length; i++) {
    for (let j = free ? 1 : 0; j < size; j++) {
      const x = design[i * size + j]!;
      squares[i]! += (x * x) / precision[j]!;
    }
  }
  return squares;
}

function sparseSquares(
  { values, indices, pointers }: SparseRows,
  precision: Float64Array,
  intercept: boolean,
): Float64Array {
  const own = intercept && precision[0]! > 0 ? 1 / precision[0]! : 0;
  const squares = new Float64Array(pointers.length - 1).fill(own);
  for (let i = 0; i < squares.length; i++) {
    for (let e = pointers[i]!; e < pointers[i + 1]!; e++) {
      squares[i]! += (values[e]! * values[e]!) / precision[(intercept ? 1 : 0) + indices[e]!]!;
    }
  }
  return squares;
}

/** Multipliers with a sum of 0: those of the larger side made smaller. */
export function balanced(multiplier: Float64Array): Float64Array {
  let up = 0;
  let down = 0;
  for (const r of multiplier) {
    if (r > 0) up += r;
    else down -= r;
  }
  if (up === down) return multiplier;
  const factor = up > down ? down / up : up / down;
  return multiplier.map((r) => (r > 0 === up > down ? r * factor : r));
}
