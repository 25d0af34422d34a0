import { exp as twin, expOne } from "../backend/typescript/math/exp.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * e^x.
 *
 * Domain: all real x; +Infinity above 709.78, subnormal results kept, 0 below −745.13; NaN gives NaN. Total error at most 1 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const exp: Elementwise = /*#__PURE__*/ elementwise("exp", expOne, twin);
