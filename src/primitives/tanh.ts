import { tanh as twin, tanhOne } from "../backend/typescript/math/tanh.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * The hyperbolic tangent (e^x − e^−x)/(e^x + e^−x) = 2σ(2x) − 1.
 *
 * Domain: all real x; ±1 at ±Infinity; keeps the sign of 0; NaN gives NaN. Total error at most 2 ulp over the whole
 * range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @function
 * @example
 * tanh(0.5); // → 0.46211715726
 * 2 * sigmoid(1) - 1; // → 0.46211715726
 */
export const tanh: Elementwise = /*#__PURE__*/ elementwise("tanh", tanhOne, twin);
