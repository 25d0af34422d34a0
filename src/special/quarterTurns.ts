/**
 * x = n·π/2 + high + low with |high| ≤ π/4, to 100 bits beyond the point and more. Up to 1.6e6 by parts of π/2 whose
 * products with n are exact (W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980), beyond by the digits of
 * 2/π that matter for x (M. H. Payne, R. N. Hanek, ACM SIGNUM Newsletter 18, 1983): products of 24 digits with each half
 * of x are exact, and so is what they leave modulo 4.
 *
 * @module
 */
import { highWord } from "../backend/typescript/math/log.js";
import { powersOfTwo } from "../backend/tables.js";
import { productError } from "../linalg/doubleDouble.js";

/** high and low of the last call. */
export const rest: Float64Array = /*#__PURE__*/ new Float64Array(2);

/** 2/π after the point, 24 bits each. */
const TWO_OVER_PI: readonly number[] = [
  10680707, 7228996, 1387004, 2578385, 16069853, 12639074, 9804092, 4427841, 16666979, 11263675, 12935607, 2387514,
  4345298, 14681673, 3074569, 13734428, 16653803, 1880361, 10960616, 8533493, 3062596, 8710556, 7349940, 6258241,
  3772886, 3769171, 3798172, 8675211, 12450088, 3874808, 9961438, 366607, 15675153, 9132554, 7151469, 3571407, 2607881,
  12013382, 4155038, 6285869, 7677882, 13102053, 15825725, 473591, 9065106, 15363067, 6271263, 9264392, 5636912,
  4652155,
];

/** n modulo 4 for x > 0, finite; `rest` holds high and low. */
export function quarterTurns(x: number): number {
  return x < 1.6e6 ? byParts(x) : byDigits(x);
}

function byParts(x: number): number {
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  const first = x - n * 1.5707963267341256;
  const second = n * 6.077100506303966e-11;
  const a = first - second;
  const aBack = a - first;
  const aError = first - (a - aBack) - (second + aBack);
  const third = n * 2.0222662487111665e-21;
  const b = a - third;
  const bBack = b - a;
  const bError = a - (b - bBack) - (third + bBack);
  const low = aError + bError - n * 8.4784276603689e-32;
  rest[0] = b + low;
  rest[1] = low - (rest[0] - b);
  return n & 3;
}

function byDigits(x: number): number {
  const e = (highWord(x) >> 20) - 1023;
  const m = x * powersOfTwo[1074 - e];
  const top = Math.floor(m * 67108864) / 67108864;
  const bottom = m - top;
  const first = Math.max(0, Math.floor((e - 54) / 24));
  let high = 0;
  let middle = 0;
  let low = 0;
  for (let i = first; i < first + 9; i++) {
    const digits = TWO_OVER_PI[i] * powersOfTwo[1050 + e - 24 * i];
    for (let half = 0; half < 2; half++) {
      const product = digits * (half === 0 ? top : bottom);
      const term = product - 4 * Math.floor(product / 4);
      const sum = high + term;
      const back = sum - high;
      const error = high - (sum - back) + (term - back);
      high = sum;
      const next = middle + error;
      const nextBack = next - middle;
      low += middle - (next - nextBack) + (error - nextBack);
      middle = next;
    }
  }
  const n = Math.floor(high + middle + 0.5);
  const part = high - n;
  const fraction = part + middle;
  const back = fraction - part;
  const beyond = part - (fraction - back) + (middle - back) + low;
  const r = fraction * 1.5707963267948966;
  rest[0] = r;
  rest[1] =
    productError(fraction, 1.5707963267948966, r) + fraction * 6.123233995736766e-17 + beyond * 1.5707963267948966;
  return n & 3;
}
