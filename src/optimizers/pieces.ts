/**
 * Objectives that are linear in their scores but for a kink a row, and the coordinates in which they are solved.
 *
 * @module
 */

import { factorQr } from "../linalg/qr.js";
import type { Choice, Choosable } from "./choice.js";
import { powerOfTwoBelow } from "../linalg/powerOfTwo.js";

/** Rows of numbers that are not 0: those of row i are number pointers[i] to pointers[i + 1] of the values. */
export interface SparseRows {
  /** The numbers, row after row. */
  readonly values: Float64Array;
  /** The column of each. */
  readonly indices: Int32Array;
  /** Where each row begins, and the end: [rows + 1]. */
  readonly pointers: Int32Array;
}

/**
 * F(θ) = Σ ρᵢ(xᵢθ) + Σ ½·precision·(θ − mean)² + Σ rate·|θ − mean|, on the sum scale. ρᵢ is 0 at its kink; its slope is
 * `below` under the kink and `above` over it. With a curvature c its conjugate has r²/(2c) more: below −∞ or above ∞ then
 * makes it half a parabola.
 */
export interface Pieces {
  /** Number of rows. */
  readonly rows: number;
  /** The rows x, made afresh: [rows × size]. Throws a TypeError where they are sparse. */
  design(): Float64Array;
  /** The rows x without the intercept's 1, where they are sparse: read at once. */
  readonly sparse?: () => SparseRows;
  /** Score at which each row has its kink: [rows]. */
  readonly kink: Float64Array;
  /** Slope below it, ≤ 0: [rows]. */
  readonly below: Float64Array;
  /** Slope above it, ≥ 0: [rows]. */
  readonly above: Float64Array;
  /** c of each row: [rows]; null where all pieces are linear. */
  readonly curvature: Float64Array | null;
  /** [size]. */
  readonly precision: Float64Array;
  /** [size]. */
  readonly rate: Float64Array;
  /** [size]. */
  readonly mean: Float64Array;
  /** True if the first parameter is an intercept: 1 in every row. */
  readonly intercept: boolean;
  /** Names of the parameters. */
  readonly names: readonly string[];
  /** The optimiser for them; null where they are no reason for one. */
  choose(objective: Choosable): Choice | null;
  /** False where something else is added to F, such as a prior with heavy tails. */
  readonly complete: boolean;
}

/**
 * Pieces in coordinates of their own: columns centred where there is a free intercept and divided by powers of two, rows
 * that cost nothing left out, absolute values of parameters as rows after the others, columns that others determine at 0.
 */
export interface Prepared {
  readonly rows: number;
  readonly size: number;
  /** Rows before those of the parameters' absolute values. */
  readonly dataRows: number;
  /** [rows × size]. */
  readonly design: Float64Array;
  readonly kink: Float64Array;
  readonly below: Float64Array;
  readonly above: Float64Array;
  readonly precision: Float64Array;
  readonly mean: Float64Array;
  /** Which parameter each column is, and the parameters that others determine. */
  readonly columns: readonly number[];
  readonly aliased: readonly number[];
  /** Parameter of each row that is an absolute value. */
  readonly unit: readonly number[];
  /** θ in these coordinates. */
  inward(theta: Float64Array): Float64Array;
  /** θ as given, of these coordinates: parameters whose absolute value is held at its kink are exactly there. */
  outward(point: Float64Array, held: (row: number) => boolean): Float64Array;
  /** A gradient by θ as given, of one by these coordinates; 0 for parameters that others determine. */
  outwardSlope(slope: Float64Array): Float64Array;
}

const known = /*#__PURE__*/ new WeakMap<Pieces, Prepared>();

/** Pieces in coordinates in which they are well scaled; made once. */
export function prepared(pieces: Pieces): Prepared {
  let made = known.get(pieces);
  if (made === undefined) known.set(pieces, (made = prepare(pieces)));
  return made;
}

