/**
 * logit(p): with m the smaller of p and 1 − p, which is exact where it matters, −log1p((1 − 2m)/m) for ¼ ≤ p ≤ ¾ and
 * log(m/(1 − m)) outside; the other sign for p ≥ ½.
 * Range: [0, 1], else NaN; logit(0) = −∞, logit(1) = +∞; logit(1 − p) = −logit(p) wherever 1 − p is exact. 1.45 ulp
 * measured, 2 guaranteed.
 *
 * @module
 */
import { logOne } from "./log.js";
import { log1pOne } from "./log1p.js";

export function logitOne(p: number): number {
  const other = 1 - p;
  const lower = p < 0.5;
  const m = lower ? p : other;
  if (m >= 0.25) {
    const y = log1pOne((1 - (m + m)) / m);
    return lower ? -y : y;
  }
  const y = logOne(m / (lower ? other : p));
  return lower ? y : -y;
}

/** out[i] = logit(p[i]). */
export function logit(n: number, p: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = logitOne(p[i]);
}
