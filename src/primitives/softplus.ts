import { softplus as twin, softplusOne } from "../backend/typescript/math/softplus.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln(1 + e^x) = −ln(1 − σ(x)): the surprisal of a failure when the logit of a success is x, in nats.
 *
 * Domain: all real x; +Infinity at +Infinity, 0 at −Infinity; NaN gives NaN. Total error at most 2 ulp over the whole
 * range.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @function
 * @example
 * softplus(0); // → 0.69314718056
 * softplus(-40); // → 4.248354255292e-18
 */
export const softplus: Elementwise = /*#__PURE__*/ elementwise("softplus", softplusOne, twin);
