import { apartFrom, outputFor, toFloat64 } from "../check.js";
import { REGION, SMALL_STACK } from "../backend/leaves.js";
import { wasmFor } from "../backend/select.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { logSoftmaxRows } from "../backend/typescript/logSumExp.js";
import { logSumExpNode } from "./logSumExp.js";
import { ROWS_OUT, type RowsOutOptions, columnsOf } from "./rows.js";

/** Numbers from which copying in and out pays. */
const THRESHOLD = 32;

const stack = /*#__PURE__*/ new Float64Array(SMALL_STACK);

/**
 * x − ln Σ e^x: the log probabilities of a categorical distribution with scores x, by rows with `{ columns }`; minus the
 * surprisal of each class, in nats.
 *
 * x: [rows × columns] row-major; the result likewise, or in `out`, which may be x. A row holding +Infinity, NaN, or
 * nothing but −Infinity gives NaN. Throws a TypeError for what is no array of numbers, a RangeError for lengths that do
 * not fit.
 */
export function logSoftmax(x: ArrayLike<number>, options?: RowsOutOptions): Float64Array {
  const given = toFloat64("x", x);
  const columns = columnsOf(given, options, ROWS_OUT);
  const out = outputFor(options?.out, given.length);
  const input = apartFrom(out, given);
  if (columns <= REGION) {
    const wasm = wasmFor(input.length, THRESHOLD);
    if (wasm === null) logSoftmaxRows(columns === 0 ? 0 : input.length / columns, columns, input, out, stack);
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
