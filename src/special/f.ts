import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { betaLower } from "./incompleteBeta.js";
import { betaInverseLogit } from "./inverseBeta.js";
import { logBetaOne } from "./logBeta.js";
import { checkReal } from "./real.js";

/** P(F > x): I_y(d2/2, d1/2) with y = 1/(1 + x·d1/d2); where x·d1/d2 is huge, by the leading power of y. */
function survival(x: number, d1: number, d2: number): number {
  if (!(d1 > 0 && d2 > 0 && d1 < Infinity && d2 < Infinity) || x !== x) return NaN;
  const a = 0.5 * d2;
  const b = 0.5 * d1;
  const ratio = (d1 / d2) * x;
  if (!(ratio > 0)) return 1;
  if (x === Infinity) return 0;
  if (ratio > 1e200) {
    return Math.min(1, expOne(a * (logOne(d2) - logOne(d1) - logOne(x)) - logBetaOne(a, b)) / a);
  }
  const y = 1 / (1 + ratio);
  return betaLower({ x: y, xLow: 0, y: ratio < 1 ? ratio * y : ratio / (1 + ratio), yLow: 0 }, a, b);
}

function checkArguments(name: string, value: unknown, d1: unknown, d2: unknown): void {
  checkReal(name, value);
  checkReal("d1", d1);
  checkReal("d2", d2);
}

/**
 * The distribution function of F with d1 and d2 degrees of freedom: I_z(d1/2, d2/2), z = d1·x/(d1·x + d2).
 *
 * Domain: 0 < d1, d2 < ∞; 0 for x < 0; anything else NaN. Relative error at most 1e-10 for d1, d2 ≤ 1e6.
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
  // 1/F has the degrees of freedom exchanged.
  return x > 0 ? survival(1 / x, d2, d1) : x <= 0 && survival(1, d1, d2) >= 0 ? 0 : NaN;
}

/**
 * The upper tail of F with d1 and d2 degrees of freedom: the p-value of the statistic x.
 *
 * Domain: 0 < d1, d2 < ∞; 1 for x < 0; anything else NaN; subnormal results kept. Relative error at most 1e-10 for d1, d2 ≤
 * 1e6, down to the smallest number.
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
  return survival(x, d1, d2);
}

/**
 * The quantile of F with d1 and d2 degrees of freedom.
 *
 * Domain: 0 ≤ p ≤ 1, 0 < d1, d2 < ∞, anything else NaN. Relative error at most 1e-11 for d1, d2 ≤ 1e6.
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
