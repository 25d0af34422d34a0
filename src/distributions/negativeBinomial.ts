import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { fail } from "../check.js";
import { type Split, swapped } from "../special/betaTail.js";
import { betaLower } from "../special/incompleteBeta.js";
import type { Distribution } from "./distribution.js";
import { makeDiscrete } from "./discrete.js";
import { drawGamma } from "./drawGamma.js";
import { drawPoisson } from "./drawPoisson.js";
import { readOptions, readPositive } from "./options.js";
import { logBetaTerm } from "./terms.js";

/** Parameters of a negative binomial distribution. */
export interface NegativeBinomialParameters {
  /** The mean; > 0. */
  readonly mean: number;
  /** α in the variance, mean + α·mean²; its inverse is the size (also theta or r); > 0. */
  readonly dispersion: number;
}

/** The distribution itself; `fits/negativeBinomial.ts` has it with its fit. */
export function negativeBinomial(options: NegativeBinomialParameters): Distribution<NegativeBinomialParameters> {
  const given = readOptions(options, ["mean", "dispersion"]);
  const mean = readPositive("mean", given.mean);
  const dispersion = readPositive("dispersion", given.dispersion);
  const size = 1 / dispersion;
  const ratio = dispersion * mean;
  if (ratio === Infinity) fail("range", "dispersion", "one that times the mean is finite", dispersion);
  const x = 1 / (1 + ratio);
  const split: Split = { x, xLow: 0, y: ratio < 1 ? ratio * x : ratio / (1 + ratio), yLow: 0 };
  const atZero = ratio === 0 ? -mean : -size * log1pOne(ratio);
  return makeDiscrete({
    name: "negativeBinomial",
    parameters: { mean, dispersion },
    support: [0, Infinity],
    mean,
    variance: mean + dispersion * mean * mean,
    entropy: null,
    logDensity: (k) => (k === 0 ? atZero : logBetaTerm(split, size, k) - logOne(k)),
    cdf: (k) => betaLower(split, size, k + 1),
    survival: (k) => betaLower(swapped(split), k + 1, size),
    draw: (random) => drawPoisson(random, drawGamma(random, size) * ratio),
  });
}
