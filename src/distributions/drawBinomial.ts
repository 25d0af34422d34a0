import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import type { Random } from "../random.js";
import { logBinomial } from "./logBinomial.js";
import { openUniform } from "./make.js";

/** Few successes: the waiting times between them, which are geometric. */
function byWaiting(random: Random, n: number, p: number): number {
  if (p === 0) return 0;
  const log = log1pOne(-p);
  let trials = 0;
  for (let k = 0; ; k++) {
    trials += Math.floor(logOne(openUniform(random)) / log) + 1;
    if (trials > n) return k;
  }
}

/**
 * By transformed rejection, for n·p ≥ 10 and p ≤ ½.
 *
 * Source: W. Hörmann, "The generation of binomial random variates", Journal of Statistical Computation and Simulation 46
 * (1993) 101-110.
 */
function byRejection(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const peak = logBinomial(Math.floor((n + 1) * p), n, p);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = openUniform(random);
    const distance = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / distance + b) * u + (n * p + 0.5));
    if (!(k >= 0 && k <= n)) continue;
    if (distance >= 0.07 && v <= squeeze) return k;
    const ratio = (v * alpha) / (a / (distance * distance) + b);
    if (logOne(ratio) <= logBinomial(k, n, p) - peak) return k;
  }
}

/** The number of successes in n trials of probability p. */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  return n * p < 10 ? byWaiting(random, n, p) : byRejection(random, n, p);
}
