import { REGION } from "../backend/leaves.js";
import { wasmFor } from "../backend/select.js";
import { linearScores as twin } from "../backend/typescript/linear.js";
import { allocate, fail } from "../check.js";
import { type MatrixInput, type SparseMatrix, isSparse, readMatrix, readNamed } from "../matrix.js";
import { toParameters } from "./toParameters.js";

/** Numbers of X from which copying in pays. */
const THRESHOLD = 512;

/** The coefficients of a linear fit: what scores of new rows need. */
export interface Coefficients {
  readonly names: readonly string[];
  /** [outputs × columns]. */
  readonly coefficients: Float64Array;
  /** [outputs]. */
  readonly intercepts: Float64Array;
}

/** New rows row-major, their named columns put in the order of `names`. Throws naming what is missing or not finite. */
export function readRows(x: MatrixInput, names: readonly string[]): { rows: number; values: Float64Array } {
  if (isSparse(x)) fail("type", "X", "dense rows, which this needs", "a sparse matrix");
  const isFlat = ArrayBuffer.isView(x) || (Array.isArray(x) && typeof x[0] === "number");
  const matrix = isNamed(x)
    ? readNamed(pick(x, names), names)
    : readMatrix(inOrder(x, names), isFlat ? names.length : undefined);
  if (matrix.columns !== names.length)
    fail("range", "X", `${names.length} columns as fitted`, `${matrix.columns} columns`);
  const values = allocate("X", matrix.rows * matrix.columns);
  matrix.fill(values);
  return { rows: matrix.rows, values };
}

function isNamed(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && !Array.isArray(x) && !ArrayBuffer.isView(x);
}

/** Checks that the columns that were fitted are there. */
function pick(x: Record<string, unknown>, names: readonly string[], row?: number): Record<string, unknown> {
  for (const name of names) {
    if (Object.hasOwn(x, name)) continue;
    fail("range", "X", `a column "${name}"`, Object.keys(x), row === undefined ? {} : { row });
  }
  return x;
}

/** Records as rows of the columns that were fitted; everything else as it is. */
function inOrder(x: unknown, names: readonly string[]): unknown {
  if (!Array.isArray(x) || !isNamed(x[0])) return x;
  return Array.from(x, (record: unknown, row) => {
    if (!isNamed(record)) fail("type", "X", "a record as in row 0", record, { row });
    const fields = pick(record, names, row);
    return names.map((name) => fields[name]);
  });
}

/** Scores of new rows: [rows × outputs]. */
export function scoresOf({ names, coefficients, intercepts }: Coefficients, x: MatrixInput): Float64Array {
  if (isSparse(x)) return scoresOfSparse({ names, coefficients, intercepts }, x);
  const { rows, values } = readRows(x, names);
  const outputs = intercepts.length;
  const columns = names.length;
  const parameters = toParameters({ coefficients, intercepts });
  const out = allocate("X", rows * outputs);
  const fits = parameters.length <= REGION / 2 && columns <= REGION && outputs <= REGION;
  const wasm = fits ? wasmFor(values.length, THRESHOLD) : null;
  if (wasm !== null) wasm.scratch.linearScores(columns, outputs, values, parameters, out);
  else twin(columns, outputs, 0, rows, values, parameters, null, out, out);
  return out;
}

function scoresOfSparse(fit: Coefficients, x: SparseMatrix): Float64Array {
  const { names } = fit;
  if (x.columns !== names.length) fail("range", "X", `${names.length} columns as fitted`, `${x.columns} columns`);
  const wrong = x.names === null ? -1 : x.names.findIndex((name, j) => name !== names[j]);
  if (wrong >= 0) fail("range", "X", `column "${names[wrong]}" as fitted`, x.names![wrong], { column: wrong });
  return x.reader.scores(x, fit.intercepts.length, toParameters(fit));
}
