/**
 * log(x): x = 2^k·(1 + f) with 1 + f in [√½, √2), then with s = f/(2 + f)
 * log(1 + f) = f − (f²/2 − s·(f²/2 + R(s²))), R a minimax polynomial of 7 terms, and k·log 2 in two parts.
 * Method: the one of fdlibm (K. C. Ng, 1993); coefficients our own.
 * Range: all; log(0) = −∞, negative gives NaN. 0.82 ulp measured, 1 guaranteed.
 *
 * @module
 */
import { powersOfTwo } from "./tables.js";

const double = /*#__PURE__*/ new Float64Array(1);
const words = /*#__PURE__*/ wordsOf(double);
/** Where the exponent of `double` stands in `words`. */
const top = /*#__PURE__*/ topWord();

function wordsOf(numbers: Float64Array): Int32Array {
  return new Int32Array(numbers.buffer);
}

function topWord(): number {
  return wordsOf(new Float64Array([1]))[1] === 0 ? 0 : 1;
}

/** k for a positive normal x. */
export function logExponent(x: number): number {
  double[0] = x;
  return ((words[top] + 0x00095f62) >> 20) - 1023;
}

/** k·log 2 + log(1 + f), where `low` goes with the small terms. */
export function logSeries(k: number, f: number, low: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.39999999999414326 + w * (0.22222198563553847 + w * 0.15314035913113286));
  const odd = z * (0.6666666666666734 + w * (0.2857142874247406 + w * (0.18183564863475332 + w * 0.14796104681466576)));
  const half = 0.5 * f * f;
  const rest = s * (half + (even + odd)) + low;
  return k * 0.6931471805598903 - (half - rest - f);
}

/** The part of k·log 2 that goes with the small terms. */
export function logLow(k: number): number {
  return k * 5.497923018708371e-14;
}

function logWideOne(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity) return x;
  const normal = x * 18014398509481984;
  const shift = logExponent(normal);
  const k = shift - 54;
  return logSeries(k, normal * powersOfTwo[1074 - shift] - 1, logLow(k));
}

export function logOne(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Infinity)) return logWideOne(x);
  const k = logExponent(x);
  return logSeries(k, x * powersOfTwo[1074 - k] - 1, logLow(k));
}

/** out[i] = log(x[i]). */
export function log(n: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = logOne(x[i]);
}
