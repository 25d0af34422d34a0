import { allocate, fail, toFloat64 } from "../check.js";
import type { DatasetOptions } from "../dataset.js";
import type { Label } from "../estimators/labels.js";
import { type MatrixInput, isSparse, readMatrix } from "../matrix.js";

/** Rows as they were given, some of which can be taken. */
export interface Rows {
  readonly rows: number;
  /** X of some rows, flat or sparse. */
  x(chosen: readonly number[]): MatrixInput;
  /** The options of a data set of some rows. */
  options(chosen: readonly number[]): DatasetOptions;
  /** The offset of some rows, or nothing. */
  offset(chosen: readonly number[]): { readonly offset?: Float64Array };
}

/** Reads X and what goes with its rows. */
export function readRows(x: MatrixInput, options: DatasetOptions): Rows {
  const matrix = isSparse(x) ? x : readMatrix(x, options.columns);
  const { rows, columns } = matrix;
  const values = isSparse(matrix) ? matrix : allocate("X", rows * columns);
  if (!isSparse(matrix)) matrix.fill(values as Float64Array);
  const names = options.names ?? matrix.names ?? undefined;
  const weights = options.weights === undefined ? undefined : toFloat64("weights", options.weights);
  if (weights !== undefined && weights.length !== rows) {
    fail("range", "weights", `one number per row, ${rows}`, options.weights);
  }
  const offset = options.offset === undefined ? undefined : toFloat64("offset", options.offset);
  if (offset !== undefined && (offset.length === 0 || offset.length % rows !== 0)) {
    fail("range", "offset", `${rows} rows as in X`, options.offset);
  }
  const take = (from: Float64Array, width: number, chosen: readonly number[]): Float64Array => {
    const out = new Float64Array(chosen.length * width);
    chosen.forEach((row, i) => out.set(from.subarray(row * width, (row + 1) * width), i * width));
    return out;
  };
  const offsetOf = (chosen: readonly number[]): { readonly offset?: Float64Array } =>
    offset === undefined ? {} : { offset: take(offset, offset.length / rows, chosen) };
  return {
    rows,
    x: (chosen) => (isSparse(values) ? values.reader.takeRows(values, chosen) : take(values, columns, chosen)),
    offset: offsetOf,
    options: (chosen) => ({
      ...(!isSparse(values) && { columns }),
      ...(names !== undefined && { names }),
      ...(weights !== undefined && { weights: take(weights, 1, chosen) }),
      ...offsetOf(chosen),
    }),
  };
}

/** y of some rows. */
export function takeLabels<Y extends ArrayLike<Label>>(y: Y, chosen: readonly number[]): Y {
  return chosen.map((row) => y[row]!) as unknown as Y;
}

/** The rows of a fold, and the others. */
export function splitAt(folds: ArrayLike<number>, fold: number): { train: number[]; test: number[] } {
  const train: number[] = [];
  const test: number[] = [];
  for (let row = 0; row < folds.length; row++) (folds[row] === fold ? test : train).push(row);
  return { train, test };
}
