import { expm1 as twin, expm1One } from "../backend/typescript/math/expm1.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * e^x − 1, accurate for small x.
 *
 * Domain: all real x; −1 at −Infinity; keeps the sign of 0; NaN gives NaN. Total error at most 1 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const expm1: Elementwise = /*#__PURE__*/ elementwise("expm1", expm1One, twin);
