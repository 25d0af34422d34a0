import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { betaLower } from "./incompleteBeta.js";
import { betaInverseLogit } from "./inverseBeta.js";
import { logBetaOne } from "./logBeta.js";
import { normalCdfOne } from "./normalCdf.js";
import { normalQuantileOne } from "./normalQuantile.js";
import { checkReal } from "./real.js";

/** P(T > t) for t ≥ 0: I_x(df/2, ½)/2 with x = df/(df + t²); where t² dwarfs df, by the leading power of x. */
function upper(t: number, df: number): number {
  const ratio = (t / df) * t;
  const a = 0.5 * df;
  if (ratio === 0) return 0.5;
  if (ratio > 1e200) {
    const log = a * (logOne(df) - 2 * logOne(t)) - logBetaOne(a, 0.5);
    return 0.5 * Math.min(1, expOne(log) / a);
  }
  const x = 1 / (1 + ratio);
  return 0.5 * betaLower({ x, xLow: 0, y: ratio < 1 ? ratio * x : ratio / (1 + ratio), yLow: 0 }, a, 0.5);
}

export function studentTCdfOne(t: number, df: number): number {
  if (!(df > 0) || t !== t) return NaN;
  if (df > 1e300) return normalCdfOne(t);
  return t < 0 ? upper(-t, df) : 1 - upper(t, df);
}

export function studentTQuantileOne(p: number, df: number): number {
  if (!(df > 0 && p >= 0 && p <= 1)) return NaN;
  if (df > 1e300) return normalQuantileOne(p);
  const tail = p < 0.5 ? p : 1 - p;
  // Twice the tail and 1 less it are exact.
  const logit = betaInverseLogit(2 * tail, 2 * Math.abs(p - 0.5), 0.5 * df, 0.5);
  const t = Math.sqrt(df) * expOne(-0.5 * logit);
  return p < 0.5 ? -t : t;
}

function checkArguments(name: string, value: unknown, df: unknown): void {
  checkReal(name, value);
  checkReal("df", df);
}

/**
 * The distribution function of Student's t with `df` degrees of freedom.
 *
 * Domain: all real t, df > 0 (Infinity is the normal distribution), anything else NaN; subnormal results kept. Relative error
 * at most 1e-10 for df ≤ 1e6, down to the smallest number.
 *
 * @param t - The statistic.
 * @param df - Degrees of freedom, not necessarily whole.
 * @returns The probability of at most t.
 * @throws TypeError for what is no number.
 * @see NIST Digital Library of Mathematical Functions, 8.17
 * @example
 * studentTCdf(2, 10); // → 0.963305982615
 * studentTCdf(-1e10, 4); // → 3e-40
 */
export function studentTCdf(t: number, df: number): number {
  checkArguments("t", t, df);
  return studentTCdfOne(t, df);
}

/**
 * The upper tail of Student's t with `df` degrees of freedom: the one-sided p-value of t; twice that of |t| is the
 * two-sided one.
 *
 * Domain: all real t, df > 0 (Infinity is the normal distribution), anything else NaN; subnormal results kept. Relative error
 * at most 1e-10 for df ≤ 1e6, down to the smallest number.
 *
 * @param t - The statistic.
 * @param df - Degrees of freedom, not necessarily whole.
 * @returns The probability of more than t.
 * @throws TypeError for what is no number.
 * @see NIST Digital Library of Mathematical Functions, 8.17
 * @example
 * studentTSurvival(2, 10); // → 0.036694017385
 * studentTSurvival(37, Infinity); // → 5.725571222525e-300
 */
export function studentTSurvival(t: number, df: number): number {
  checkArguments("t", t, df);
  return studentTCdfOne(-t, df);
}

/**
 * The quantile of Student's t with `df` degrees of freedom: t with P(T ≤ t) = p.
 *
 * Domain: 0 ≤ p ≤ 1, df > 0 (Infinity is the normal distribution), anything else NaN; ±Infinity where t overflows. Relative
 * error at most 1e-11 for df ≤ 1e6.
 *
 * @param p - The lower tail.
 * @param df - Degrees of freedom, not necessarily whole.
 * @returns t.
 * @throws TypeError for what is no number.
 * @see Hill, "Algorithm 396: Student's t-quantiles", Communications of the ACM 13 (1970)
 * @example
 * studentTQuantile(0.975, 30); // → 2.042272456301
 * studentTQuantile(0.025, 2.5); // → -3.574654842004
 */
export function studentTQuantile(p: number, df: number): number {
  checkArguments("p", p, df);
  return studentTQuantileOne(p, df);
}
