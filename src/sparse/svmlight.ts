import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import { type SparseMatrix, isSparse } from "../matrix.js";
import { MOST_PLACES, pack } from "./pack.js";

/** Options of reading svmlight text. */
export interface SvmlightOptions {
  /** Columns of X; as many as the largest index without it. */
  readonly columns?: number;
  /** Number of the first column: 1, as the format has it, or 0. */
  readonly base?: 0 | 1;
}

/** Rows read from svmlight text. */
export interface SvmlightRows {
  /** X. */
  readonly x: SparseMatrix;
  /** The label of each row, as it stands there: [rows]. */
  readonly y: Float64Array;
}

/**
 * Reads text in the format of svmlight and liblinear: a row a line, `label index:value index:value ...`; empty lines do not
 * count, nor does what follows a `#`.
 *
 * @param text - The text.
 * @param options - `columns`, to make room for those that no row has; `base`: 1 (default) or 0, the first index.
 * @returns `{ x, y }`: sparse X and the labels.
 * @throws TypeError for what is no text; RangeError naming the row, and the column where there is one, of what is no number,
 *   an index out of range or twice in a row.
 * @see Joachims, "Making large-scale SVM learning practical", *Advances in Kernel Methods*, 1999
 * @example
 * const { x, y } = fromSvmlight("+1 1:0.5 3:2 # first\n-1 2:1\n");
 * x.columns; // → 3
 * y; // → [1, -1]
 */
export function fromSvmlight(text: string, options?: SvmlightOptions): SvmlightRows {
  if (typeof text !== "string") fail("type", "text", "text in svmlight format", text);
  checkOptions("options", options, ["columns", "base"]);
  const { columns, base = 1 } = options ?? {};
  if (base !== 0 && base !== 1) fail("range", "base", "0 or 1", base);
  if (columns !== undefined) checkNumber("columns", columns, { min: 1, max: MOST_PLACES, integer: true });
  const labels: number[] = [];
  const rows: { indices: number[]; values: number[] }[] = [];
  let largest = -1;
  let most = 0;
  for (const line of text.split("\n")) {
    const [label, ...pairs] = line
      .replace(/#.*/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    if (label === undefined) continue;
    const row = rows.length;
    labels.push(numberOf(label, "a number as the label", { row }));
    const [indices, values]: [number[], number[]] = [[], []];
    for (const pair of pairs) {
      const colon = pair.indexOf(":");
      if (colon < 0 || !/^\d+$/.test(pair.slice(0, colon))) fail("range", "text", "index:value", pair, { row });
      const index = Number(pair.slice(0, colon)) - base;
      const last = columns === undefined ? MOST_PLACES - 1 : columns - 1;
      if (!(index >= 0 && index <= last))
        fail("range", "text", `an index from ${base} to ${last + base}`, pair, { row });
      indices.push(index);
      values.push(numberOf(pair.slice(colon + 1), "a finite number", { row, column: index }));
      largest = Math.max(largest, index);
    }
    most += values.length;
    rows.push({ indices, values });
  }
  if (rows.length === 0) fail("range", "text", "at least one row", text);
  const width = columns ?? largest + 1;
  if (width === 0) fail("range", "text", "at least one column", text);
  const shape = { rows: rows.length, columns: width, names: null, most };
  const x = pack(shape, (i, put) => rows[i]!.indices.forEach((index, e) => put(index, rows[i]!.values[e])), "text");
  return { x, y: Float64Array.from(labels) };
}

function numberOf(word: string, expected: string, at: { row: number; column?: number }): number {
  const value = word === "" ? NaN : Number(word);
  return Number.isFinite(value) ? value : fail("range", "text", expected, word, at);
}

/**
 * Writes sparse rows as text in the format of svmlight and liblinear, every number so that it is read again exactly.
 *
 * @param x - What `sparse` made.
 * @param y - The label of each row, a finite number: [rows].
 * @returns The text, a row a line; indices start at 1.
 * @throws TypeError or RangeError for what is no sparse matrix, or labels that do not fit.
 * @example
 * toSvmlight(sparse([{ a: 0.5, b: 2 }, { b: 1 }]), [1, -1]); // → "1 1:0.5 2:2\n-1 2:1\n"
 */
export function toSvmlight(x: SparseMatrix, y: ArrayLike<number>): string {
  if (!isSparse(x)) fail("type", "x", "what sparse makes", x);
  const labels = toFloat64("y", y);
  const { rows, values, columnIndices, rowPointers } = x;
  if (labels.length !== rows) fail("range", "y", `one label a row, ${rows}`, y);
  let text = "";
  for (let i = 0; i < rows; i++) {
    if (!Number.isFinite(labels[i])) fail("range", "y", "a finite number", labels[i], { row: i });
    text += String(labels[i]);
    for (let e = rowPointers[i]!; e < rowPointers[i + 1]!; e++) text += ` ${columnIndices[e]! + 1}:${values[e]}`;
    text += "\n";
  }
  return text;
}
