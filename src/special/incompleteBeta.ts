import { betaExponent, betaFactor, isDirect, type Split, splitOf, swapped } from "./betaTail.js";
import { expProduct } from "./expProduct.js";
import { checkReal } from "./real.js";

function direct(split: Split, a: number, b: number): number {
  const e = betaExponent(split, a, b);
  return e < -1100 ? 0 : expProduct(e, 0, betaFactor(split, a, b));
}

/** I_x(a, b) for 0 < x < 1, 0 < a, b < ∞, x and 1 − x each to their own accuracy. */
export function betaLower(split: Split, a: number, b: number): number {
  // Rounding may lead a little beyond 1.
  if (isDirect(split, a, b)) return Math.min(1, direct(split, a, b));
  return 1 - Math.min(1, direct(swapped(split), b, a));
}

export function betaPOne(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0 && a < Infinity && b < Infinity)) return NaN;
  return x === 0 || x === 1 ? x : betaLower(splitOf(x), a, b);
}

export function betaQOne(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0 && a < Infinity && b < Infinity)) return NaN;
  return x === 0 || x === 1 ? 1 - x : betaLower(swapped(splitOf(x)), b, a);
}

function checkArguments(x: unknown, a: unknown, b: unknown): void {
  checkReal("x", x);
  checkReal("a", a);
  checkReal("b", b);
}

/**
 * The regularised incomplete beta function I_x(a, b) = 1/B(a, b) ∫₀ˣ t^(a−1)·(1 − t)^(b−1) dt: the probability that a beta
 * number is at most x.
 *
 * Domain: 0 ≤ x ≤ 1, 0 < a, b < ∞, anything else NaN; subnormal results kept. Relative error at most 1e-12 for 0.01 ≤ a, b ≤
 * 1e6, 1e-11 where the result is below 1e-50.
 *
 * @param x - The upper limit of the integral.
 * @param a - The first shape.
 * @param b - The second shape.
 * @returns I_x(a, b).
 * @throws TypeError for what is no number.
 * @see DiDonato and Morris, "Algorithm 708: Significant digit computation of the incomplete beta function ratios", ACM TOMS
 *   18 (1992)
 * @example
 * betaP(0.25, 2, 3); // → 0.26171875
 * betaP(0.4995, 1e6, 1e6); // → 0.078649577581
 */
export function betaP(x: number, a: number, b: number): number {
  checkArguments(x, a, b);
  return betaPOne(x, a, b);
}

/**
 * The upper tail 1 − I_x(a, b), to full relative accuracy where it is small.
 *
 * Domain: 0 ≤ x ≤ 1, 0 < a, b < ∞, anything else NaN; subnormal results kept. Relative error at most 1e-12 for 0.01 ≤ a, b ≤
 * 1e6, 1e-11 where the result is below 1e-50.
 *
 * @param x - The lower limit of the integral.
 * @param a - The first shape.
 * @param b - The second shape.
 * @returns 1 − I_x(a, b).
 * @throws TypeError for what is no number.
 * @see DiDonato and Morris, "Algorithm 708: Significant digit computation of the incomplete beta function ratios", ACM TOMS
 *   18 (1992)
 * @example
 * betaQ(0.25, 2, 3); // → 0.73828125
 * betaQ(0.999, 2, 100); // → 1.009e-298
 */
export function betaQ(x: number, a: number, b: number): number {
  checkArguments(x, a, b);
  return betaQOne(x, a, b);
}