function prepare(pieces: Pieces): Prepared {
  const { rows, kink, below, above, precision, rate, mean, intercept } = pieces;
  const size = precision.length;
  const given = pieces.design();
  const kept = Array.from({ length: rows }, (_, i) => i).filter((i) => below[i]! < above[i]!);
  const freeIntercept = intercept && precision[0] === 0 && rate[0] === 0 && kept.length > 0;
  const center = new Float64Array(size);
  let shift = 0;
  if (freeIntercept) {
    for (const i of kept) {
      for (let j = 1; j < size; j++) center[j]! += given[i * size + j]! / kept.length;
      shift += kink[i]! / kept.length;
    }
  }
  const scale = new Float64Array(size).fill(1);
  for (let j = 0; j < size; j++) {
    let largest = 0;
    for (const i of kept) largest = Math.max(largest, Math.abs(given[i * size + j]! - center[j]!));
    if (largest > 0 && largest < Infinity) scale[j] = powerOfTwoBelow(largest);
  }
  const determined = columnsOf(given, kept, size, center, scale, { precision, rate });
  const { columns, aliased } = determined;
  const width = columns.length;
  const unit = columns.filter((j) => rate[j]! > 0);
  const total = kept.length + unit.length;
  const design = new Float64Array(total * width);
  const out = { kink: new Float64Array(total), below: new Float64Array(total), above: new Float64Array(total) };
  kept.forEach((i, row) => {
    columns.forEach((j, k) => (design[row * width + k] = (given[i * size + j]! - center[j]!) / scale[j]!));
    out.kink[row] = kink[i]! - shift;
    out.below[row] = below[i]!;
    out.above[row] = above[i]!;
  });
  unit.forEach((j, a) => {
    const row = kept.length + a;
    design[row * width + columns.indexOf(j)] = 1;
    out.kink[row] = mean[j]! * scale[j]!;
    out.below[row] = -rate[j]! / scale[j]!;
    out.above[row] = rate[j]! / scale[j]!;
  });
  return {
    ...out,
    rows: total,
    size: width,
    dataRows: kept.length,
    design,
    precision: Float64Array.from(columns, (j) => precision[j]! / scale[j]! / scale[j]!),
    mean: Float64Array.from(columns, (j) => mean[j]! * scale[j]!),
    columns,
    aliased,
    unit,
    inward(theta) {
      const point = Float64Array.from(columns, (j) => theta[j]! * scale[j]!);
      if (freeIntercept && columns[0] === 0) {
        let sum = theta[0]! - shift;
        for (const j of columns) if (j > 0) sum += theta[j]! * center[j]!;
        point[0] = sum * scale[0]!;
      }
      return point;
    },
    outward(point, held) {
      const theta = new Float64Array(size);
      columns.forEach((j, k) => (theta[j] = point[k]! / scale[j]!));
      unit.forEach((j, a) => {
        if (held(kept.length + a)) theta[j] = mean[j]!;
      });
      if (freeIntercept) {
        theta[0]! += shift;
        for (let j = 1; j < size; j++) theta[0]! -= theta[j]! * center[j]!;
      }
      return theta;
    },
    outwardSlope(slope) {
      const out = new Float64Array(size);
      const first = freeIntercept && columns[0] === 0 ? slope[0]! / scale[0]! : 0;
      columns.forEach((j, k) => (out[j] = slope[k]! * scale[j]! + center[j]! * first));
      return out;
    },
  };
}

/** Columns that the earlier ones do not determine, and the rest. A column with a penalty is always determined. */
function columnsOf(
  given: Float64Array,
  kept: readonly number[],
  size: number,
  center: Float64Array,
  scale: Float64Array,
  { precision, rate }: Pick<Pieces, "precision" | "rate">,
): { columns: readonly number[]; aliased: readonly number[] } {
  const penalised = Array.from(precision.keys()).filter((j) => precision[j]! > 0 || rate[j]! > 0);
  const height = kept.length + penalised.length;
  const matrix = new Float64Array(height * size);
  kept.forEach((i, row) => {
    for (let j = 0; j < size; j++) matrix[row * size + j] = (given[i * size + j]! - center[j]!) / scale[j]!;
  });
  penalised.forEach((j, a) => (matrix[(kept.length + a) * size + j] = 1));
  const { pivots, rank } = factorQr(matrix, height, size);
  const ascending = (a: number, b: number): number => a - b;
  return { columns: pivots.slice(0, rank).sort(ascending), aliased: pivots.slice(rank).sort(ascending) };
}
