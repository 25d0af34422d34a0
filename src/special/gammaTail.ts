/**
 * The smaller tail of the gamma distribution as exp(e)·factor, which also has a logarithm where it underflows. For a < 10⁴ by
 * the power series below x = a and by the continued fraction above (NIST DLMF 8.7.1, 8.9.2; W. J. Lentz, Applied Optics 15,
 * 1976), the prefactor from log(x/a) + 1 − x/a and Stirling's rest; from 10⁴ on by N. M. Temme's uniform expansion.
 *
 * @module
 */
import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { erfcxPositive } from "./erfcx.js";
import { lgamma1pSmall, lgammaOne } from "./lgamma.js";
import { log1pmx } from "./log1pmx.js";
import { stirlingRest } from "./stirling.js";
import { temmeRest } from "./temme.js";

const LARGE = 1e4;

/** log Γ(1 + a), to relative accuracy for small a. */
export function lgamma1p(a: number): number {
  return a < 0.5 ? lgamma1pSmall(a) : lgammaOne(1 + a);
}

/** Whether it is the lower tail that is computed, the upper one being its complement. */
export function lowerIsDirect(a: number, x: number): boolean {
  return x <= a || (a < 1 && x <= 1.5);
}

/** x^a·exp(−x)/Γ(1 + a) = exp(gammaExponent)·gammaPrefactor. */
export function gammaExponent(a: number, x: number): number {
  return a < 8 ? a * logOne(x) - x - lgamma1p(a) : a * log1pmx((x - a) / a, x / a);
}

export function gammaPrefactor(a: number): number {
  return a < 8 ? 1 : (0.3989422804014327 * expOne(-stirlingRest(a))) / Math.sqrt(a);
}

/** The direct tail is exp(gammaExponent)·gammaFactor. */
export function gammaFactor(a: number, x: number): number {
  if (a >= LARGE) return temme(a, x);
  return gammaPrefactor(a) * (lowerIsDirect(a, x) ? series(a, x) : a * fraction(a, x));
}

function temme(a: number, x: number): number {
  const eta = Math.sqrt(-2 * log1pmx((x - a) / a, x / a));
  const below = x <= a;
  const scaled = 0.3989422804014327 / Math.sqrt(a);
  // Out there the tail underflows; what matters is the trend of its logarithm.
  if (eta > 0.45) return scaled / Math.abs((x - a) / a);
  const rest = temmeRest(below ? -eta : eta, a);
  return 0.5 * erfcxPositive(eta * Math.sqrt(0.5 * a)) + (below ? -rest : rest) * scaled;
}

/** 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + ... */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − 2·(2 − a)/(x + 5 − a − ...))) */
function fraction(a: number, x: number): number {
  let b = x + (1 - a);
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 1_000_000; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const change = c * d;
    value *= change;
    if (!(Math.abs(change - 1) > 3e-16)) return value;
  }
  return NaN;
}
