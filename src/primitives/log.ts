import { log as twin, logOne } from "../backend/typescript/math/log.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * The natural logarithm ln x; −log(p) is the surprisal of an event of probability p, in nats.
 *
 * Domain: x ≥ 0; −Infinity at 0, NaN below; NaN gives NaN. Total error at most 1 ulp over the whole range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see Tang, "Table-driven implementation of the logarithm function in IEEE floating-point arithmetic", ACM TOMS 16
 *   (1990)
 * @function
 * @example
 * log(2); // → 0.69314718056
 * log([1, 10]); // → [0, 2.302585092994]
 */
export const log: Elementwise = /*#__PURE__*/ elementwise("log", logOne, twin);
