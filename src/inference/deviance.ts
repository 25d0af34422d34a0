import { logOne } from "../backend/typescript/math/log.js";
import { expOne } from "../backend/typescript/math/exp.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { sum } from "../linalg/vector.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { unitDeviance } from "../special/unitDeviance.js";

/** Deviances of rows of weight 1 by their scores: twice what a perfect prediction would gain, times φ. */
export type RowDeviances = (scores: Float64Array, targets: Float64Array) => Float64Array;

/** Powers of the mean that the variance is, by the likelihood. */
const POWERS: Readonly<Record<string, number>> = { gaussian: 0, poisson: 1, gamma: 2 };

/** The deviances of a likelihood; null where it is no exponential family with a saturated term of its own. */
export function deviancesOf(likelihood: Likelihood): RowDeviances | null {
  const { name, loss } = likelihood;
  if (Object.hasOwn(POWERS, name)) {
    const power = POWERS[name]!;
    return (scores, targets) => {
      const means = likelihood.mean(scores);
      return means.map((mean, i) => unitDeviance(power, mean, targets[i]!));
    };
  }
  switch (name) {
    case "negativeBinomial":
      return negativeBinomial(likelihood);
    case "bernoulli":
    case "binomial":
      return binomial(likelihood);
    case "categorical":
    case "ordinal":
      return (scores, targets) => loss.each(scores, targets).map((value) => 2 * value);
    default:
      return null;
  }
}

/** 2(ℓ − ℓ of the mean that is the target), the successes being counts of trials or a share of one. */
function binomial(likelihood: Likelihood): RowDeviances {
  return (scores, targets) => {
    // The number of trials is what all succeed in.
    const trials = likelihood.name === "binomial" ? likelihood.mean(scores.map(() => Infinity)) : null;
    return likelihood.loss.each(scores, targets).map((value, i) => {
      const n = trials === null ? 1 : trials[i]!;
      const y = targets[i]!;
      const term = (k: number): number => (k === 0 || k === n ? 0 : k * logOne(k / n));
      return 2 * (value + (term(y) + term(n - y)));
    });
  };
}

/** 2(y·ln(y/μ) − (y + 1/α)·ln((1 + αy)/(1 + αμ))). */
function negativeBinomial(likelihood: Likelihood): RowDeviances {
  // α as far out as it is all that counts.
  const far = expOne(300);
  const alpha = (likelihood.variance([300])[0]! / far - 1) / far;
  return (scores, targets) =>
    scores.map((score, i) => {
      const mean = expOne(score);
      const y = targets[i]!;
      if (y === 0) return (2 / alpha) * log1pOne(alpha * mean);
      const ratio = log1pOne((alpha * (y - mean)) / (1 + alpha * mean));
      return 2 * (y * logOne(y / mean) - (y + 1 / alpha) * ratio);
    });
}

/** Σ w·deviance. */
export function totalDeviance(
  of: RowDeviances,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
): number {
  return sum(
    of(scores, targets).map((value, i) => (weights === null ? value : weights[i] === 0 ? 0 : weights[i]! * value)),
  );
}
