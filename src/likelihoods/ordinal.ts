import { type OrdinalOptions, ordinal as loss } from "../losses/ordinal.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Distribution of one of several classes in order: the class in which a logistic number around the score falls, thresholds
 * dividing them; cumulative logit link (proportional odds).
 *
 * P(y ≤ k) = σ(θ_k − z). −log density = −ln(σ(θ_y − z) − σ(θ_{y−1} − z)) nats; scores: [rows]; targets: [rows] class indices
 * 0..classes−1; mean: the probabilities [rows × classes]; variance p(1 − p) of each. Constant 0. Loss: ordinal. The thresholds
 * are known; so a model has its intercept unless these were free. Samples by inversion.
 *
 * @param options - `classes`: an integer ≥ 2; `thresholds`: [classes − 1], increasing.
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for a target that is no class index.
 * @throws TypeError or RangeError for `classes` or `thresholds` that do not fit.
 * @see McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42 (1980)
 * @example
 * const ordinal = likelihoods.ordinal({ classes: 3, thresholds: [-1, 1] });
 * ordinal.logDensity([0, 2], [1, 2]); // → [-0.771936832905, -0.313261687518]
 * ordinal.mean([0]); // → [0.26894142137, 0.46211715726, 0.26894142137]
 */
export function ordinal(options: OrdinalOptions): Likelihood {
  return loss(options).likelihood!;
}
