import { tanh as twin, tanhOne } from "../backend/typescript/math/tanh.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * the hyperbolic tangent (e^x − e^−x)/(e^x + e^−x).
 *
 * Domain: all real x; ±1 at ±Infinity; keeps the sign of 0; NaN gives NaN. Total error at most 2 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const tanh: Elementwise = /*#__PURE__*/ elementwise("tanh", tanhOne, twin);
