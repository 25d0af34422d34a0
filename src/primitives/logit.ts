import { logit as twin, logitOne } from "../backend/typescript/math/logit.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln(p/(1 − p)), the inverse of the sigmoid.
 *
 * Domain: 0 ≤ x ≤ 1; −Infinity at 0, +Infinity at 1, NaN outside; NaN gives NaN. Total error at most 2 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const logit: Elementwise = /*#__PURE__*/ elementwise("logit", logitOne, twin);
