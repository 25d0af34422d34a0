import { logSigmoid as twin, logSigmoidOne } from "../backend/typescript/math/logSigmoid.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln(1/(1 + e^−x)) = −softplus(−x): the log probability of a success with logit x, in nats.
 *
 * Domain: all real x; 0 at +Infinity, −Infinity at −Infinity; NaN gives NaN. Total error at most 2 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const logSigmoid: Elementwise = /*#__PURE__*/ elementwise("logSigmoid", logSigmoidOne, twin);
