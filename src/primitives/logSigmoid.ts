import { logSigmoid as twin, logSigmoidOne } from "../backend/typescript/math/logSigmoid.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln σ(x) = ln(1/(1 + e^−x)) = −softplus(−x): the log probability of a success whose logit is x, in nats.
 *
 * Domain: all real x; 0 at +Infinity, −Infinity at −Infinity; NaN gives NaN. Total error at most 2 ulp over the whole
 * range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @function
 * @example
 * logSigmoid(0); // → -0.69314718056
 * logSigmoid(-800); // → -800
 */
export const logSigmoid: Elementwise = /*#__PURE__*/ elementwise("logSigmoid", logSigmoidOne, twin);
