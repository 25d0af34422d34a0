import { checkNumber } from "../check.js";
import { splitOf, swapped } from "../special/betaTail.js";
import { betaLower } from "../special/incompleteBeta.js";
import type { Distribution } from "./distribution.js";
import { makeDiscrete } from "./discrete.js";
import { drawBinomial } from "./drawBinomial.js";
import { logBinomial } from "./logBinomial.js";
import { readOptions, readProbability } from "./options.js";

/** Parameters of a binomial distribution. */
export interface BinomialParameters {
  /** How many trials: a whole number up to 2⁵³ − 1. */
  readonly trials: number;
  /** Of success in each. */
  readonly probability: number;
}

/** The distribution itself; `fits/binomial.ts` has it with its fit. */
export function binomial(options: BinomialParameters): Distribution<BinomialParameters> {
  const given = readOptions(options, ["trials", "probability"]);
  const n = checkNumber("trials", given.trials, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
  const p = readProbability("probability", given.probability);
  const split = splitOf(p);
  const certain = p === 0 || p === 1;
  return makeDiscrete({
    name: "binomial",
    parameters: { trials: n, probability: p },
    support: certain ? [n * p, n * p] : [0, n],
    mean: n * p,
    variance: n * p * (1 - p),
    entropy: null,
    logDensity: (k) => logBinomial(k, n, p),
    cdf: (k) => betaLower(swapped(split), n - k, k + 1),
    survival: (k) => betaLower(split, k + 1, n - k),
    draw: (random) => drawBinomial(random, n, p),
  });
}
