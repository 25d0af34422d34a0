import { sigmoid as twin, sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * the logistic function 1/(1 + e^−x): the mean of a Bernoulli distribution with logit x.
 *
 * Domain: all real x; 0 and 1 at ∓Infinity, subnormal results kept; NaN gives NaN. Total error at most 2 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const sigmoid: Elementwise = /*#__PURE__*/ elementwise("sigmoid", sigmoidOne, twin);
