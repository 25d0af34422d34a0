import { apartFrom, outputFor, toFloat64 } from "../check.js";
import { REGION, SMALL_STACK } from "../backend/leaves.js";
import { wasmFor } from "../backend/select.js";
import { expShifted, softmaxRows } from "../backend/typescript/logSumExp.js";
import { logSumExpNode } from "./logSumExp.js";
import { ROWS_OUT, type RowsOutOptions, columnsOf } from "./rows.js";
import { SMALL, small } from "./small.js";

/** Numbers from which copying in and out pays. */
const THRESHOLD = 16;

const stack = /*#__PURE__*/ new Float64Array(SMALL_STACK);

/**
 * e^x / Σ e^x, without overflow: the probabilities of a categorical distribution whose scores are x.
 *
 * x: [rows × columns] row-major; each row of the result sums to 1. A row holding +Infinity, NaN, or nothing but
 * −Infinity gives NaN. Sums as docs/bits.md lays down.
 *
 * @param x - Scores; the whole array is one row without `columns`.
 * @param options - `columns`: numbers in a row. `out`: filled and returned instead of a new array; may be x.
 * @returns Probabilities, of the shape of x.
 * @throws TypeError for what is no array of numbers; RangeError for a length that is no multiple of `columns`, or an
 *   `out` of another length.
 * @see Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions", IMA Journal of
 *   Numerical Analysis 41 (2021)
 * @example
 * softmax([1, 2, 3]); // → [0.0900305732, 0.2447284711, 0.6652409558]
 * softmax([0, 0, 0, 1000], { columns: 2 }); // → [0.5, 0.5, 0, 1]
 */
export function softmax(x: ArrayLike<number>, options?: RowsOutOptions): Float64Array {
  const given = toFloat64("x", x);
  const columns = columnsOf(given, options, ROWS_OUT);
  const out = outputFor(options?.out, given.length);
  const wasm = wasmFor(given.length, THRESHOLD);
  if (wasm === null && given.length <= SMALL) {
    const results = small;
    softmaxRows(columns === 0 ? 0 : given.length / columns, columns, given, results, stack);
    for (let i = 0; i < given.length; i++) out[i] = results[i];
    return out;
  }
  const input = apartFrom(out, given);
  if (columns <= REGION) {
    if (wasm === null) softmaxRows(input.length / columns, columns, input, out, stack);
    else wasm.scratch.rows("softmaxRows", columns, input, out);
    return out;
  }
  for (let begin = 0; begin < input.length; begin += columns) {
    const { maximum, rest } = logSumExpNode(input, begin, columns);
    const inverse = Number.isFinite(maximum) ? 1 / (1 + rest) : NaN;
    if (wasm !== null) wasm.scratch.expShifted(input, begin, columns, maximum, inverse, out);
    else {
      const end = begin + columns;
      expShifted(columns, input.subarray(begin, end), maximum, inverse, out.subarray(begin, end));
    }
  }
  return out;
}
