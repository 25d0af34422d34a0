/**
 * log(x): x = 2^k·z with z in [0.709, 1.418), then c near z from a table of 128 by the top digits of z, r = (z − c)/c,
 * log(x) = k·log 2 + log(c) + log(1 + r) with log 2 and log(c) in two parts and a minimax polynomial of degree 7. Next to
 * 1, where the table would cancel, c = 1 and r = z − 1 is exact.
 * Method: P. T. P. Tang, ACM TOMS 16 (1990) 378-400; coefficients our own.
 * Range: all; log(0) = −∞, negative gives NaN. 0.86 ulp measured, 1 guaranteed.
 *
 * @module
 */
import { log1pTable, powersOfTwo } from "../../tables.js";

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

/** The upper half of the bits of x. */
export function highWord(x: number): number {
  double[0] = x;
  return words[top];
}

/** high + low + log(1 + r). */
export function logSeries(r: number, high: number, low: number): number {
  const r2 = r * r;
  const c2 = -0.4999999999999909 + r * 0.3333333333315066;
  const c4 = -0.25000000075491696 + r * 0.20000014389247942;
  const c6 = -0.16665699419758717 + r * 0.14005973299531851;
  return high + (r + (low + r2 * (c2 + r2 * (c4 + r2 * c6))));
}

/** log(x·2^−shift) for a positive normal x. */
function logScaled(x: number, shift: number): number {
  const split = highWord(x) + 0x00095030;
  const e = (split >> 20) - 1023;
  const k = e - shift;
  const j = ((split >> 11) & 0x1fc) + 516;
  const r = (x * powersOfTwo[1074 - e] - log1pTable[j]) * log1pTable[j + 1];
  const high = k * 0.6931471805598903 + log1pTable[j + 2];
  const low = k * 5.497923018708371e-14 + log1pTable[j + 3];
  return logSeries(r, high, low);
}

export function logOne(x: number): number {
  if (x >= 2.2250738585072014e-308 && x < Infinity) return logScaled(x, 0);
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  return x === Infinity ? x : logScaled(x * 18014398509481984, 54);
}

function allNormal(n: number, x: Float64Array): boolean {
  for (let i = 0; i < n; i++) if (!(x[i] >= 2.2250738585072014e-308 && x[i] < Infinity)) return false;
  return true;
}

/** out[i] = log(x[i]). */
export function log(n: number, x: Float64Array, out: Float64Array): void {
  // Looking first costs less in V8 than a branch for special values in the loop.
  if (allNormal(n, x)) for (let i = 0; i < n; i++) out[i] = logScaled(x[i], 0);
  else for (let i = 0; i < n; i++) out[i] = logOne(x[i]);
}
