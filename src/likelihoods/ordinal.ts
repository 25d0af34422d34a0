import { type OrdinalOptions, ordinal as loss } from "../losses/ordinal.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Distribution of one of several classes in order: the class in which a logistic number around the score falls, thresholds
 * dividing them; cumulative logit link (proportional odds).
 *
 * P(y ≤ k) = σ(θ_k − z). −log density = −ln(σ(θ_y − z) − σ(θ_{y−1} − z)) nats; scores: [rows]; targets: [rows] class indices
 * 0..classes−1; mean: the probabilities [rows × classes]; variance p(1 − p) of each. Constant 0. Loss: ordinal. Samples by
 * inversion. Without `thresholds` these are parameters: scores are the θ_k − z, [rows × (classes − 1)], increasing in each row
 * (NaN where they do not), and objectives take `models.parallel()`.
 *
 * @param options - `classes`: an integer ≥ 2; `thresholds`: [classes − 1], increasing, or left out.
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for a target that is no class index.
 * @throws TypeError or RangeError for `classes` or `thresholds` that do not fit.
 * @see McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42 (1980)
 * @example
 * const ordinal = likelihoods.ordinal({ classes: 3, thresholds: [-1, 1] });
 * ordinal.logDensity([0, 2], [1, 2]); // → [-0.771936832905, -0.313261687518]
 * ordinal.mean([0]); // → [0.26894142137, 0.46211715726, 0.26894142137]
 * const free = likelihoods.ordinal({ classes: 3 });
 * const data = dataset([[1], [2], [3], [4], [5], [6]], [0, 1, 0, 1, 2, 2]);
 * const fit = mle({ data, likelihood: free, model: models.parallel() });
 * fit.coefficients; // → [1.7907579897]
 * fit.thresholds; // → [4.379249760939, 8.056993108991]
 */
export function ordinal(options: OrdinalOptions): Likelihood {
  return loss(options).likelihood!;
}
