import { apartFrom, checkNumber, checkOptions, fail, outputFor, toFloat64 } from "../check.js";
import type { OutOptions } from "./elementwise.js";

/** How an array is cut into rows. */
export interface RowsOptions {
  /** Numbers in a row; the whole array is one row without it. */
  readonly columns?: number | undefined;
}

/** Options of functions that give a row for a row. */
export type RowsOutOptions = RowsOptions & OutOptions;

/** The array and the length of its rows, checked. */
export function readRows(
  x: ArrayLike<number>,
  options: RowsOptions | undefined,
  allowed: readonly string[],
): { input: Float64Array; columns: number } {
  const input = toFloat64("x", x);
  if (options !== undefined) checkOptions("options", options, allowed);
  const columns = options?.columns;
  if (columns === undefined) return { input, columns: input.length };
  checkNumber("columns", columns, { min: 1, integer: true });
  if (input.length % columns !== 0) fail("range", "x", `a length that is a multiple of columns ${columns}`, x);
  return { input, columns };
}

/** {@link readRows} for functions that give a row for a row. */
export function readRowsAndOut(
  x: ArrayLike<number>,
  options: RowsOutOptions | undefined,
): { input: Float64Array; columns: number; out: Float64Array } {
  const { input, columns } = readRows(x, options, ["columns", "out"]);
  const out = outputFor(options?.out, input.length);
  return { input: apartFrom(out, input), columns, out };
}
