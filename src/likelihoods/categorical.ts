import { checkOptions } from "../check.js";
import { checkClasses, plainSoftmax } from "../losses/softmaxPlain.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Categorical distribution of a class with P(y = k) = softmax(scores)_k: multinomial logit link.
 *
 * −log density = ln Σ e^z − z_y nats; scores: [rows × classes]; targets: [rows] class indices 0..classes−1; mean: the
 * probabilities [rows × classes]. Constant 0. Loss: softmax cross-entropy.
 *
 * @param options - `classes`: scores in a row, an integer ≥ 2.
 * @returns The likelihood; `logDensity` throws a RangeError for targets that are no class indices.
 * @throws TypeError or RangeError for `classes` that is no integer ≥ 2.
 * @see Bishop, *Pattern Recognition and Machine Learning*, 2006, §4.3.4
 * @example
 * const categorical = likelihoods.categorical({ classes: 3 });
 * categorical.logDensity([2, 1, 0], [0]); // → [-0.407605964444]
 * categorical.mean([2, 1, 0]); // → [0.6652409558, 0.2447284711, 0.0900305732]
 */
export function categorical(options: { readonly classes: number }): Likelihood {
  checkOptions("options", options, ["classes"]);
  return plainSoftmax(checkClasses(options?.classes)).likelihood!;
}
