/**
 * ψ(x) = d/dx log Γ(x). On [1, 2] (x − x₀)·P(x − 3/2) around the zero x₀, which is in two parts, with a polynomial of degree
 * 22; around it by ψ(x + 1) = ψ(x) + 1/x; from 8 on log x − 1/(2x) − A(1/x²)/x²; below 0 the reflection ψ(1 − x) − π cot πx.
 * Polynomials: Chebyshev interpolation with 60 digits, ours.
 *
 * @module
 */
import { logOne } from "../backend/typescript/math/log.js";
import { elementwise, type SpecialFunction } from "./elementwise.js";
import { cosPiOne, sinPiOne } from "./trigonometric.js";

/** ψ(3/2 + t) for |t| ≤ ½. */
function central(t: number): number {
  const w = t * t;
  const c0 = 0.9510558760318328 + t * -0.4236274212814606;
  const c2 = 0.24054248424078697 + t * -0.14840492305388092;
  const c4 = 0.09498872445289039 + t * -0.06192213327548831;
  const c6 = 0.040760833940846085 + t * -0.026975796659787055;
  const c8 = 0.017907248317313294 + t * -0.011908220105959716;
  const c10 = 0.007927021796868154 + t * -0.005279937255532708;
  const c12 = 0.003518106563802472 + t * -0.002345494739838083;
  const c14 = 0.0015633696313653504 + t * -0.0010364584817312839;
  const c16 = 0.0006909255761282986 + t * -0.00048595039220036254;
  const c18 = 0.00032395945401345196 + t * -0.00014480643368061614;
  const c20 = 9.653646261410062e-5 + t * -0.0001782188548855923;
  const c22 = 0.00011881232908510335;
  return (
    (t + 0.038367855031637754 - 9.549995429965697e-17) *
    (c0 +
      w *
        (c2 +
          w *
            (c4 +
              w * (c6 + w * (c8 + w * (c10 + w * (c12 + w * (c14 + w * (c16 + w * (c18 + w * (c20 + w * c22)))))))))))
  );
}

/** For x ≥ 8. */
function asymptotic(x: number): number {
  const r = 1 / x;
  const z = r * r;
  return (
    logOne(x) -
    (0.5 * r +
      z *
        (0.08333333333333333 +
          z *
            (-0.008333333333331664 +
              z *
                (0.003968253965999701 +
                  z *
                    (-0.004166665501516725 +
                      z *
                        (0.007575459920369176 +
                          z * (-0.02105106090804774 + z * (0.08002337465397756 + z * -0.299425370626735))))))))
  );
}

export function digammaOne(x: number): number {
  if (x >= 8) return asymptotic(x);
  if (x >= 1) {
    let sum = 0;
    while (x >= 2) {
      x -= 1;
      sum += 1 / x;
    }
    return central(x - 1.5) + sum;
  }
  if (x > 0) return central(x - 0.5) - 1 / x;
  if (x === 0) return -1 / x;
  if (!(x > -Infinity) || Math.floor(x) === x) return NaN;
  return digammaOne(1 - x) - (3.141592653589793 * cosPiOne(x)) / sinPiOne(x);
}

/**
 * ψ(x) = d/dx log Γ(x), the digamma function.
 *
 * Domain: all real x but the poles; −Infinity at 0, +Infinity at −0, NaN at the negative integers; NaN gives NaN. For x > 0
 * relative error at most 2e-15, but 1e-15 absolute next to the zero at 1.4616; for x < 0 1e-14 of the larger part of the
 * reflection.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see NIST Digital Library of Mathematical Functions, 5.5 and 5.11
 * @function
 * @example
 * digamma(1); // → -0.577215664902
 * digamma([0.5, 100]); // → [-1.963510026021, 4.600161852738]
 */
export const digamma: SpecialFunction = /*#__PURE__*/ elementwise(digammaOne);
