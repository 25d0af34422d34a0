import { type PoissonOptions, poisson as loss } from "../losses/poisson.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Poisson distribution of a count with mean μ = e^score: log link.
 *
 * −log density = μ − y·z + ln y! nats; scores, targets: [rows]; targets whole numbers ≥ 0; mean and variance μ. Constant: ln
 * y!. Loss: Poisson. With an `exposure` E the mean is E·e^z, and fits predict the rate e^z; the same as an offset of ln E in
 * the data set, with which fits predict means and new rows must bring theirs. Samples: a product of uniform numbers below a
 * mean of 10, else transformed rejection.
 *
 * @param options - `exposure`: one number > 0 for all rows, or one per row.
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for a target that is no count.
 * @throws TypeError or RangeError, with the row, for an `exposure` that is no finite number > 0.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 6
 * @see Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance: Mathematics and
 *   Economics 12 (1993)
 * @example
 * const poisson = likelihoods.poisson();
 * poisson.logDensity([0, 1], [0, 3]); // → [-1, -1.510041297687]
 * poisson.mean([0, 1]); // → [1, 2.718281828459]
 * poisson.sample([0, 1, 5], random(1)); // → [1, 0, 170]
 * const fit = mle({ data: dataset([[0], [1]], [3, 8]), likelihood: likelihoods.poisson({ exposure: [10, 20] }) });
 * fit.predict([[0], [1]]); // → [0.3, 0.4]
 */
export function poisson(options?: PoissonOptions): Likelihood {
  return loss(options).likelihood!;
}
