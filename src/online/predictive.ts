/**
 * The mean of an inverse link under a normal score: what a new target is expected to be, the doubt about the
 * coefficients included.
 *
 * @module
 */

import { expOne } from "../backend/typescript/math/exp.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { normalCdfOne } from "../special/normalCdf.js";

/** Step of the trapezoidal rule below, and where its ends lie. */
const STEP = 0.5;
const NORMAL_END = 9;
const LOGISTIC_END = 40;
/** Below it exp is 0. */
const LOWEST = -746;
const ROOT_HALF_OVER_PI = 0.3989422804014327;

/**
 * E σ(Z), Z ~ N(mean, sd²), by the trapezoidal rule: ∫ φ(t)·σ(mean + sd·t) dt for sd < 1, and from there on the same
 * probability, P(L < Z) of a logistic L, as ∫ σ'(u)·Φ((mean − u)/sd) du. Both integrands are analytic in a strip of
 * half-width π and vanish at the ends, so that the error falls like exp(−2π²/step): 1e-13 of the result.
 *
 * Source: L. N. Trefethen, J. A. C. Weideman, "The exponentially convergent trapezoidal rule", SIAM Review 56 (2014).
 */
export function meanSigmoid(mean: number, sd: number): number {
  // The rarer class, so that a small probability keeps its digits.
  if (mean > 0) return 1 - meanSigmoid(-mean, sd);
  let sum = 0;
  if (sd < 1) {
    for (let t = -NORMAL_END; t <= NORMAL_END; t += STEP) sum += expOne(-0.5 * t * t) * sigmoidOne(mean + sd * t);
    return STEP * ROOT_HALF_OVER_PI * sum;
  }
  const from = Math.floor(Math.max(mean, LOWEST)) - LOGISTIC_END;
  for (let u = from; u <= LOGISTIC_END; u += STEP) {
    const p = sigmoidOne(-Math.abs(u));
    sum += p * (1 - p) * normalCdfOne((mean - u) / sd);
  }
  return STEP * sum;
}

/** E exp(Z), Z ~ N(mean, sd²). */
export function meanExp(mean: number, sd: number): number {
  return expOne(mean + 0.5 * sd * sd);
}
