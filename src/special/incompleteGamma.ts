import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { expProduct } from "./expProduct.js";
import { gammaExponent, gammaFactor, lgamma1p, lowerIsDirect } from "./gammaTail.js";
import { checkReal } from "./real.js";

function directTail(a: number, x: number): number {
  const e = gammaExponent(a, x);
  // Rounding may lead a little beyond 1.
  return e < -1100 ? 0 : Math.min(1, expProduct(e, 0, gammaFactor(a, x)));
}

/** Q(a, x) for a < 1 and x ≤ 1.5: 1 − x^a/Γ(1 + a) − x^a/Γ(a)·Σ (−x)^k/(k!·(a + k)), nothing cancels for small a. */
export function smallUpper(a: number, x: number): number {
  const w = a * logOne(x) - lgamma1p(a);
  let power = 1;
  let sum = 0;
  let term = 1;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    power *= -x / k;
    term = power / (a + k);
    sum += term;
  }
  return -expm1One(w) - expOne(w) * a * sum;
}

/** Outside the region where both tails are between 0 and 1: NaN, or where the distribution function is constant. */
function constantLower(a: number, x: number): number {
  if (!(a >= 0 && x >= 0) || (a === 0 && x === 0) || (a === Infinity && x === Infinity)) return NaN;
  return a === 0 || x === Infinity ? 1 : 0;
}

function isOrdinary(a: number, x: number): boolean {
  return a > 0 && x > 0 && a < Infinity && x < Infinity;
}

export function gammaPOne(a: number, x: number): number {
  if (!isOrdinary(a, x)) return constantLower(a, x);
  const direct = directTail(a, x);
  return lowerIsDirect(a, x) ? direct : 1 - direct;
}

export function gammaQOne(a: number, x: number): number {
  if (!isOrdinary(a, x)) return 1 - constantLower(a, x);
  if (a < 1 && x <= 1.5) return smallUpper(a, x);
  const direct = directTail(a, x);
  return lowerIsDirect(a, x) ? 1 - direct : direct;
}

/**
 * The regularised lower incomplete gamma function P(a, x) = 1/Γ(a) ∫₀ˣ t^(a−1) exp(−t) dt: the probability that a gamma
 * number of shape a and rate 1 is at most x.
 *
 * Domain: a ≥ 0, x ≥ 0, anything else NaN, also P(0, 0); P(0, x) = 1, subnormal results kept. Relative error at most 1e-12
 * for a ≤ 1e6, 1e-11 where the result is below 1e-50.
 *
 * @param a - The shape.
 * @param x - The upper limit of the integral.
 * @returns P(a, x).
 * @throws TypeError for what is no number.
 * @see Temme, "The asymptotic expansion of the incomplete gamma functions", SIAM J. Math. Anal. 10 (1979)
 * @example
 * gammaP(1, 2); // → 0.864664716763
 * gammaP(1e6, 999000); // → 0.158655213574
 */
export function gammaP(a: number, x: number): number {
  checkReal("a", a);
  checkReal("x", x);
  return gammaPOne(a, x);
}

/**
 * The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), to full relative accuracy far into the tail.
 *
 * Domain: a ≥ 0, x ≥ 0, anything else NaN, also Q(0, 0); Q(0, x) = 0, subnormal results kept. Relative error at most 1e-12
 * for a ≤ 1e6, 1e-11 where the result is below 1e-50.
 *
 * @param a - The shape.
 * @param x - The lower limit of the integral.
 * @returns Q(a, x).
 * @throws TypeError for what is no number.
 * @see Temme, "The asymptotic expansion of the incomplete gamma functions", SIAM J. Math. Anal. 10 (1979)
 * @example
 * gammaQ(1, 2); // → 0.135335283237
 * gammaQ(3, 700); // → 2.422532386e-299
 */
export function gammaQ(a: number, x: number): number {
  checkReal("a", a);
  checkReal("x", x);
  return gammaQOne(a, x);
}
