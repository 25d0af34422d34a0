import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { lgammaOne } from "./lgamma.js";
import { checkReal } from "./real.js";
import { stirlingRest } from "./stirling.js";

/** For 8 ≤ a ≤ b. */
function bothLarge(a: number, b: number): number {
  const ratio = a / b;
  const rest = stirlingRest(a) + (stirlingRest(b) - stirlingRest(a + b));
  const u = (a - 0.5) * logOne(ratio / (1 + ratio));
  return 0.9189385332046728 - 0.5 * logOne(b) + rest + u - b * log1pOne(ratio);
}

/** For a < 8 ≤ b. */
function oneLarge(a: number, b: number): number {
  const rest = stirlingRest(b) - stirlingRest(a + b);
  return lgammaOne(a) + (rest - (b + (a - 0.5)) * log1pOne(a / b) - a * (logOne(b) - 1));
}

export function logBetaOne(a: number, b: number): number {
  if (a > b) return logBetaOne(b, a);
  if (!(a >= 0 && b >= 0) || (a === 0 && b === Infinity)) return NaN;
  if (a === 0 || b === Infinity) return a === 0 ? Infinity : -Infinity;
  if (a >= 8) return bothLarge(a, b);
  return b >= 8 ? oneLarge(a, b) : lgammaOne(a) + (lgammaOne(b) - lgammaOne(a + b));
}

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), where an argument is large without the cancellation of that difference.
 *
 * Domain: a ≥ 0, b ≥ 0, anything else NaN, also (0, ∞); +Infinity at 0, −Infinity at ∞. Error at most 1e-13 of the value or
 * 1e-15.
 *
 * @param a - The first parameter.
 * @param b - The second parameter.
 * @returns The logarithm of the beta function.
 * @throws TypeError for what is no number.
 * @see DiDonato and Morris, "Algorithm 708: Significant digit computation of the incomplete beta function ratios", ACM TOMS
 *   18 (1992)
 * @example
 * logBeta(2, 3); // → -2.484906649788
 * logBeta(0.5, 1e6); // → -6.335390211057
 */
export function logBeta(a: number, b: number): number {
  checkReal("a", a);
  checkReal("b", b);
  return logBetaOne(a, b);
}
