/**
 * x^y = exp(y·log x) with log x in double-double: the table of the library's log, the quotient of its argument and r²/2 in
 * two parts, a polynomial of degree 7 for the rest; y·log x in two parts, the lower one added to the tail of exp.
 * Method: P. T. P. Tang, ACM TOMS 16 (1990) 378-400, carried to 2^-66. Polynomial: Chebyshev interpolation with 60 digits.
 *
 * @module
 */
import { expSteps, expTail } from "../backend/typescript/math/exp.js";
import { highWord } from "../backend/typescript/math/log.js";
import { expTable, log1pTable, powersOfTwo } from "../backend/tables.js";
import { productError } from "../linalg/doubleDouble.js";
import { checkReal } from "./real.js";

/** exp(e + low), |low| ≤ 1e-12, the exponent applied in two halves. */
function expOfSum(e: number, low: number): number {
  const k = expSteps(e);
  const j = (k & 127) << 1;
  const tail = expTail(e, k, expTable[j]);
  const base = expTable[j + 1];
  const first = k >> 8;
  const second = (k >> 7) - first;
  return (base + base * (tail + (low + low * tail))) * powersOfTwo[first + 1074] * powersOfTwo[second + 1074];
}

/** (x·2^−shift)^y for a positive normal x and finite y. */
function powNormal(x: number, shift: number, y: number): number {
  const split = highWord(x) + 0x00095030;
  const e = (split >> 20) - 1023;
  const k = e - shift;
  const j = ((split >> 11) & 0x1fc) + 516;
  const c = log1pTable[j];
  const distance = x * powersOfTwo[1074 - e] - c;
  const r = distance * log1pTable[j + 1];
  const product = r * c;
  const rLow = (distance - product - productError(r, c, product)) * log1pTable[j + 1];
  const square = r * r;
  const head = k * 0.6931471805598903 + log1pTable[j + 2];
  const sum = head + r;
  const back = sum - head;
  const lost = head - (sum - back) + (r - back);
  const half = 0.5 * square;
  const top = sum - half;
  const rounded = sum - top - half;
  const series =
    0.3333333333333333 +
    r *
      (-0.25 +
        r *
          (0.20000000000007873 +
            r *
              (-0.16666666666673882 +
                r *
                  (0.14285714025555887 +
                    r * (-0.12499999761520754 + r * (0.11113862322642157 + r * -0.10002521949669108))))));
  const tail = k * 5.497923018708371e-14 + log1pTable[j + 3];
  const low = lost + rounded + (tail + (rLow - rLow * r) + (r * square * series - 0.5 * productError(r, r, square)));
  const high = top + low;
  const exponent = y * high;
  if (exponent > 720) return Infinity;
  if (exponent < -760) return 0;
  return expOfSum(exponent, productError(y, high, exponent) + y * (low - (high - top)));
}

/** a^y for a > 0 and finite y. */
function positive(a: number, y: number): number {
  if (a === 1) return 1; // y·0 in parts would overflow for large y
  return a < 2.2250738585072014e-308 ? powNormal(a * 18014398509481984, 54, y) : powNormal(a, 0, y);
}

/** a = |x| is 0 or Infinity, or y infinite. */
function extreme(a: number, y: number, negative: boolean): number {
  if (Math.abs(y) === Infinity) return a === 1 ? NaN : a > 1 === y > 0 ? Infinity : 0;
  const size = (a === 0) === y > 0 ? 0 : Infinity;
  return negative ? -size : size;
}

export function powOne(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const a = Math.abs(x);
  const below = x < 0 || (x === 0 && 1 / x < 0);
  const negative = below && y % 2 !== 0 && Math.floor(y) === y;
  if (a === 0 || a === Infinity || Math.abs(y) === Infinity) return extreme(a, y, negative);
  if (!below) return positive(a, y);
  if (Math.floor(y) !== y) return NaN;
  return negative ? -positive(a, y) : positive(a, y);
}

/**
 * x^y.
 *
 * Domain: x > 0 and any y, x < 0 and integers y, else NaN; special values as in ECMAScript: x^0 = 1 even for NaN, 1^NaN and
 * (±1)^±Infinity are NaN (where IEEE 754 has 1). Error at most 1 ulp, also of subnormal results; whole results below 2^53 are
 * exact.
 *
 * @param x - The base.
 * @param y - The exponent.
 * @returns x^y.
 * @throws TypeError for what is no number.
 * @see Tang, "Table-driven implementation of the logarithm function in IEEE floating-point arithmetic", ACM TOMS 16 (1990)
 * @example
 * pow(2, 0.5); // → 1.414213562373
 * pow(-10, 3); // → -1000
 */
export function pow(x: number, y: number): number {
  checkReal("x", x);
  checkReal("y", y);
  return powOne(x, y);
}
