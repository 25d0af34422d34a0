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

/**
 * The negative binomial distribution: Poisson with a rate that is a gamma number of shape 1/dispersion; a count with more
 * variance than a Poisson one.
 *
 * log p(k) = log Γ(k + r) − log Γ(r) − log k! + r·log p + k·log(1 − p) nats, for whole k ≥ 0, with the size r = 1/dispersion
 * and p = r/(r + mean): the number of failures before success number r of probability p.
 *
 * @param options - `mean` and `dispersion`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for one that is not > 0 and finite, or if
 *   their product is not.
 * @see Hilbe, *Negative Binomial Regression*, 2nd ed., 2011
 * @example
 * const d = distributions.negativeBinomial({ mean: 4, dispersion: 0.4 });
 * d.variance; // → 10.4
 * d.density([0, 4]); // → [0.091742, 0.1187]
 */
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
