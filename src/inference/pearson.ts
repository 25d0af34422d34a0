import type { Likelihood } from "../likelihoods/likelihood.js";
import { sum } from "../linalg/vector.js";

/** Pearson's X² = Σ w·(y − μ)²/V(μ), V the variance at φ = 1; null for several scores a row or where there is no variance. */
export function pearsonOf(
  likelihood: Likelihood,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
): number | null {
  if (likelihood.loss.classes !== 1 || likelihood.thresholds !== null) return null;
  const means = likelihood.mean(scores);
  const phi = likelihood.dispersion ?? 1;
  const variances = likelihood.variance(scores, likelihood.dispersion === null ? { dispersion: 1 } : {});
  const terms = means.map((mean, i) => {
    const w = weights === null ? 1 : weights[i]!;
    if (w === 0) return 0;
    const away = targets[i]! - mean;
    return w * (away / (variances[i]! / phi)) * away;
  });
  const total = sum(terms);
  return Number.isFinite(total) ? total : null;
}
