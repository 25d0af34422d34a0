import { elementwise, type SpecialFunction } from "./elementwise.js";
import { quarterTurns, rest } from "./quarterTurns.js";
import { cosNear, sinNear } from "./trigonometric.js";

export function cosOne(x: number): number {
  const a = Math.abs(x);
  if (a <= 0.785) return cosNear(a, 0);
  if (!(a < Infinity)) return NaN;
  const n = quarterTurns(a);
  const y = (n & 1) === 0 ? cosNear(rest[0], rest[1]) : sinNear(rest[0], rest[1]);
  return n === 0 || n === 3 ? y : -y;
}

/**
 * cos x, x in radians.
 *
 * Domain: all real x, however large; even; NaN at ±Infinity and NaN. Error at most 1 ulp.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see Payne and Hanek, "Radian reduction for trigonometric functions", ACM SIGNUM Newsletter 18 (1983)
 * @function
 * @example
 * cos(1); // → 0.540302305868
 * cos([1e22, 0]); // → [0.523214785395, 1]
 */
export const cos: SpecialFunction = /*#__PURE__*/ elementwise(cosOne);
