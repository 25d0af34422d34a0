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

/**
 * The binomial distribution: the number of successes in independent trials.
 *
 * log p(k) = log C(trials, k) + k·log probability + (trials − k)·log(1 − probability) nats, for whole k from 0 to trials.
 *
 * @param options - `trials` and `probability`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for trials that are no whole number from 0 to 2⁵³ − 1 or a probability
 *   outside [0, 1].
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000
 * @example
 * const d = distributions.binomial({ trials: 20, probability: 0.3 });
 * d.density([0, 6]); // → [0.000797922663, 0.191638982753]
 * d.survival(19); // → 3.486784401e-11
 * d.quantile(0.5); // → 6
 */
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
