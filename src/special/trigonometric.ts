/**
 * sin and cos of r + low for |r| ≤ π/4 (a little more does no harm) and |low| ≤ ulp(r): polynomials of degree 13 and 14 by
 * Chebyshev interpolation with 60 digits, ours. Error at most 0.8 ulp.
 *
 * @module
 */
import { productError } from "../linalg/doubleDouble.js";

export function sinNear(r: number, low: number): number {
  const z = r * r;
  const tail =
    0.0083333333333307 +
    z *
      (-0.00019841269836387345 + z * (2.755731591191116e-6 + z * (-2.5051092507061385e-8 + z * 1.59153232122714e-10)));
  return r + (r * z * (-0.16666666666666666 + z * tail) + low * (1 - 0.5 * z));
}

export function cosNear(r: number, low: number): number {
  const z = r * r;
  const tail =
    0.041666666666666664 +
    z *
      (-0.0013888888888887241 +
        z *
          (2.4801587298533456e-5 +
            z * (-2.755731715246704e-7 + z * (2.087612165887116e-9 + z * -1.1380876948169717e-11))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * z * tail - r * low));
}

/** sin πx to relative accuracy, as the reflection formulas need it. */
export function sinPiOne(x: number): number {
  const whole = Math.floor(x + 0.5);
  const rest = x - whole;
  const sign = whole % 2 === 0 ? 1 : -1;
  const a = Math.abs(rest);
  return a <= 0.25 ? sign * sinNearPi(rest) : rest < 0 ? -sign * cosNearPi(0.5 - a) : sign * cosNearPi(0.5 - a);
}

/** cos πx to relative accuracy. */
export function cosPiOne(x: number): number {
  const whole = Math.floor(x + 0.5);
  const a = Math.abs(x - whole);
  const sign = whole % 2 === 0 ? 1 : -1;
  return a <= 0.25 ? sign * cosNearPi(a) : sign * sinNearPi(0.5 - a);
}

function sinNearPi(a: number): number {
  const r = a * 3.141592653589793;
  return sinNear(r, productError(a, 3.141592653589793, r) + a * 1.2246467991473532e-16);
}

function cosNearPi(a: number): number {
  const r = a * 3.141592653589793;
  return cosNear(r, productError(a, 3.141592653589793, r) + a * 1.2246467991473532e-16);
}
