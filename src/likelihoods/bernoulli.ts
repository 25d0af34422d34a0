import { binaryCrossEntropy } from "../losses/binaryCrossEntropy.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Bernoulli: P(y = 1) = σ(score). −log density = ln(1 + e^z) − y·z nats; targets 0 or 1; mean σ(z). Constant 0.
 */
export function bernoulli(): Likelihood {
  return binaryCrossEntropy().likelihood!;
}
