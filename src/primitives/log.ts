import { log as twin, logOne } from "../backend/typescript/math/log.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln x.
 *
 * Domain: x ≥ 0; −Infinity at 0, NaN below; NaN gives NaN. Total error at most 1 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const log: Elementwise = /*#__PURE__*/ elementwise("log", logOne, twin);
