/**
 * log |Γ(x)|. On [3/2, 5/2) t·P(t) with t = x − 2 and a polynomial of degree 19; around and below it by Γ(x + 1) = x·Γ(x),
 * for x < 0 with the product of the factors in double-double, so that zeros between the poles keep their absolute error;
 * from 8 on Stirling's series; below −18 the reflection Γ(x)·Γ(−x)·x·sin πx = −π.
 *
 * @module
 */
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { productError } from "../linalg/doubleDouble.js";
import { elementwise, type SpecialFunction } from "./elementwise.js";
import { stirlingRest } from "./stirling.js";
import { sinPiOne } from "./trigonometric.js";

/** log Γ(2 + t) for |t| ≤ ½. */
export function lgammaAroundTwo(t: number): number {
  const w = t * t;
  const c0 = 0.42278433509846713 + t * 0.3224670334241132;
  const c2 = -0.06735230105319814 + t * 0.02058080842778457;
  const c4 = -0.0073855510286681535 + t * 0.002890510330738737;
  const c6 = -0.0011927539120010226 + t * 0.0005096695248853096;
  const c8 = -0.00022315475074520367 + t * 9.945750909889392e-5;
  const c10 = -4.4926351103833334e-5 + t * 2.050726741605779e-5;
  const c12 = -9.438458716242811e-6 + t * 4.374374916915131e-6;
  const c14 = -2.0449201467015115e-6 + t * 9.578663334114758e-7;
  const c16 = -4.303558760359961e-7 + t * 2.0304806751615227e-7;
  const c18 = -1.3412819758517287e-7 + t * 6.379047507619774e-8;
  return t * (c0 + w * (c2 + w * (c4 + w * (c6 + w * (c8 + w * (c10 + w * (c12 + w * (c14 + w * (c16 + w * c18)))))))));
}

/** For 5/2 ≤ x < 8. */
function byProduct(x: number): number {
  let product = x - 1;
  let t = x - 3;
  while (t >= 0.5) {
    product *= 1 + t;
    t -= 1;
  }
  return logOne(product) + lgammaAroundTwo(t);
}

/** For −18 < x < 0, no integer: log |Γ(x + n)| − log |x·(x + 1)···(x + n − 1)| with x + n next to 2. */
function belowZero(x: number): number {
  const n = 2 - Math.floor(x + 0.5);
  let high = x;
  let low = 0;
  for (let k = 1; k < n; k++) {
    const factor = x + k;
    const product = high * factor;
    low = low * factor + productError(high, factor, product);
    high = product;
  }
  return lgammaAroundTwo(x + (n - 2)) - (logOne(Math.abs(high)) + low / high);
}

/** For x ≥ 8. */
function stirling(x: number): number {
  const l = logOne(x) - 1;
  if (x > 1e17) return x * l;
  return (x - 0.5) * l + (0.4189385332046727 + stirlingRest(x));
}

/** log Γ(1 + t) for −½ ≤ t ≤ ½, to relative accuracy where t is small. */
export function lgamma1pSmall(t: number): number {
  return lgammaAroundTwo(t) - log1pOne(t);
}

export function lgammaOne(x: number): number {
  if (x >= 8) return stirling(x);
  if (x >= 2.5) return byProduct(x);
  if (x >= 1.5) return lgammaAroundTwo(x - 2);
  if (x >= 0.5) return lgamma1pSmall(x - 1);
  if (x > 0) return lgamma1pSmall(x) - logOne(x);
  if (x !== x) return NaN;
  if (Math.floor(x) === x) return Infinity;
  if (x > -18) return belowZero(x);
  return logOne(3.141592653589793 / (-x * Math.abs(sinPiOne(x)))) - stirling(-x);
}

/**
 * log |Γ(x)|, the logarithm of the gamma function.
 *
 * Domain: all real x; +Infinity at 0, the negative integers and ±Infinity, as in C; NaN gives NaN. Error at most 4 ulp of
 * max(1, |log |Γ(x)||), and relative next to the zeros at 1 and 2.
 *
 * @param x - A number, or any array of numbers, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see NIST Digital Library of Mathematical Functions, 5.5 and 5.11
 * @function
 * @example
 * lgamma(0.5); // → 0.572364942925
 * lgamma([4, 1, -0.5]); // → [1.791759469228, 0, 1.265512123485]
 */
export const lgamma: SpecialFunction = /*#__PURE__*/ elementwise(lgammaOne);
