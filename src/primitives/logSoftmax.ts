import { apartFrom, outputFor, toFloat64 } from "../check.js";
import { REGION, SMALL_STACK } from "../backend/leaves.js";
import { wasmFor } from "../backend/select.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { logSoftmaxRows } from "../backend/typescript/logSumExp.js";
import { logSumExpNode } from "./logSumExp.js";
import { ROWS_OUT, type RowsOutOptions, columnsOf } from "./rows.js";
import { SMALL, small } from "./small.js";

/** Numbers from which copying in and out pays. */
const THRESHOLD = 16;

const stack = /*#__PURE__*/ new Float64Array(SMALL_STACK);

/**
 * x − ln Σ e^x, without overflow: the log probabilities of a categorical distribution whose scores are x; minus the
 * surprisal of each class, in nats.
 *
 * x: [rows × columns] row-major. A row holding +Infinity, NaN, or nothing but −Infinity gives NaN. Sums as docs/bits.md
 * lays down.
 *
 * @param x - Scores; the whole array is one row without `columns`.
 * @param options - `columns`: numbers in a row. `out`: filled and returned instead of a new array; may be x.
 * @returns Log probabilities ≤ 0, of the shape of x.
 * @throws TypeError for what is no array of numbers; RangeError for a length that is no multiple of `columns`, or an
 *   `out` of another length.
 * @see Blanchard, Higham & Higham, "Accurately computing the log-sum-exp and softmax functions", IMA Journal of
 *   Numerical Analysis 41 (2021)
 * @example
 * logSoftmax([1, 2, 3]); // → [-2.407605964444, -1.407605964444, -0.407605964444]
 * logSoftmax([0, 1000]); // → [-1000, 0]
 */
export function logSoftmax(x: ArrayLike<number>, options?: RowsOutOptions): Float64Array {
  const given = toFloat64("x", x);
  const columns = columnsOf(given, options, ROWS_OUT);
  const out = outputFor(options?.out, given.length);
  const wasm = wasmFor(given.length, THRESHOLD);
  if (wasm === null && given.length <= SMALL) {
    const results = small;
    logSoftmaxRows(columns === 0 ? 0 : given.length / columns, columns, given, results, stack);
    for (let i = 0; i < given.length; i++) out[i] = results[i];
    return out;
  }
  const input = apartFrom(out, given);
  if (columns <= REGION) {
    if (wasm === null) logSoftmaxRows(input.length / columns, columns, input, out, stack);
    else wasm.scratch.rows("logSoftmaxRows", columns, input, out);
    return out;
  }
  for (let begin = 0; begin < input.length; begin += columns) {
    const { maximum, rest } = logSumExpNode(input, begin, columns);
    const log = Number.isFinite(maximum) ? log1pOne(rest) : NaN;
    for (let i = begin; i < begin + columns; i++) out[i] = input[i] - maximum - log;
  }
  return out;
}
