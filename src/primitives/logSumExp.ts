import { toFloat64 } from "../check.js";
import { wasmFor } from "../backend/select.js";
import { LEAF, REGION, SMALL_STACK } from "../backend/leaves.js";
import { collapseLogSumExp, logSumExp as twin, logSumExpRows } from "../backend/typescript/logSumExp.js";
import { columnsOf } from "./rows.js";

/** Numbers from which copying in pays. */
const THRESHOLD = 16;

const stack = /*#__PURE__*/ new Float64Array(SMALL_STACK);

/** A log-sum-exp in parts: value = maximum + log1p(rest). */
export interface LogSumExpNode {
  readonly maximum: number;
  readonly rest: number;
  readonly value: number;
}

/** Log-sum-exp of x[begin .. begin + length), leaf by leaf. */
export function logSumExpNode(x: Float64Array, begin: number, length: number): LogSumExpNode {
  const wasm = wasmFor(length, THRESHOLD);
  if (wasm !== null) return wasm.scratch.logSumExp(x, begin, length);
  const row = begin === 0 && length === x.length ? x : x.subarray(begin, begin + length);
  twin(length, 0, row, stack);
  collapseLogSumExp(Math.ceil(length / LEAF), stack);
  return { maximum: stack[0], rest: stack[1], value: stack[2] };
}

/**
 * ln Σ e^x, without overflow: the logarithm of a total from the logarithms of its parts.
 *
 * x: [rows × columns] row-major. −Infinity of nothing or of all −Infinity, +Infinity if any x is; NaN gives NaN. Sums
 * as docs/bits.md lays down, through a scratch of fixed size.
 *
 * @param x - Numbers; the whole array is one row without `columns`.
 * @param options - `columns`: numbers in a row.
 * @returns A number; with `columns` a Float64Array [rows].
 * @throws TypeError for what is no array of numbers; RangeError for a length that is no multiple of `columns`.
 * @see Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions", IMA Journal of
 *   Numerical Analysis 41 (2021)
 * @example
 * logSumExp([1000, 1000]); // → 1000.69314718056
 * logSumExp([0, 0, 1, 1], { columns: 2 }); // → [0.69314718056, 1.69314718056]
 */
export function logSumExp(x: ArrayLike<number>, options?: { readonly columns?: undefined }): number;
/**
 * ln Σ e^x of every row.
 *
 * @param x - [rows × columns] row-major.
 * @param options - `columns`: numbers in a row.
 * @returns One number per row: [rows].
 */
export function logSumExp(x: ArrayLike<number>, options: { readonly columns: number }): Float64Array;
export function logSumExp(
  x: ArrayLike<number>,
  options?: { readonly columns?: number | undefined },
): number | Float64Array {
  const input = toFloat64("x", x);
  const columns = columnsOf(input, options);
  if (options?.columns === undefined) {
    if (wasmFor(columns, THRESHOLD) !== null) return logSumExpNode(input, 0, columns).value;
    twin(columns, 0, input, stack);
    collapseLogSumExp(Math.ceil(columns / LEAF), stack);
    return stack[2];
  }
  const out = new Float64Array(input.length / columns);
  if (columns > REGION) {
    for (let i = 0; i < out.length; i++) out[i] = logSumExpNode(input, i * columns, columns).value;
    return out;
  }
  const wasm = wasmFor(input.length, THRESHOLD);
  if (wasm === null) logSumExpRows(out.length, columns, input, out, stack);
  else wasm.scratch.logSumExpRows(columns, input, out);
  return out;
}
