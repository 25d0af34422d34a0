import { sigmoid as twin, sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * The logistic function σ(x) = 1/(1 + e^−x): the mean of a Bernoulli distribution whose logit is x.
 *
 * Domain: all real x; 0 and 1 at ∓Infinity, subnormal results kept; NaN gives NaN. Total error at most 2 ulp over the
 * whole range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @function
 * @example
 * sigmoid(0); // → 0.5
 * sigmoid([-1, 1]); // → [0.268941421370, 0.731058578630]
 */
export const sigmoid: Elementwise = /*#__PURE__*/ elementwise("sigmoid", sigmoidOne, twin);
