import { log1p as twin, log1pOne } from "../backend/typescript/math/log1p.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln(1 + x), accurate for small x, where 1 + x rounds.
 *
 * Domain: x ≥ −1; −Infinity at −1, NaN below; keeps the sign of 0; NaN gives NaN. Total error at most 1 ulp over the
 * whole range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @function
 * @example
 * log1p(1e-10); // → 9.9999999995e-11
 * log(1 + 1e-10); // → 1.00000008269e-10
 */
export const log1p: Elementwise = /*#__PURE__*/ elementwise("log1p", log1pOne, twin);
