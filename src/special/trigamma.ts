/**
 * ψ′(x) = d²/dx² log Γ(x): up to 8 by ψ′(x) = ψ′(x + 1) + 1/x², from there 1/x + 1/(2x²) + T(1/x²)/x³ with a polynomial of
 * degree 8, our own Chebyshev interpolation with 60 digits; below 0 the reflection π²/sin² πx − ψ′(1 − x).
 *
 * @module
 */
import { elementwise, type SpecialFunction } from "./elementwise.js";
import { sinPiOne } from "./trigonometric.js";

export function trigammaOne(x: number): number {
  if (x <= 0) {
    if (Math.floor(x) === x) return x === -Infinity ? NaN : Infinity;
    const s = 3.141592653589793 / sinPiOne(x);
    return s * s - trigammaOne(1 - x);
  }
  let sum = 0;
  while (x < 8) {
    const r = 1 / x;
    sum += r * r;
    x += 1;
  }
  const r = 1 / x;
  const z = r * r;
  return (
    sum +
    (r +
      z *
        (0.5 +
          r *
            (0.16666666666666666 +
              z *
                (-0.0333333333333322 +
                  z *
                    (0.023809523807580096 +
                      z *
                        (-0.03333333204380414 +
                          z *
                            (0.07575714459070881 +
                              z *
                                (-0.25303182992145234 +
                                  z * (1.1574253415441726 + z * (-6.4640994255594775 + z * 30.16232499270368))))))))))
  );
}

/**
 * ψ′(x) = d²/dx² log Γ(x), the trigamma function.
 *
 * Domain: all real x; +Infinity at 0 and the negative integers, NaN at −Infinity; NaN gives NaN. Relative error at most
 * 2e-15 for x > 0 and 1e-14 for x < 0.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see NIST Digital Library of Mathematical Functions, 5.15
 * @function
 * @example
 * trigamma(1); // → 1.644934066848
 * trigamma([0.5, 100]); // → [4.934802200545, 0.010050166663]
 */
export const trigamma: SpecialFunction = /*#__PURE__*/ elementwise(trigammaOne);
