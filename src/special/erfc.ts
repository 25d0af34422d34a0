import { elementwise, type SpecialFunction } from "./elementwise.js";
import { erfOne } from "./erf.js";
import { erfcTail } from "./erfcx.js";

/** 1 − erf(x) for x < ½; above, exp(−x²)·erfcx(x) with x² in double-double. */
export function erfcOne(x: number): number {
  return x < 0.5 ? 1 - erfOne(x) : erfcTail(x);
}

/**
 * The complementary error function erfc x = 1 − erf x, to full relative accuracy far into the tail.
 *
 * Domain: all real x; subnormal results kept, 0 above 27.23; NaN gives NaN. Relative error at most 1e-14 (1e-15 where the
 * result is normal).
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see Schonfelder, "Chebyshev expansions for the error and related functions", Mathematics of Computation 32 (1978)
 * @function
 * @example
 * erfc(10); // → 2.088487583763e-45
 * erfc([0, -Infinity]); // → [1, 2]
 */
export const erfc: SpecialFunction = /*#__PURE__*/ elementwise(erfcOne);
