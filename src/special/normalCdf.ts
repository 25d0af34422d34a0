import { productError } from "../linalg/doubleDouble.js";
import { elementwise, type SpecialFunction } from "./elementwise.js";
import { erfOne } from "./erf.js";
import { erfcxPositive } from "./erfcx.js";
import { expProduct } from "./expProduct.js";

/** Φ(−x) for x ≥ 0.7: exp(−x²/2)·erfcx(x/√2)/2 with x² in double-double, where rounding x/√2 costs nothing. */
export function normalTail(x: number): number {
  if (x > 39) return 0;
  const square = x * x;
  const low = productError(x, x, square);
  return expProduct(-0.5 * square, -0.5 * low, 0.5 * erfcxPositive(x * 0.7071067811865476));
}

export function normalCdfOne(x: number): number {
  if (x <= -0.7) return normalTail(-x);
  return x >= 0.7 ? 1 - normalTail(x) : 0.5 + 0.5 * erfOne(x * 0.7071067811865476);
}

/**
 * Φ(x), the probability that a standard normal number is at most x.
 *
 * Domain: all real x; subnormal results kept, 0 below −38.5; NaN gives NaN. Relative error at most 1e-14 (1e-15 where the
 * result is normal); Φ(−x) is the upper tail, as accurate.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see NIST Digital Library of Mathematical Functions, 7.17
 * @function
 * @example
 * normalCdf(1.96); // → 0.975002104852
 * normalCdf([-10, 0]); // → [7.619853024161e-24, 0.5]
 */
export const normalCdf: SpecialFunction = /*#__PURE__*/ elementwise(normalCdfOne);
