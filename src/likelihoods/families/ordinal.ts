import { expm1One } from "../../backend/typescript/math/expm1.js";
import { sigmoidOne } from "../../backend/typescript/math/sigmoid.js";
import type { Loss } from "../../losses/loss.js";
import type { Likelihood } from "../likelihood.js";
import { classesOf } from "./categorical.js";

/** σ(b) − σ(a) for a ≤ b, without cancellation: σ(b)·σ(−a)·(1 − e^(a−b)). */
function between(a: number, b: number): number {
  const width = a === -Infinity || b === Infinity ? 1 : -expm1One(a - b);
  return sigmoidOne(b) * sigmoidOne(-a) * width;
}

/** [rows × classes], a function of the thresholds around a class less the score. */
function each(scores: Float64Array, thresholds: Float64Array, f: (a: number, b: number) => number): Float64Array {
  const classes = thresholds.length + 1;
  return Float64Array.from({ length: scores.length * classes }, (_, at) => {
    const k = at % classes;
    const z = scores[(at - k) / classes]!;
    if (z !== z) return NaN;
    return f(k === 0 ? -Infinity : thresholds[k - 1]! - z, k === classes - 1 ? Infinity : thresholds[k]! - z);
  });
}

/** The probabilities of classes in order, of rows of one score: [rows × classes]. */
export function ordinalProbabilities(scores: Float64Array, thresholds: Float64Array): Float64Array {
  return each(scores, thresholds, between);
}

/** Classes in order with P(y ≤ k) = σ(thresholds_k − z). */
export function ordinalOf(loss: Loss, thresholds: Float64Array): Likelihood {
  return classesOf(
    "ordinal",
    loss,
    thresholds.length + 1,
    "cumulativeLogit",
    (scores) => ordinalProbabilities(scores, thresholds),
    // Times the probability of a class below or above.
    (scores) => each(scores, thresholds, (a, b) => between(a, b) * (sigmoidOne(a) + sigmoidOne(-b))),
    thresholds,
  );
}
