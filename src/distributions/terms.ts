/**
 * Logarithms of what densities have in common, without the cancellation of large terms: log(1 + u) − u and Stirling's rests
 * instead of differences of lgammas (C. Loader, "Fast and accurate computation of binomial probabilities", 2000).
 *
 * @module
 */
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { betaExponent, type Split } from "../special/betaTail.js";
import { gammaExponent } from "../special/gammaTail.js";
import { stirlingRest } from "../special/stirling.js";

export const HALF_LOG_TWO_PI = 0.9189385332046728;
export const LOG_PI = 1.1447298858494002;

/** log(xᵃ·exp(−x)/Γ(1 + a)) for a ≥ 0, x > 0: the logarithm of a Poisson probability of a. */
export function logGammaTerm(a: number, x: number): number {
  const e = gammaExponent(a, x);
  return a < 8 ? e : e - (HALF_LOG_TWO_PI + 0.5 * logOne(a) + stirlingRest(a));
}

/** log(xᵃ·yᵇ/B(a, b)) for a, b > 0 and 0 < x, y < 1. */
export function logBetaTerm(split: Split, a: number, b: number): number {
  const e = betaExponent(split, a, b);
  if (a < 8 || b < 8) return e;
  const rest = stirlingRest(a + b) - stirlingRest(a) - stirlingRest(b);
  return e - HALF_LOG_TWO_PI + 0.5 * (logOne(a) + logOne(b / (a + b))) + rest;
}

/** log x of a pair x + y = 1 of which each has its own accuracy. */
export function logOfPart(x: number, y: number): number {
  return x <= 0.5 ? logOne(x) : log1pOne(-y);
}

/** (x − location)/scale, finite whenever the quotient is. */
export function standardized(x: number, location: number, scale: number): number {
  const distance = x - location;
  if (Math.abs(distance) < Infinity) return distance / scale;
  return 2 * ((0.5 * x - 0.5 * location) / scale);
}

/** log(1 + z²/ν). */
export function logOnePlusSquare(z: number, df: number): number {
  const size = Math.abs(z);
  return size < 1e150 ? log1pOne((size * size) / df) : largeSquare(size, df);
}

function largeSquare(size: number, df: number): number {
  const root = size / Math.sqrt(df);
  return root < 1 ? log1pOne(root * root) : 2 * logOne(root);
}
