import type { Pieces } from "./pieces.js";

/** True where every coefficient has a square, and no parameter anything else. */
export function isSquared({ precision, rate, intercept, complete }: Pieces): boolean {
  const squared = precision.every((value, j) => value > 0 || (j === 0 && intercept));
  return complete && squared && rate.every((value) => value === 0);
}

/** Rows with their columns centred, and what the dual needs of them. */
export interface Table {
  readonly design: Float64Array;
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
  const size = given.length;
  const design = pieces.design();
  const free = intercept && given[0] === 0;
  const center = new Float64Array(size);
  if (free) {
    for (let i = 0; i < rows; i++) for (let j = 1; j < size; j++) center[j]! += design[i * size + j]! / rows;
    for (let i = 0; i < rows; i++) for (let j = 1; j < size; j++) design[i * size + j]! -= center[j]!;
  }
  const curvature = new Float64Array(rows);
  let mean = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = free ? 1 : 0; j < size; j++) {
      const x = design[i * size + j]!;
      curvature[i]! += (x * x) / given[j]!;
    }
    mean += curvature[i]! / rows;
  }
  const precision = given.slice();
  // As stiff as the coefficients are together.
  if (free) precision[0] = mean > 0 ? rows / mean : 1;
  for (let i = 0; i < rows; i++) {
    if (free) curvature[i]! += 1 / precision[0]!;
    if (pieces.curvature !== null && pieces.curvature[i]! > 0) curvature[i]! += 1 / pieces.curvature[i]!;
  }
  const table = { design, center, precision, free, curvature };
  tables.set(pieces, table);
  return table;
}

/** Σ xᵢrᵢ. */
export function slopeOf(multiplier: Float64Array, design: Float64Array, size: number): Float64Array {
  const slope = new Float64Array(size);
  for (let i = 0; i < multiplier.length; i++) {
    const r = multiplier[i]!;
    if (r !== 0) for (let j = 0, at = i * size; j < size; j++, at++) slope[j]! += r * design[at]!;
  }
  return slope;
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
