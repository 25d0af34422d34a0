import { softmaxCrossEntropy } from "../losses/softmaxCrossEntropy.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Categorical: P(y = k) = softmax(scores)_k. −log density = ln Σ e^z − z_y nats; targets class indices 0..classes−1;
 * scores [rows × classes]; mean the probabilities. Constant 0.
 */
export function categorical(options: { readonly classes: number }): Likelihood {
  return softmaxCrossEntropy(options).likelihood!;
}
