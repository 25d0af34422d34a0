import { log1p as twin, log1pOne } from "../backend/typescript/math/log1p.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln(1 + x), accurate for small x.
 *
 * Domain: x ≥ −1; −Infinity at −1, NaN below; keeps the sign of 0; NaN gives NaN. Total error at most 1 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const log1p: Elementwise = /*#__PURE__*/ elementwise("log1p", log1pOne, twin);
