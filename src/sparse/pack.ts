import { sparseLength, sparseParts } from "../backend/typescript/sparse.js";
import { allocate, fail } from "../check.js";
import type { SparseMatrix } from "../matrix.js";
import { sparseReader } from "./reader.js";

/** Nonzeros and columns at most: places are whole numbers of 32 bits. */
export const MOST_PLACES = 2147483640;

/** The shape of a matrix to be made, with as many numbers as may come. */
interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly names: readonly string[] | null;
  readonly most: number;
}

/** Takes a number of a row, by its column. */
export type Put = (column: number, value: unknown) => void;

/**
 * The matrix of what `visit` puts into each row, in any order: sorted by column, without zeros. Throws naming row and column
 * of what is no finite number, or there twice; `argument` is what the numbers are called.
 */
export function pack(
  { rows, columns, names, most }: Shape,
  visit: (row: number, put: Put) => void,
  argument = "values",
): SparseMatrix {
  const values = allocate(argument, most);
  const indices = new Int32Array(most);
  const pointers = new Int32Array(rows + 1);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const place = (column: number): { row: number; column: number | string } => ({
      row,
      column: names?.[column] ?? column,
    });
    const first = at;
    let ascending = true;
    visit(row, (column, value) => {
      if (typeof value !== "number") fail("type", argument, "a number", value, place(column));
      if (!Number.isFinite(value)) fail("range", argument, "a finite number", value, place(column));
      if (value === 0) return;
      if (at > first && indices[at - 1]! >= column) ascending = false;
      values[at] = value;
      indices[at++] = column;
    });
    if (!ascending) sort(indices.subarray(first, at), values.subarray(first, at));
    for (let e = first + 1; e < at; e++) {
      const column = indices[e]!;
      if (column === indices[e - 1]) fail("range", argument, "one number for a column", "two", place(column));
    }
    pointers[row + 1] = at;
  }
  const block = allocate(argument, sparseLength(rows, at));
  const parts = sparseParts(rows, at, block);
  parts.values.set(values.subarray(0, at));
  parts.indices.set(indices.subarray(0, at));
  parts.pointers.set(pointers);
  return sparseReader.matrix({ rows, columns, nonzeros: at }, block, names);
}

/** Puts a row in the order of its columns. */
function sort(indices: Int32Array, values: Float64Array): void {
  const order = Array.from(indices.keys()).sort((a, b) => indices[a]! - indices[b]!);
  const [columns, numbers] = [indices.slice(), values.slice()];
  order.forEach((from, to) => {
    indices[to] = columns[from]!;
    values[to] = numbers[from]!;
  });
}
