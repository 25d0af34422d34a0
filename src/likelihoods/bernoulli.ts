import { plainBinary } from "../losses/binaryPlain.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Bernoulli distribution of 0 or 1 with P(y = 1) = σ(score): logit link.
 *
 * −log density = ln(1 + e^z) − y·z nats; scores, targets: [rows]; targets 0 or 1; mean σ(z); variance σ(z)(1 − σ(z)).
 * Constant 0. Loss: binary cross-entropy.
 *
 * @returns The likelihood; `logDensity` throws a RangeError, with the row, for fractions.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 4
 * @example
 * const bernoulli = likelihoods.bernoulli();
 * bernoulli.logDensity([0, 2], [1, 1]); // → [-0.69314718056, -0.126928011043]
 * bernoulli.mean([0, 2]); // → [0.5, 0.880797077978]
 */
export function bernoulli(): Likelihood {
  return plainBinary().likelihood!;
}
