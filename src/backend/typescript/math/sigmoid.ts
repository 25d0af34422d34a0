/**
 * sigmoid(x) = q − q·l/d with t = exp(−|x|), d = 1 + t rounded, l its error, q = 1/d for x ≥ 0 and t/d below; 1/d in the
 * correction is q or 1 − q. Below −690, where t is negligible beside 1, sigmoid(x) = exp(x).
 * Range: all, subnormal results included. 1.87 ulp measured, 2 guaranteed.
 *
 * @module
 */
import { expFlushedOne, expOne } from "./exp.js";

export function sigmoidOne(x: number): number {
  if (x < -690) return expOne(x);
  const t = expFlushedOne(-Math.abs(x));
  const d = 1 + t;
  const l = t - (d - 1);
  const positive = x >= 0;
  const q = (positive ? 1 : t) / d;
  return q - q * l * (positive ? q : 1 - q);
}

/** out[i] = sigmoid(x[i]). */
export function sigmoid(n: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = sigmoidOne(x[i]);
}
