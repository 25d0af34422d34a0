/**
 * The smaller tail of the beta distribution as exp(e)·factor, which also has a logarithm where it underflows: prefactor
 * x^a·y^b/B(a, b), y = 1 − x, from λ = ay − bx and log(1 + u) − u, times the continued fraction with λ. Where both parameters
 * exceed 10⁹, the first term of the uniform expansion instead. x and y come in two parts each, so that neither loses digits.
 * Methods: A. R. DiDonato, A. H. Morris, ACM TOMS 18 (1992) 360-373; W. J. Lentz, Applied Optics 15 (1976); N. M. Temme,
 * SIAM Journal on Mathematical Analysis 13 (1982) 239-253.
 *
 * @module
 */
import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { productError } from "../linalg/doubleDouble.js";
import { erfcxPositive } from "./erfcx.js";
import { log1pmx } from "./log1pmx.js";
import { logBetaOne } from "./logBeta.js";
import { stirlingRest } from "./stirling.js";

/** Terms of the continued fraction: several times √(10⁹), of parameters so extreme that it does not converge. */
const MOST = 1_000_000;

/** x + xLow and its complement y + yLow. */
export interface Split {
  readonly x: number;
  readonly xLow: number;
  readonly y: number;
  readonly yLow: number;
}

/** x and 1 − x, exactly. */
export function splitOf(x: number): Split {
  const y = 1 - x;
  const back = 1 - y;
  return { x, xLow: 0, y, yLow: back - x };
}

export function swapped({ x, xLow, y, yLow }: Split): Split {
  return { x: y, xLow: yLow, y: x, yLow: xLow };
}

/** Whether the tail at x is computed, and not the one at y: x < (a + 1)/(a + b + 2), said of the smaller of x and y. */
export function isDirect({ x, y }: Split, a: number, b: number): boolean {
  const scale = 1 / (a + b + 2);
  return x <= y ? x < (a + 1) * scale : y > (b + 1) * scale;
}

/** a·y − b·x. */
function lambda({ x, xLow, y, yLow }: Split, a: number, b: number): number {
  const ay = a * y;
  const bx = b * x;
  if (a > 1e290 || b > 1e290) return ay - bx;
  return ay - bx + (productError(a, y, ay) + a * yLow - (productError(b, x, bx) + b * xLow));
}

/** log x, from y where x is next to 1. */
function logPart(x: number, y: number): number {
  return x <= 0.5 ? logOne(x) : log1pOne(-y);
}

/** x^a·y^b/B(a, b) = exp(betaExponent)·betaPrefactor. */
export function betaExponent(split: Split, a: number, b: number): number {
  const { x, y } = split;
  if (a < 8 || b < 8) return a * logPart(x, y) + b * logPart(y, x) - logBetaOne(a, b);
  const l = lambda(split, a, b);
  return a * log1pmx(-l / a, x * (1 + b / a)) + b * log1pmx(l / b, y * (1 + a / b));
}

export function betaPrefactor(a: number, b: number): number {
  if (a < 8 || b < 8) return 1;
  const rest = stirlingRest(a + b) - stirlingRest(a) - stirlingRest(b);
  return 0.3989422804014327 * Math.sqrt(b * (a / (a + b))) * expOne(rest);
}

/** The tail at x, if it is direct, is exp(betaExponent)·betaFactor. */
export function betaFactor(split: Split, a: number, b: number): number {
  if (a > 1e9 && b > 1e9) return uniform(split, a, b);
  return betaPrefactor(a, b) * fraction(split, a, b);
}

/** 1/(β₁ + α₂/(β₂ + α₃/(β₃ + ...))) of DiDonato and Morris, equation 9. */
function fraction(split: Split, a: number, b: number): number {
  const { x, y } = split;
  const l = lambda(split, a, b) + 1;
  let c = 1e300;
  let d = (a + 1) / (a * l);
  let value = d;
  for (let n = 1; n < MOST; n++) {
    const before = a + (n - 1);
    const twice = before + n;
    const step = (n * (b - n) * x) / twice;
    const alpha = before * ((before + b) / twice) * step * x;
    const beta = n + step + ((a + n) / (twice + 2)) * (l + n * (1 + y));
    // Of the numerator one factor 1/twice is in `step`.
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    const change = c * d;
    value *= change;
    if (!(Math.abs(change - 1) > 3e-16)) return value;
  }
  return NaN;
}

/** ½·erfcx + the first term of Temme's expansion, for x ≤ a/(a + b). */
function uniform(split: Split, a: number, b: number): number {
  const total = a + b;
  const mean = a / total;
  const spread = Math.sqrt(mean * (b / total));
  const eta = Math.sqrt((-2 * betaExponent(split, a, b)) / total);
  const distance = lambda(split, a, b) / total;
  const z = eta * Math.sqrt(0.5 * total);
  const scaled = 0.3989422804014327 / Math.sqrt(total);
  // Out there the tail underflows; what matters is the trend of its logarithm.
  if (eta > 0.45 || z > 1e6) return (scaled * spread) / distance;
  const skew = eta < 1e-9 ? (1 - 2 * mean) / (3 * spread) : spread / distance - 1 / eta;
  return 0.5 * erfcxPositive(z) + scaled * skew;
}
