import { gammaInverse } from "./inverseGamma.js";
import { gammaPOne, gammaQOne } from "./incompleteGamma.js";
import { checkReal } from "./real.js";

function checkArguments(name: string, value: unknown, df: unknown): void {
  checkReal(name, value);
  checkReal("df", df);
}

/**
 * The distribution function of chi-squared with `df` degrees of freedom: P(df/2, x/2).
 *
 * Domain: df > 0; 0 for x < 0; anything else NaN. Relative error at most 1e-12 for df ≤ 1e6, 1e-11 below 1e-50.
 *
 * @param x - The statistic.
 * @param df - Degrees of freedom, not necessarily whole.
 * @returns The probability of at most x.
 * @throws TypeError for what is no number.
 * @see NIST Digital Library of Mathematical Functions, 8.2
 * @example
 * chiSquaredCdf(3.841458820694124, 1); // → 0.95
 */
export function chiSquaredCdf(x: number, df: number): number {
  checkArguments("x", x, df);
  return df > 0 ? gammaPOne(0.5 * df, x < 0 ? 0 : 0.5 * x) : NaN;
}

/**
 * The upper tail of chi-squared with `df` degrees of freedom, Q(df/2, x/2): the p-value of the statistic x.
 *
 * Domain: df > 0; 1 for x < 0; anything else NaN. Relative error at most 1e-12 for df ≤ 1e6, 1e-11 below 1e-50.
 *
 * @param x - The statistic.
 * @param df - Degrees of freedom, not necessarily whole.
 * @returns The probability of more than x.
 * @throws TypeError for what is no number.
 * @see NIST Digital Library of Mathematical Functions, 8.2
 * @example
 * chiSquaredSurvival(3.841458820694124, 1); // → 0.05
 * chiSquaredSurvival(1000, 1); // → 1.795832784801e-219
 */
export function chiSquaredSurvival(x: number, df: number): number {
  checkArguments("x", x, df);
  return df > 0 ? gammaQOne(0.5 * df, x < 0 ? 0 : 0.5 * x) : NaN;
}

/**
 * The quantile of chi-squared with `df` degrees of freedom: x with P(df/2, x/2) = p.
 *
 * Domain: df > 0, 0 ≤ p ≤ 1, anything else NaN. Relative error at most 1e-12 for df ≤ 1e6.
 *
 * @param p - The lower tail.
 * @param df - Degrees of freedom, not necessarily whole.
 * @returns x ≥ 0.
 * @throws TypeError for what is no number.
 * @see Gil, Segura and Temme, "Efficient and accurate algorithms for the computation and inversion of the incomplete gamma
 *   function ratios", SIAM J. Sci. Comput. 34 (2012)
 * @example
 * chiSquaredQuantile(0.95, 1); // → 3.841458820694
 */
export function chiSquaredQuantile(p: number, df: number): number {
  checkArguments("p", p, df);
  return 2 * gammaInverse(0.5 * df, p, 1 - p);
}
