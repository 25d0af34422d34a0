import { expm1 as twin, expm1One } from "../backend/typescript/math/expm1.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * e^x − 1, accurate for small x, where e^x rounds to 1.
 *
 * Domain: all real x; −1 at −Infinity; keeps the sign of 0; NaN gives NaN. Total error at most 1 ulp over the whole
 * range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @function
 * @example
 * expm1(1e-10); // → 1.00000000005e-10
 * exp(1e-10) - 1; // → 1.00000008274e-10
 */
export const expm1: Elementwise = /*#__PURE__*/ elementwise("expm1", expm1One, twin);
