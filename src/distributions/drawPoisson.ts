import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import type { Random } from "../random.js";
import { openUniform } from "./make.js";
import { logGammaTerm } from "./terms.js";

/** Small rates: how many uniform numbers can be multiplied before their product falls below exp(−rate). */
function byProduct(random: Random, rate: number): number {
  const limit = expOne(-rate);
  let product = openUniform(random);
  let k = 0;
  for (; product > limit; k++) product *= openUniform(random);
  return k;
}

/**
 * By transformed rejection with a squeeze, for a rate ≥ 10.
 *
 * Source: W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance: Mathematics
 * and Economics 12 (1993) 39-45.
 */
function byRejection(random: Random, rate: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = openUniform(random);
    const distance = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / distance + b) * u + rate + 0.43);
    if (distance >= 0.07 && v <= squeeze) return k;
    if (!(k >= 0 && k < Infinity) || (distance < 0.013 && v > distance)) continue;
    const ratio = (v * inverseAlpha) / (a / (distance * distance) + b);
    if (logOne(ratio) <= logGammaTerm(k, rate)) return k;
  }
}

/** A Poisson number; of a rate that overflowed it. */
export function drawPoisson(random: Random, rate: number): number {
  if (rate === Infinity) return rate;
  return rate < 10 ? byProduct(random, rate) : byRejection(random, rate);
}
