import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { gammaExponent, gammaFactor, gammaPrefactor, lgamma1p, lowerIsDirect } from "./gammaTail.js";
import { gammaPOne, gammaQOne } from "./incompleteGamma.js";
import { increasingRoot, type Slope } from "./increasingRoot.js";
import { normalQuantileOne } from "./normalQuantile.js";
import { checkReal } from "./real.js";

/** log P or log Q. */
function logTail(a: number, x: number, lower: boolean): number {
  const direct = lowerIsDirect(a, x);
  if (direct === lower) return gammaExponent(a, x) + logOne(gammaFactor(a, x));
  return direct && a >= 1 ? log1pOne(-gammaPOne(a, x)) : lower ? log1pOne(-gammaQOne(a, x)) : logOne(gammaQOne(a, x));
}

/** A first guess by E. B. Wilson and M. M. Hilferty (1931), or by the leading power of x. */
function start(a: number, p: number, q: number): number {
  const z = p < q ? normalQuantileOne(p) : -normalQuantileOne(q);
  const root = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  const guess = logOne(a) + 3 * logOne(root);
  return a >= 1 && root > 0.2 ? guess : Math.min(1, (logOne(p) + lgamma1p(a)) / a);
}

/** x with P(a, x) = p and Q(a, x) = q = 1 − p: Newton's method on the logarithm of the smaller one, in log x. */
export function gammaInverse(a: number, p: number, q: number): number {
  if (!(a > 0 && a < Infinity && p >= 0 && q >= 0)) return NaN;
  if (p === 0 || q === 0) return p === 0 ? 0 : Infinity;
  const power = (logOne(p) + lgamma1p(a)) / a;
  if (power < -40) return expOne(power);
  const lower = p <= q;
  const target = logOne(lower ? p : q);
  const log = increasingRoot(start(a, p, q), (t): Slope => {
    const x = expOne(t);
    const tail = logTail(a, x, lower);
    const slope = a * gammaPrefactor(a) * expOne(gammaExponent(a, x) - tail);
    return { value: lower ? tail - target : target - tail, slope };
  });
  return expOne(log);
}

/**
 * The inverse of P(a, ·): x with P(a, x) = p, the quantile of the gamma distribution of shape a and rate 1.
 *
 * Domain: a > 0, 0 ≤ p ≤ 1, anything else NaN; 0 at p = 0, +Infinity at p = 1. Relative error at most 1e-12 for a ≤ 1e6.
 *
 * @param a - The shape.
 * @param p - The lower tail.
 * @returns x ≥ 0.
 * @throws TypeError for what is no number.
 * @see Gil, Segura and Temme, "Efficient and accurate algorithms for the computation and inversion of the incomplete gamma
 *   function ratios", SIAM J. Sci. Comput. 34 (2012)
 * @example
 * gammaPInverse(1, 0.5); // → 0.693147180560
 * gammaPInverse(100, 1e-10); // → 48.883092053796
 */
export function gammaPInverse(a: number, p: number): number {
  checkReal("a", a);
  checkReal("p", p);
  return gammaInverse(a, p, 1 - p);
}

/**
 * The inverse of Q(a, ·): x with Q(a, x) = q, for upper tails too small for 1 − q to tell.
 *
 * Domain: a > 0, 0 ≤ q ≤ 1, anything else NaN; +Infinity at q = 0, 0 at q = 1. Relative error at most 1e-12 for a ≤ 1e6.
 *
 * @param a - The shape.
 * @param q - The upper tail.
 * @returns x ≥ 0.
 * @throws TypeError for what is no number.
 * @see Gil, Segura and Temme, "Efficient and accurate algorithms for the computation and inversion of the incomplete gamma
 *   function ratios", SIAM J. Sci. Comput. 34 (2012)
 * @example
 * gammaQInverse(1, 1e-300); // → 690.7755278982
 */
export function gammaQInverse(a: number, q: number): number {
  checkReal("a", a);
  checkReal("q", q);
  return gammaInverse(a, 1 - q, q);
}
