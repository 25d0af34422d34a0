import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import type { Random } from "../random.js";
import { normalQuantileOne } from "../special/normalQuantile.js";
import { openUniform } from "./make.js";

/** A standard normal number. */
export function drawNormal(random: Random): number {
  return normalQuantileOne(openUniform(random));
}

/**
 * A gamma number of this shape ≥ 1 and rate 1, by rejection from the cube of a normal one: d·v, d = shape − ⅓.
 *
 * Source: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000) 363-372.
 */
function large(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = drawNormal(random);
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    if (logOne(openUniform(random)) < 0.5 * z * z + d * (1 - v + logOne(v))) return d * v;
  }
}

/** The logarithm of a gamma number of rate 1: below shape 1 that of one more, times U^(1/shape), which may underflow. */
export function drawLogGamma(random: Random, shape: number): number {
  if (shape >= 1) return logOne(large(random, shape));
  return logOne(large(random, shape + 1)) + logOne(openUniform(random)) / shape;
}

/** A gamma number of rate 1. */
export function drawGamma(random: Random, shape: number): number {
  return shape >= 1 ? large(random, shape) : expOne(drawLogGamma(random, shape));
}
