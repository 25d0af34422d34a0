import { checkNumber, checkOptions, fail } from "../check.js";
import type { OutOptions } from "./elementwise.js";

/** How an array is cut into rows. */
export interface RowsOptions {
  /** Numbers in a row; the whole array is one row without it. */
  readonly columns?: number | undefined;
}

/** How an array is cut into rows, and where the result goes. */
export type RowsOutOptions = RowsOptions & OutOptions;

const ALLOWED: readonly string[] = ["columns"];

/** Options of functions that give a row for a row: their names. */
export const ROWS_OUT: readonly string[] = ["columns", "out"];

/** The length of a row, checked: `columns`, or the whole. */
export function columnsOf(x: Float64Array, options: RowsOutOptions | undefined, allowed = ALLOWED): number {
  if (options === undefined) return x.length;
  // Compared one by one: a call of `includes` would cost as much as the softmax of a few numbers.
  for (const key in options) {
    if (key !== "columns" && !(key === "out" && allowed === ROWS_OUT)) checkOptions("options", options, allowed);
  }
  const columns = options?.columns;
  if (columns === undefined) {
    if (options?.out === undefined) checkOptions("options", options, allowed);
    return x.length;
  }
  if (!Number.isInteger(columns) || columns < 1) checkNumber("columns", columns, { min: 1, integer: true });
  if (x.length % columns !== 0) fail("range", "x", `a length that is a multiple of columns ${columns}`, x);
  return columns;
}
