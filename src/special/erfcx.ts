/**
 * erfcx(x) = exp(x²)·erfc(x): for x ≥ 0 (1 + 2x)·erfcx(x) is a polynomial of degree 26 in t = (x − 2.5)/(x + 2.5), one
 * for all x; our own Chebyshev interpolation with 60 digits. For x < 0 it is 2·exp(x²) − erfcx(−x), x² in double-double.
 * Method: J. L. Schonfelder, Mathematics of Computation 32 (1978) 1232-1240.
 *
 * @module
 */
import { expOne } from "../backend/typescript/math/exp.js";
import { productError } from "../linalg/doubleDouble.js";
import { elementwise, type SpecialFunction } from "./elementwise.js";
import { expProduct } from "./expProduct.js";

/** erfcx(x) for x ≥ 0. */
export function erfcxPositive(x: number): number {
  if (x > 1e8) return 0.5641895835477563 / x;
  const t = (x - 2.5) / (x + 2.5);
  const w = t * t;
  const c0 = 1.2648381843668615 + t * -0.12235676308240419;
  const c2 = -0.09902453957360216 + t * 0.15762991902320458;
  const c4 = -0.1029670560385432 + t * 0.032760893269135345;
  const c6 = 0.0009318928164427126 + t * -0.004382078347621523;
  const c8 = 0.0004918658268269714 + t * 0.0006321244006225361;
  const c10 = -8.847936112179403e-5 + t * -0.0001135226367074738;
  const c12 = 6.266682759919725e-6 + t * 2.2700332991628405e-5;
  const c14 = 2.606709964161528e-6 + t * -4.2187390050659465e-6;
  const c16 = -1.5805245884810942e-6 + t * 5.270409559594571e-7;
  const c18 = 5.270148327423134e-7 + t * 3.478511515136028e-8;
  const c20 = -1.200914724882597e-7 + t * -4.3026097246583856e-8;
  const c22 = 1.632305577726144e-8 + t * 1.189460341903311e-8;
  const c24 = -4.4520802068819967e-10 + t * -1.367036855443056e-9;
  const c26 = -1.5845133139202165e-10;
  return (
    (c0 +
      w *
        (c2 +
          w *
            (c4 +
              w *
                (c6 +
                  w *
                    (c8 +
                      w *
                        (c10 +
                          w *
                            (c12 +
                              w * (c14 + w * (c16 + w * (c18 + w * (c20 + w * (c22 + w * (c24 + w * c26))))))))))))) /
    (1 + (x + x))
  );
}

/** erfc(x) for x ≥ ½, subnormal results included. */
export function erfcTail(x: number): number {
  if (x > 28) return 0;
  const square = x * x;
  return expProduct(-square, -productError(x, x, square), erfcxPositive(x));
}

export function erfcxOne(x: number): number {
  if (x >= 0) return erfcxPositive(x);
  if (x < -26.64) return Infinity;
  const square = x * x;
  const half = expOne(square);
  return (half + half * productError(x, x, square)) * 2 - erfcxPositive(-x);
}

/**
 * The scaled complementary error function exp(x²)·erfc(x), about 1/(x·√π) for large x.
 *
 * Domain: all real x; +Infinity below −26.63, subnormal results kept; NaN gives NaN. Relative error at most 1e-14 (4e-16
 * for x ≥ 0).
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see Schonfelder, "Chebyshev expansions for the error and related functions", Mathematics of Computation 32 (1978)
 * @function
 * @example
 * erfcx(10); // → 0.056140992744
 * erfcx([0, 1e300]); // → [1, 5.641895835478e-301]
 */
export const erfcx: SpecialFunction = /*#__PURE__*/ elementwise(erfcxOne);
