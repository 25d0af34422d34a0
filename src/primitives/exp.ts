import { exp as twin, expOne } from "../backend/typescript/math/exp.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * The exponential function e^x.
 *
 * Domain: all real x; +Infinity above 709.78, subnormal results kept, 0 below −745.13; NaN gives NaN. Total error at
 * most 1 ulp over the whole range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see Tang, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic", ACM TOMS 15
 *   (1989)
 * @function
 * @example
 * exp(1); // → 2.718281828459
 * exp([-1, 0]); // → [0.367879441171, 1]
 */
export const exp: Elementwise = /*#__PURE__*/ elementwise("exp", expOne, twin);
