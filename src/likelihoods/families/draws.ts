import { sigmoidOne } from "../../backend/typescript/math/sigmoid.js";
import { drawBinomial } from "../../distributions/drawBinomial.js";
import { drawPoisson } from "../../distributions/drawPoisson.js";
import type { Random } from "../../random.js";

/** A Poisson count with this mean; NaN for NaN. */
export function drawCount(mean: number, random: Random): number {
  return mean !== mean ? NaN : drawPoisson(random, mean);
}

/** Successes in trials of probability σ(z), or all less the failures if these are fewer; NaN for NaN. */
export function drawSuccesses(trials: number, z: number, random: Random): number {
  if (z !== z) return NaN;
  const rarer = drawBinomial(random, trials, sigmoidOne(-Math.abs(z)));
  return z > 0 ? trials - rarer : rarer;
}
