import { type BinomialOptions, binomial as loss } from "../losses/binomial.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Binomial distribution of successes in n trials, each with probability σ(score): logit link.
 *
 * −log density = n·ln(1 + e^z) − y·z − ln of the number of ways (n over y) nats; scores, targets: [rows]; targets whole
 * numbers 0..n; mean n·σ(z); variance n·σ(z)(1 − σ(z)). Constant: −ln of the number of ways. Loss: binomial. A data set
 * holds the successes as targets; the trials stay here, beside its rows, and weights count whole rows. Fits predict the
 * probability σ(z) of a success. Samples: waiting times where few successes are expected, else transformed rejection.
 *
 * @param options - `trials`: a whole number ≥ 1 for all rows, or one per row.
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for a target that is no count 0..n, and its methods
 *   for another number of rows than there are trials.
 * @throws TypeError or RangeError, with the row, for `trials` that are no whole numbers ≥ 1.
 * @see Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993)
 * @example
 * const binomial = likelihoods.binomial({ trials: [10, 4] });
 * binomial.logDensity([0, 1], [7, 4]); // → [-2.14398006282, -1.253046750073]
 * binomial.mean([0, 1]); // → [5, 2.924234314520]
 * const data = dataset([[0], [1]], [7, 4]);
 * mle({ data, likelihood: likelihoods.binomial({ trials: [10, 5] }) }).intercept; // → 0.847297860387
 */
export function binomial(options: BinomialOptions): Likelihood {
  return loss(options).likelihood!;
}
