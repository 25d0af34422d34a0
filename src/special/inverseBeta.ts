import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { betaExponent, betaFactor, betaPrefactor, isDirect, type Split, swapped } from "./betaTail.js";
import { betaLower } from "./incompleteBeta.js";
import { increasingRoot, type Slope } from "./increasingRoot.js";
import { logBetaOne } from "./logBeta.js";
import { normalQuantileOne } from "./normalQuantile.js";
import { checkReal } from "./real.js";

/** log I_x(a, b). */
function logLower(split: Split, a: number, b: number): number {
  if (isDirect(split, a, b)) return betaExponent(split, a, b) + logOne(betaFactor(split, a, b));
  return log1pOne(-betaLower(swapped(split), b, a));
}

/** log(x/(1 − x)) where I_x(a, b) is x^a/(a·B(a, b)) to all digits, else NaN. */
function powerLogit(p: number, a: number, b: number): number {
  const log = (logOne(p) + logOne(a) + logBetaOne(a, b)) / a;
  return log < -40 - logOne(1 + b) ? log : NaN;
}

/** A first guess: logit of the mean and z times its standard deviation (delta method), or the leading power of x. */
function start(p: number, q: number, a: number, b: number): number {
  if (a < 1 || b < 1) return 0;
  const z = p < q ? normalQuantileOne(p) : -normalQuantileOne(q);
  return logOne(a / b) + z * Math.sqrt(1 / a + 1 / b);
}

/**
 * log(x/(1 − x)) with I_x(a, b) = p and 1 − I_x(a, b) = q: Newton's method on the logarithm of the smaller one. As the logit, x
 * and 1 − x are both to relative accuracy.
 */
export function betaInverseLogit(p: number, q: number, a: number, b: number): number {
  if (p > q) return -betaInverseLogit(q, p, b, a);
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && p >= 0 && q >= 0)) return NaN;
  if (p === 0) return -Infinity;
  const power = powerLogit(p, a, b);
  if (power === power) return power;
  const upper = powerLogit(q, b, a);
  if (upper === upper) return -upper;
  const target = logOne(p);
  const prefactor = betaPrefactor(a, b);
  return increasingRoot(start(p, q, a, b), (t): Slope => {
    const split = { x: sigmoidOne(t), xLow: 0, y: sigmoidOne(-t), yLow: 0 };
    const tail = logLower(split, a, b);
    return { value: tail - target, slope: prefactor * expOne(betaExponent(split, a, b) - tail) };
  });
}

function checkArguments(name: string, value: unknown, a: unknown, b: unknown): void {
  checkReal(name, value);
  checkReal("a", a);
  checkReal("b", b);
}

function fromLogit(t: number): number {
  return t !== t ? NaN : sigmoidOne(t);
}

/**
 * The inverse of I_x(a, b) in x: the quantile of the beta distribution.
 *
 * Domain: 0 ≤ p ≤ 1, 0 < a, b < ∞, anything else NaN. Relative error at most 1e-12 for 0.01 ≤ a, b ≤ 1e6.
 *
 * @param p - The lower tail.
 * @param a - The first shape.
 * @param b - The second shape.
 * @returns x between 0 and 1.
 * @throws TypeError for what is no number.
 * @see DiDonato and Morris, "Algorithm 708: Significant digit computation of the incomplete beta function ratios", ACM TOMS
 *   18 (1992)
 * @example
 * betaPInverse(0.5, 2, 3); // → 0.385727568132
 * betaPInverse(1e-300, 100, 100); // → 0.000259150362
 */
export function betaPInverse(p: number, a: number, b: number): number {
  checkArguments("p", p, a, b);
  return fromLogit(betaInverseLogit(p, 1 - p, a, b));
}

/**
 * The inverse of 1 − I_x(a, b) in x, for upper tails too small for 1 − q to tell.
 *
 * Domain: 0 ≤ q ≤ 1, 0 < a, b < ∞, anything else NaN. Relative error at most 1e-12 for 0.01 ≤ a, b ≤ 1e6.
 *
 * @param q - The upper tail.
 * @param a - The first shape.
 * @param b - The second shape.
 * @returns x between 0 and 1.
 * @throws TypeError for what is no number.
 * @see DiDonato and Morris, "Algorithm 708: Significant digit computation of the incomplete beta function ratios", ACM TOMS
 *   18 (1992)
 * @example
 * betaQInverse(0.5, 3, 2); // → 0.614272431868
 */
export function betaQInverse(q: number, a: number, b: number): number {
  checkArguments("q", q, a, b);
  return fromLogit(betaInverseLogit(1 - q, q, a, b));
}
