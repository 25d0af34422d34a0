import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { elementwise, type SpecialFunction } from "./elementwise.js";
import { erfcxPositive } from "./erfcx.js";
import { normalCdfOne, normalTail } from "./normalCdf.js";

/** log Φ(x): from −0.7 down −x²/2 + log(erfcx(−x/√2)/2), from 0.7 up log1p(−Φ(−x)). */
export function normalLogCdfOne(x: number): number {
  if (x <= -0.7) return logOne(0.5 * erfcxPositive(x * -0.7071067811865476)) - 0.5 * x * x;
  return x >= 0.7 ? log1pOne(-normalTail(x)) : logOne(normalCdfOne(x));
}

/**
 * log Φ(x), the logarithm of the standard normal distribution function, in nats.
 *
 * Domain: all real x; −Infinity where −x²/2 overflows; NaN gives NaN. Relative error at most 1e-14 on both sides, where
 * Φ(x) is 1 to all digits (log Φ(x) is about −Φ(−x)) and where it underflows.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see NIST Digital Library of Mathematical Functions, 7.17
 * @function
 * @example
 * normalLogCdf(-40); // → -804.608442013754
 * normalLogCdf([10, 0]); // → [-7.619853024161e-24, -0.693147180560]
 */
export const normalLogCdf: SpecialFunction = /*#__PURE__*/ elementwise(normalLogCdfOne);
