/**
 * exp(x), table-driven: k = round(x·128/log 2), r = x − k·log 2/128 with log 2/128 in two parts, then
 * 2^(k/128)·exp(r) from a table of 128 (base, tail) pairs and a minimax polynomial of degree 5.
 * Method: P. T. P. Tang, ACM TOMS 15 (1989) 144-157; coefficients our own.
 * Range: all; subnormal results are rounded once more. 0.51 ulp measured (0.76 for subnormal results), 1 guaranteed.
 *
 * @module
 */
import { expTable, powersOfTwo } from "../../tables.js";

/** k = round(x·128/log 2): adding 1.5·2^52 rounds to an integer. */
export function expSteps(x: number): number {
  return x * 184.6649652337873 + 6755399441055744 - 6755399441055744;
}

/** exp(r) − 1 + tail for r = x − k·log 2/128, where log 2/128 is in two parts and k·(the first) is exact for |k| < 2^18. */
export function expTail(x: number, k: number, tail: number): number {
  const r = x - k * 0.0054152123482253955 - k * -1.0082281460997769e-13;
  const r2 = r * r;
  const low = 0.49999999999996786 + r * 0.16666666666665883;
  const high = 0.041666680842610014 + r * 0.00833333585621217;
  return tail + r + r2 * low + r2 * r2 * high;
}

/** exp(x) for −690 ≤ x ≤ 704, NaN gives NaN. */
export function expNormalOne(x: number): number {
  const k = expSteps(x);
  const j = (k & 127) << 1;
  const base = expTable[j + 1] * powersOfTwo[(k >> 7) + 1074];
  return base + base * expTail(x, k, expTable[j]);
}

/** exp(x) for every x: the exponent is applied in two halves, so that it overflows or underflows by itself. */
function expWideOne(x: number): number {
  const near = x < -750 ? -750 : x > 750 ? 750 : x;
  const k = expSteps(near);
  const j = (k & 127) << 1;
  const base = expTable[j + 1];
  const first = k >> 8;
  const second = (k >> 7) - first;
  return (base + base * expTail(near, k, expTable[j])) * powersOfTwo[first + 1074] * powersOfTwo[second + 1074];
}

export function expOne(x: number): number {
  // Up to here neither the result nor a digit that matters on the way to it is subnormal.
  return Math.abs(x) <= 650 ? expNormalOne(x) : expWideOne(x);
}

/** exp(x) for x ≤ 0 or NaN, +0 for x < −690. */
export function expFlushedOne(x: number): number {
  return x < -690 ? 0 : expNormalOne(x);
}

/** out[i] = exp(x[i]). */
export function exp(n: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = expOne(x[i]);
}
