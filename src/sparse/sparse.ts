import { checkNumber, checkOptions, fail } from "../check.js";
import type { SparseMatrix } from "../matrix.js";
import { MOST_PLACES, pack } from "./pack.js";

/** X in compressed sparse rows, as it is given. */
export interface SparseInput {
  /** Numbers row by row: [nonzeros]. */
  readonly values: ArrayLike<number>;
  /** The column of each, from 0; of one row no column twice: [nonzeros]. */
  readonly columnIndices: ArrayLike<number>;
  /** Where each row begins, and where the last ends: [rows + 1], from 0. */
  readonly rowPointers: ArrayLike<number>;
  /** Columns of X. */
  readonly columns: number;
  /** Names of the columns. */
  readonly names?: readonly string[];
}

/** Options of sparse X of records. */
export interface SparseRecordsOptions {
  /** Names of the columns, in this order; without it those that the records have, in the order they come in. */
  readonly names?: readonly string[];
}

/**
 * X in compressed sparse rows, for text-like data: most numbers are 0, and neither take room nor cost time. A data set and
 * every ready-made linear fit take it in place of X, and so do `fit.predict` and `fit.scores`.
 *
 * The columns of a row may come in any order, none twice; zeros that are given are left out. Values are finite. Results are
 * not promised to be those of the same dense X bit for bit, whose zeros take part in its sums.
 *
 * @param input - `{ values, columnIndices, rowPointers, columns, names? }`; or records, one object per row, with a number
 *   for each column that is not 0.
 * @returns The matrix, frozen; it brings the kernels that read it.
 * @throws TypeError or RangeError, naming row and column, for lengths that do not fit, row pointers that descend, columns
 *   out of range or twice in a row, and numbers that are not finite.
 * @example
 * const x = sparse({ values: [2, 1, 3], columnIndices: [0, 2, 1], rowPointers: [0, 2, 2, 3], columns: 3 });
 * x.rows; // → 3
 * const spam = sparse([{ free: 2, now: 1 }, { meeting: 1 }, { now: 1 }, { free: 1, meeting: 1 }]);
 * spam.names; // → ["free", "now", "meeting"]
 * const fit = logisticRegression(spam, ["yes", "no", "yes", "no"], { penalty: penalties.l2(0.1) });
 * fit.predict(sparse([{ free: 3 }], { names: spam.names! })); // → ["yes"]
 */
export function sparse(input: SparseInput): SparseMatrix;
/**
 * Sparse X of records.
 *
 * @param records - One object per row, with a number for each column that is not 0.
 * @param options - `names` of the columns.
 */
export function sparse(
  records: ReadonlyArray<Readonly<Record<string, number>>>,
  options?: SparseRecordsOptions,
): SparseMatrix;
export function sparse(input: unknown, options?: unknown): SparseMatrix {
  if (Array.isArray(input)) return fromRecords(input, options);
  if (typeof input !== "object" || input === null) {
    fail("type", "input", "{ values, columnIndices, rowPointers, columns } or records", input);
  }
  if (options !== undefined) fail("type", "options", "one object", options);
  checkOptions("input", input, ["values", "columnIndices", "rowPointers", "columns", "names"]);
  const given = input as Record<keyof SparseInput, unknown>;
  const columns = checkNumber("columns", given.columns, { min: 1, max: MOST_PLACES, integer: true });
  const names = given.names === undefined ? null : checkNames(given.names, columns);
  const pointers = vectorOf("rowPointers", given.rowPointers);
  const indices = vectorOf("columnIndices", given.columnIndices);
  const values = vectorOf("values", given.values);
  const rows = pointers.length - 1;
  if (rows < 1) fail("range", "rowPointers", "at least two numbers: one row", given.rowPointers);
  if (indices.length !== values.length) {
    fail("range", "columnIndices", `one for each of ${values.length} values`, given.columnIndices);
  }
  checkPointers(pointers, values.length);
  return pack({ rows, columns, names, most: values.length }, (i, put) => {
    for (let e = pointers[i] as number; e < (pointers[i + 1] as number); e++) {
      const column = indices[e];
      if (typeof column !== "number") fail("type", "columnIndices", "a whole number", column, { row: i });
      if (!(Number.isInteger(column) && column >= 0 && column < columns)) {
        fail("range", "columnIndices", `an integer from 0 to ${columns - 1}`, column, { row: i });
      }
      put(column, values[e]);
    }
  });
}

function vectorOf(argument: string, value: unknown): ArrayLike<unknown> {
  const isVector = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (!isVector) fail("type", argument, "an array of numbers", value);
  const vector = value as unknown as ArrayLike<unknown>;
  if (vector.length > MOST_PLACES) fail("range", argument, `at most ${MOST_PLACES} numbers`, value);
  return vector;
}

function checkNames(names: unknown, columns: number | null): readonly string[] {
  if (!Array.isArray(names)) fail("type", "names", "an array of strings", names);
  if (columns !== null && names.length !== columns) fail("range", "names", `${columns} strings`, names);
  if (names.length === 0) fail("range", "names", "at least one string", names);
  return Object.freeze(
    Array.from(names as unknown[], (name, row) => {
      return typeof name === "string" ? name : fail("type", "names", "a string", name, { row });
    }),
  );
}

function checkPointers(pointers: ArrayLike<unknown>, nonzeros: number): void {
  let before = 0;
  for (let i = 0; i < pointers.length; i++) {
    const pointer = pointers[i];
    if (typeof pointer !== "number") fail("type", "rowPointers", "a whole number", pointer, { row: i });
    const last = i === pointers.length - 1;
    const right = Number.isInteger(pointer) && pointer >= before && (i > 0 || pointer === 0);
    if (!right || pointer > nonzeros || (last && pointer !== nonzeros)) {
      const least = last
        ? `${nonzeros}, the number of values`
        : i === 0
          ? "0"
          : `an integer from ${before} to ${nonzeros}`;
      fail("range", "rowPointers", least, pointer, { row: i });
    }
    before = pointer;
  }
}

function fromRecords(records: readonly unknown[], options: unknown): SparseMatrix {
  checkOptions("options", options, ["names"]);
  const { names: given } = (options ?? {}) as SparseRecordsOptions;
  if (records.length === 0) fail("range", "records", "at least one row", records);
  const names: string[] = given === undefined ? [] : [...checkNames(given, null)];
  const places = new Map(names.map((name, j) => [name, j]));
  if (places.size < names.length) fail("range", "names", "names that differ", names);
  let most = 0;
  // Not forEach: it would skip holes.
  for (let row = 0; row < records.length; row++) {
    const record = records[row];
    if (typeof record !== "object" || record === null || Array.isArray(record) || ArrayBuffer.isView(record)) {
      fail("type", "records", "an object of numbers by their columns", record, { row });
    }
    for (const name of Object.keys(record)) {
      most++;
      if (places.has(name)) continue;
      if (given !== undefined) fail("range", "records", "a column among names", name, { row, column: name });
      places.set(name, names.push(name) - 1);
    }
  }
  if (names.length === 0) fail("range", "records", "at least one column", records);
  return pack({ rows: records.length, columns: names.length, names: Object.freeze(names), most }, (i, put) => {
    for (const [name, value] of Object.entries(records[i] as object)) put(places.get(name)!, value);
  });
}
