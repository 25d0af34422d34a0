import { logit as twin, logitOne } from "../backend/typescript/math/logit.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * The log odds ln(x/(1 − x)) of a probability x; the inverse of the sigmoid.
 *
 * Domain: 0 ≤ x ≤ 1; −Infinity at 0, +Infinity at 1, NaN outside; NaN gives NaN. Total error at most 2 ulp over the
 * whole range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @function
 * @example
 * logit(0.75); // → 1.098612288668
 * logit(sigmoid(2)); // → 2
 */
export const logit: Elementwise = /*#__PURE__*/ elementwise("logit", logitOne, twin);
