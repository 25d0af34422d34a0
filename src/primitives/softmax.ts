import { apartFrom, outputFor, toFloat64 } from "../check.js";
import { REGION, SMALL_STACK } from "../backend/leaves.js";
import { wasmFor } from "../backend/select.js";
import { expShifted, softmaxRows } from "../backend/typescript/logSumExp.js";
import { logSumExpNode } from "./logSumExp.js";
import { ROWS_OUT, type RowsOutOptions, columnsOf } from "./rows.js";

/** Numbers from which copying in and out pays. */
const THRESHOLD = 32;

const stack = /*#__PURE__*/ new Float64Array(SMALL_STACK);

/**
 * e^x / Σ e^x: the probabilities of a categorical distribution with scores x, by rows with `{ columns }`.
 *
 * x: [rows × columns] row-major; the result likewise, or in `out`, which may be x. A row holding +Infinity, NaN, or
 * nothing but −Infinity gives NaN. Throws a TypeError for what is no array of numbers, a RangeError for lengths that do
 * not fit.
 */
export function softmax(x: ArrayLike<number>, options?: RowsOutOptions): Float64Array {
  const given = toFloat64("x", x);
  const columns = columnsOf(given, options, ROWS_OUT);
  const out = outputFor(options?.out, given.length);
  const input = apartFrom(out, given);
  const wasm = wasmFor(input.length, THRESHOLD);
  if (columns <= REGION) {
    if (wasm === null) softmaxRows(columns === 0 ? 0 : input.length / columns, columns, input, out, stack);
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
