import { softplus as twin, softplusOne } from "../backend/typescript/math/softplus.js";
import { type Elementwise, elementwise } from "./elementwise.js";

/**
 * ln(1 + e^x): the surprisal of a failure with logit x, in nats.
 *
 * Domain: all real x; +Infinity at +Infinity, 0 at −Infinity; NaN gives NaN. Total error at most 2 ulp, over the whole range.
 * A number gives a number; an array gives a Float64Array of the same length, or fills `out`, which may be the input.
 * Throws a TypeError for what is no array of numbers, a RangeError for an `out` of another length.
 */
export const softplus: Elementwise = /*#__PURE__*/ elementwise("softplus", softplusOne, twin);
