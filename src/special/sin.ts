import { elementwise, type SpecialFunction } from "./elementwise.js";
import { quarterTurns, rest } from "./quarterTurns.js";
import { cosNear, sinNear } from "./trigonometric.js";

export function sinOne(x: number): number {
  const a = Math.abs(x);
  if (a <= 0.785) return x === 0 ? x : sinNear(x, 0);
  if (!(a < Infinity)) return NaN;
  const n = quarterTurns(a);
  const y = (n & 1) === 0 ? sinNear(rest[0], rest[1]) : cosNear(rest[0], rest[1]);
  return ((n & 2) === 0) === x > 0 ? y : -y;
}

/**
 * sin x, x in radians.
 *
 * Domain: all real x, however large; odd, ±0 keep their sign; NaN at ±Infinity and NaN. Error at most 1 ulp.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see Payne and Hanek, "Radian reduction for trigonometric functions", ACM SIGNUM Newsletter 18 (1983)
 * @function
 * @example
 * sin(1); // → 0.841470984808
 * sin([-1e22, 0]); // → [0.852200849767, 0]
 */
export const sin: SpecialFunction = /*#__PURE__*/ elementwise(sinOne);
