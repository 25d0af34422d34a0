import { areFinite } from "./backend/typescript/vector.js";
import { checkNumber, fail, toFloat64 } from "./check.js";

/** X in compressed sparse rows: what `sparse` makes. Zeros take no room, and cost nothing. */
export interface SparseMatrix {
  /** Rows of X. */
  readonly rows: number;
  /** Columns of X. */
  readonly columns: number;
  /** Names of the columns, or null. */
  readonly names: readonly string[] | null;
  /** Numbers that are not 0, row by row, in ascending order of their columns: [nonzeros]. Not to be changed. */
  readonly values: Float64Array;
  /** The column of each: [nonzeros]. Not to be changed. */
  readonly columnIndices: Int32Array;
  /** Where each row begins, and where the last ends: [rows + 1]. Not to be changed. */
  readonly rowPointers: Int32Array;
  /**
   * All of it in one block, as kernels take it.
   *
   * @internal
   */
  readonly block: Float64Array;
  /**
   * What reads such rows; brought along, so that only who makes such a matrix carries it.
   *
   * @internal
   */
  readonly reader: SparseReader;
}

/** What reads sparse rows. */
export interface SparseReader {
  /** Makes the linear model on such a data set; of the type that models know. */
  readonly bind: unknown;
  /** A matrix of a block. */
  matrix(shape: SparseShape, block: Float64Array, names: readonly string[] | null): SparseMatrix;
  /** Some rows, in this order. */
  takeRows(matrix: SparseMatrix, rows: ArrayLike<number>): SparseMatrix;
  /** Some columns, in ascending order. */
  takeColumns(matrix: SparseMatrix, columns: readonly number[]): SparseMatrix;
  /** Scores under θ, [outputs × (1 + columns)]: [rows × outputs]. */
  scores(matrix: SparseMatrix, outputs: number, parameters: Float64Array): Float64Array;
}

/** The shape of sparse rows. */
export interface SparseShape {
  readonly rows: number;
  readonly columns: number;
  readonly nonzeros: number;
}

/** Whether X is what `sparse` makes. */
export function isSparse(x: unknown): x is SparseMatrix {
  return typeof x === "object" && x !== null && typeof (x as SparseMatrix).reader?.takeRows === "function";
}

/**
 * A matrix as users give it: rows, one flat array with `columns`, or named columns, of finite numbers; or what `sparse`
 * makes.
 */
export type MatrixInput =
  | ArrayLike<ArrayLike<number>>
  | Float64Array
  | Float32Array
  | ArrayLike<number>
  | Readonly<Record<string, ArrayLike<number>>>
  | SparseMatrix;

/** The shape of a matrix, and how to write it row-major; writing refuses anything but finite numbers. */
export interface MatrixReader {
  readonly rows: number;
  readonly columns: number;
  readonly names: readonly string[] | null;
  /** Writes [rows × columns]; throws a TypeError or RangeError naming row and column. */
  fill(out: Float64Array | Float32Array): void;
}

/** What is finite passes; the rest is refused by row and column. */
function put(out: Float64Array | Float32Array, at: number, value: unknown, row: number, column: number | string): void {
  if (typeof value !== "number") fail("type", "X", "a number", value, { row, column });
  if (!Number.isFinite(value)) fail("range", "X", "a finite number", value, { row, column });
  out[at] = value;
}

/** Reads the shape of dense X; `columns` cuts a flat array into rows. Throws a TypeError or RangeError for any other thing. */
export function readMatrix(x: unknown, columns: number | undefined): MatrixReader {
  if (isSparse(x)) fail("type", "X", "dense rows, which this needs", "a sparse matrix");
  if (typeof x !== "object" || x === null) fail("type", "X", "rows, a flat array with columns, or named columns", x);
  if (ArrayBuffer.isView(x) || isArrayOfNumbers(x)) return readFlat(x, columns);
  if (columns !== undefined) fail("type", "columns", "nothing, unless X is one flat array", columns);
  return Array.isArray(x) ? readRows(x) : readNamed(x as Record<string, unknown>);
}

/** Numbers that are checked and copied at a time: half of a first-level cache. */
const PIECE = 2048;

function isVector(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isArrayOfNumbers(x: unknown): boolean {
  return Array.isArray(x) && x.length > 0 && typeof x[0] === "number";
}

function readFlat(x: unknown, columns: number | undefined): MatrixReader {
  if (columns === undefined) fail("type", "columns", "the number of columns of a flat X", columns);
  checkNumber("columns", columns, { min: 1, integer: true });
  const values = toFloat64("X", x);
  if (values.length % columns !== 0) fail("range", "X", `a length that is a multiple of columns ${columns}`, x);
  return {
    rows: values.length / columns,
    columns,
    names: null,
    fill(out) {
      // Piece by piece, so that what is copied is still in cache when it is checked.
      for (let begin = 0; begin < values.length; begin += PIECE) {
        const piece = values.subarray(begin, begin + PIECE);
        if (!areFinite(piece)) {
          const i = begin + piece.findIndex((value) => !Number.isFinite(value));
          put(out, i, values[i], Math.floor(i / columns), i % columns);
        }
        out.set(piece, begin);
      }
    },
  };
}

function readRows(x: readonly unknown[]): MatrixReader {
  const rows = x.length;
  if (rows === 0) fail("range", "X", "at least one row", x);
  const length = (row: number): number => {
    const value = x[row];
    if (!isVector(value)) fail("type", "X", "an array of numbers", value, { row });
    return value.length;
  };
  const columns = length(0);
  if (columns === 0) fail("range", "X", "at least one column", x[0], { row: 0 });
  return {
    rows,
    columns,
    names: null,
    fill(out) {
      for (let i = 0; i < rows; i++) {
        const width = length(i);
        if (width !== columns) fail("range", "X", `${columns} columns as in row 0`, `${width} columns`, { row: i });
        const row = x[i] as ArrayLike<unknown>;
        for (let j = 0; j < columns; j++) put(out, i * columns + j, row[j], i, j);
      }
    },
  };
}

/** Named columns in the order of `names`, which an object cannot keep where names are whole numbers. */
export function readNamed(
  x: Readonly<Record<string, unknown>>,
  names: readonly string[] = Object.keys(x),
): MatrixReader {
  if (names.length === 0) fail("range", "X", "at least one column", x);
  const columns = names.map((name) => {
    const column = x[name];
    if (!isVector(column)) fail("type", "X", "an array of numbers", column, { column: name });
    return column;
  });
  const rows = columns[0].length;
  columns.forEach((column, j) => {
    if (column.length !== rows)
      fail("range", "X", `${rows} rows as in ${names[0]}`, column.length, { column: names[j] });
  });
  return {
    rows,
    columns: names.length,
    names,
    fill(out) {
      columns.forEach((column, j) => {
        for (let i = 0; i < rows; i++) put(out, i * names.length + j, column[i], i, names[j]);
      });
    },
  };
}
