import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { swapped } from "./betaTail.js";
import { betaLower } from "./incompleteBeta.js";
import { betaInverseLogit } from "./inverseBeta.js";
import { logBetaOne } from "./logBeta.js";
import { checkReal } from "./real.js";

/** I_z(a, b) for z/(1 − z) = exp(log), where z^a/(a·B(a, b)) has all its digits. */
function power(log: number, a: number, b: number): number {
  return Math.min(1, expOne(a * log - logBetaOne(a, b)) / a);
}

/** P(F > x) or P(F ≤ x): I_y(d2/2, d1/2) with y = 1/(1 + r), r = x·d1/d2, and I_(1−y)(d1/2, d2/2). */
function tail(x: number, d1: number, d2: number, upper: boolean): number {
  if (!(d1 > 0 && d2 > 0 && d1 < Infinity && d2 < Infinity) || x !== x) return NaN;
  if (x <= 0 || x === Infinity) return x > 0 === upper ? 0 : 1;
  const a = 0.5 * d1;
  const b = 0.5 * d2;
  const ratio = (d1 / d2) * x;
  if (ratio < 1e-200 || ratio > 1e200) {
    const log = logOne(d1) - logOne(d2) + logOne(x);
    const small = ratio < 1 ? power(log, a, b) : power(-log, b, a);
    return ratio < 1 === upper ? 1 - small : small;
  }
  const y = 1 / (1 + ratio);
  const split = { x: y, xLow: 0, y: ratio < 1 ? ratio * y : ratio / (1 + ratio), yLow: 0 };
  return upper ? betaLower(split, b, a) : betaLower(swapped(split), a, b);
}

function checkArguments(name: string, value: unknown, d1: unknown, d2: unknown): void {
  checkReal(name, value);
  checkReal("d1", d1);
  checkReal("d2", d2);
}

/**
 * The distribution function of F with d1 and d2 degrees of freedom: I_z(d1/2, d2/2), z = d1·x/(d1·x + d2).
 *
 * Domain: 0 < d1, d2 < ∞; 0 for x < 0; anything else NaN. Relative error at most 1e-10 for 1e-5 ≤ d1, d2 ≤ 1e6.
 *
 * @param x - The statistic.
 * @param d1 - Degrees of freedom of the numerator.
 * @param d2 - Degrees of freedom of the denominator.
 * @returns The probability of at most x.
 * @throws TypeError for what is no number.
 * @see NIST Digital Library of Mathematical Functions, 8.17
 * @example
 * fCdf(1, 10, 10); // → 0.5
 */
export function fCdf(x: number, d1: number, d2: number): number {
  checkArguments("x", x, d1, d2);
  return tail(x, d1, d2, false);
}

/**
 * The upper tail of F with d1 and d2 degrees of freedom: the p-value of the statistic x.
 *
 * Domain: 0 < d1, d2 < ∞; 1 for x < 0; anything else NaN; subnormal results kept. Relative error at most 1e-10 for 1e-5
 * ≤ d1, d2 ≤ 1e6, down to the smallest number.
 *
 * @param x - The statistic.
 * @param d1 - Degrees of freedom of the numerator.
 * @param d2 - Degrees of freedom of the denominator.
 * @returns The probability of more than x.
 * @throws TypeError for what is no number.
 * @see NIST Digital Library of Mathematical Functions, 8.17
 * @example
 * fSurvival(4, 1, 10); // → 0.073388034771
 * fSurvival(1.05, 1e6, 1e6); // → 9.93368618e-132
 */
export function fSurvival(x: number, d1: number, d2: number): number {
  checkArguments("x", x, d1, d2);
  return tail(x, d1, d2, true);
}

/**
 * The quantile of F with d1 and d2 degrees of freedom.
 *
 * Domain: 0 ≤ p ≤ 1, 0 < d1, d2 < ∞, anything else NaN. Relative error at most 1e-11 for 1e-5 ≤ d1, d2 ≤ 1e6.
 *
 * @param p - The lower tail.
 * @param d1 - Degrees of freedom of the numerator.
 * @param d2 - Degrees of freedom of the denominator.
 * @returns x ≥ 0.
 * @throws TypeError for what is no number.
 * @see DiDonato and Morris, "Algorithm 708: Significant digit computation of the incomplete beta function ratios", ACM TOMS
 *   18 (1992)
 * @example
 * fQuantile(0.95, 2, 30); // → 3.315829501014
 */
export function fQuantile(p: number, d1: number, d2: number): number {
  checkArguments("p", p, d1, d2);
  return (d2 / d1) * expOne(betaInverseLogit(p, 1 - p, 0.5 * d1, 0.5 * d2));
}
