/**
 * atan(x): with c the next of 2/8, 3/8 ... 8/8, atan(c) in two parts + atan((x − c)/(1 + cx)); from 1 on π/2 less the same of
 * 1/x; a polynomial alone below 3/16. Polynomials in x²: Chebyshev interpolation with 60 digits, ours.
 *
 * @module
 */
import { elementwise, type SpecialFunction } from "./elementwise.js";

/** atan(k/8), high and low part, k = 2..8. */
const ARCS: readonly number[] = [
  0.24497866312686414, 1.0698755618734451e-17, 0.35877067027057225, -2.4623815582638635e-17, 0.4636476090008061,
  2.2698777452961687e-17, 0.5585993153435624, -5.4556305485916264e-18, 0.6435011087932844, 1.5834785051444286e-17,
  0.7188299996216245, -2.1478388444456983e-17, 0.7853981633974483, 3.061616997868383e-17,
];

/** (atan(t) − t)/t for |t| ≤ 0.1876. */
function wide(t: number): number {
  const z = t * t;
  const w = z * z;
  const c0 = -0.3333333333333333 + z * 0.2;
  const c2 = -0.14285714285714177 + z * 0.11111111111071081;
  const c4 = -0.09090909083497774 + z * 0.07692306903210601;
  const c6 = -0.06666615423313423 + z * 0.05880286778595448;
  const c8 = -0.05212494271212933 + z * 0.04063284129119031;
  return z * (c0 + w * (c2 + w * (c4 + w * (c6 + w * c8))));
}

/** (atan(t) − t)/t for |t| ≤ 0.07. */
function narrow(t: number): number {
  const z = t * t;
  return (
    z *
    (-0.3333333333333333 +
      z *
        (0.19999999999999346 +
          z *
            (-0.14285714284157675 + z * (0.11111109754823895 + z * (-0.09090374619204483 + z * 0.07595096908593384)))))
  );
}

function positive(a: number): number {
  if (a <= 1) {
    const k = Math.floor(8 * a + 0.5);
    const c = 0.125 * k;
    const t = (a - c) / (1 + a * c);
    return ARCS[2 * k - 4] + (t + (t * narrow(t) + ARCS[2 * k - 3]));
  }
  if (a > 5.33) {
    const t = 1 / a;
    return 1.5707963267948966 - (t + (t * wide(t) - 6.123233995736766e-17));
  }
  const k = Math.floor(8 / a + 0.5);
  const c = 0.125 * k;
  const t = (1 - a * c) / (a + c);
  return 1.5707963267948966 - (ARCS[2 * k - 4] + (t + (t * narrow(t) + (ARCS[2 * k - 3] - 6.123233995736766e-17))));
}

export function atanOne(x: number): number {
  const a = Math.abs(x);
  if (a < 0.1875) return x === 0 ? x : x + x * wide(x);
  if (x !== x) return NaN;
  return x < 0 ? -positive(a) : positive(a);
}

/**
 * The arc tangent, in radians, between −π/2 and π/2.
 *
 * Domain: all real x; odd, ±0 keep their sign; NaN gives NaN. Error at most 1.5 ulp.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see NIST Digital Library of Mathematical Functions, 4.24
 * @function
 * @example
 * atan(1); // → 0.785398163397
 * atan([-0.5, Infinity]); // → [-0.463647609001, 1.570796326795]
 */
export const atan: SpecialFunction = /*#__PURE__*/ elementwise(atanOne);
