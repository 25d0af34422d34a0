import { expOne } from "../backend/typescript/math/exp.js";
import { fail } from "../check.js";
import { dispersionScore } from "../inference/dispersionScore.js";
import { gap } from "../likelihoods/families/gammaShape.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { sum } from "../linalg/vector.js";
import type { Objective } from "../objective.js";
import { log1pmx } from "../special/log1pmx.js";

/** Σ w·f(score, target). */
function total({ data }: Objective, scores: Float64Array, f: (score: number, target: number) => number): number {
  const { targets, weights } = data;
  return sum(
    scores.map((score, i) => {
      const w = weights === null ? 1 : weights[i]!;
      return w === 0 ? 0 : w * f(score, targets![i]!);
    }),
  );
}

/** Half the mean deviance of gamma targets, from their ratios to the means: nothing cancels. */
export function gammaGap(target: Objective, scores: Float64Array): number {
  const halves = total(target, scores, (score, y) => {
    const ratio = y * expOne(-score);
    return -log1pmx(ratio - 1, ratio);
  });
  return halves / target.data.totalWeight;
}

/** The derivative of −Σ w·log density by the logarithm of the parameter, at these scores. */
export function slopeOfSurprisal(
  target: Objective,
  likelihood: Likelihood,
  value: number,
  scores: Float64Array,
): number {
  const { totalWeight: W, targets, weights } = target.data;
  switch (likelihood.joint!.name) {
    case "sd":
      return W - total(target, scores, (score, y) => ((y - score) / value) * ((y - score) / value));
    case "shape":
      return value * W * (gammaGap(target, scores) - gap(value));
    case "dispersion":
      return -value * dispersionScore(targets!, scores.map(expOne), weights, value);
    case "scale": {
      // The slope of the loss by the score, times the residual, over φ, is what the surprisal loses as the scale grows.
      const slopes = target.loss.gradient(scores, targets!, { reduction: "sum" });
      const lost = sum(
        slopes.map((slope, i) => (weights === null ? 1 : weights[i]!) * (slope * (scores[i]! - targets![i]!))),
      );
      return W - lost / target.dispersion;
    }
    default:
      return fail("type", "likelihood", "one with a parameter to be estimated", likelihood.name);
  }
}

/** The derivative of the log density of its prior by the logarithm of the parameter. */
export function slopeOfPrior({ joint }: Likelihood, value: number): number {
  return value * joint!.slope(value);
}
