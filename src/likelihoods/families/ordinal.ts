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

/** Times the probability of a class below or above. */
function spread(a: number, b: number): number {
  return between(a, b) * (sigmoidOne(a) + sigmoidOne(-b));
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

/** The same of rows of scores that hold the thresholds: [rows × (classes − 1)]; NaN in rows that do not increase. */
function eachOpen(scores: Float64Array, classes: number, f: (a: number, b: number) => number): Float64Array {
  const out = new Float64Array((scores.length / (classes - 1)) * classes);
  for (let i = 0, at = 0; at < out.length; i++, at += classes) {
    const row = scores.subarray(i * (classes - 1), (i + 1) * (classes - 1));
    const increasing = row.every((score, k) => (k === 0 ? score === score : score > row[k - 1]!));
    for (let k = 0; k < classes; k++) {
      out[at + k] = increasing ? f(k === 0 ? -Infinity : row[k - 1]!, k === classes - 1 ? Infinity : row[k]!) : NaN;
    }
  }
  return out;
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
    (scores) => each(scores, thresholds, spread),
    thresholds,
  );
}

/** Classes in order with P(y ≤ k) = σ(score k). */
export function openOrdinalOf(loss: Loss): Likelihood {
  const classes = loss.classes + 1;
  return classesOf(
    "ordinal",
    loss,
    classes,
    "cumulativeLogit",
    (scores) => eachOpen(scores, classes, between),
    (scores) => eachOpen(scores, classes, spread),
  );
}
