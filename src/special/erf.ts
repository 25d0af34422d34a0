/**
 * erf(x): x + x·P(x²) for |x| < ¾, a polynomial in |x| − 9/8 up to 3/2, then 1 − erfc(|x|), all with the sign of x.
 * Polynomials: Chebyshev interpolation with 60 digits, ours.
 *
 * @module
 */
import { elementwise, type SpecialFunction } from "./elementwise.js";
import { erfcTail } from "./erfcx.js";

/** For |x| < ¾. */
function nearZero(x: number): number {
  const z = x * x;
  const w = z * z;
  const c0 = 0.1283791670955126 + z * -0.37612638903183754;
  const c2 = 0.11283791670955087 + z * -0.026866170645118446;
  const c4 = 0.005223977625222192 + z * -0.0008548327001135946;
  const c6 = 0.00012055331545294116 + z * -1.4925589383821143e-5;
  const c8 = 1.646038320985815e-6 + z * -1.63332293434337e-7;
  const c10 = 1.4413879289095029e-8 + z * -9.502840894774706e-10;
  return x + x * (c0 + w * (c2 + w * (c4 + w * (c6 + w * (c8 + w * c10)))));
}

/** erf(9/8 + t) for |t| ≤ 3/8. */
function nearOne(t: number): number {
  const w = t * t;
  const c1 = 0.3182739585007693 + t * -0.35805820331336546;
  const c3 = 0.1624523329847677 + t * 0.027973297133853745;
  const c5 = -0.061323683605668415 + t * 0.015536835449977327;
  const c7 = 0.009606894226020844 + t * -0.0060312608909698015;
  const c9 = -0.0003601919967881083 + t * 0.001153267516911745;
  const c11 = -0.0001769549441225521 + t * -0.0001415603695958054;
  const c13 = 4.9453958354391866e-5 + t * 1.0732825056698353e-5;
  const c15 = -7.718631662456375e-6 + t * -2.1780751869947492e-7;
  const c17 = 8.273614950594822e-7;
  return (
    0.8883882317017078 +
    t * (c1 + w * (c3 + w * (c5 + w * (c7 + w * (c9 + w * (c11 + w * (c13 + w * (c15 + w * c17))))))))
  );
}

function positive(a: number): number {
  if (a < 1.5) return nearOne(a - 1.125);
  return a < 6 ? 1 - erfcTail(a) : 1;
}

export function erfOne(x: number): number {
  const a = Math.abs(x);
  if (a < 0.75) return nearZero(x);
  if (x !== x) return NaN;
  return x < 0 ? -positive(a) : positive(a);
}

/**
 * The error function erf x = 2/√π ∫₀ˣ exp(−t²) dt.
 *
 * Domain: all real x; odd, ±0 keep their sign; NaN gives NaN. Error at most 2 ulp.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see NIST Digital Library of Mathematical Functions, 7.2 and 7.6
 * @function
 * @example
 * erf(0.5); // → 0.520499877813
 * erf([-Infinity, 1]); // → [-1, 0.842700792950]
 */
export const erf: SpecialFunction = /*#__PURE__*/ elementwise(erfOne);
