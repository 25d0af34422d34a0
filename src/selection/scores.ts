import { fail } from "../check.js";
import type { Loss } from "../losses/loss.js";

/** What is predicted for rows that were held out, as numbers or labels, and what was observed. */
export type Metric = (predicted: ArrayLike<unknown>, observed: ArrayLike<unknown>) => number;

/** Scores of the folds, their mean and its standard error. */
export interface FoldScores {
  /** Of each fold. */
  readonly scores: Float64Array;
  /** Their mean, each fold with the weight of its rows. */
  readonly mean: number;
  /** The standard error of that mean, √(weighted variance/(folds − 1)). */
  readonly standardError: number;
}

/** Mean and standard error of scores, weighted. */
export function summarise(scores: Float64Array, weights: Float64Array): FoldScores {
  let total = 0;
  let sum = 0;
  scores.forEach((score, k) => {
    total += weights[k]!;
    sum += weights[k]! * score;
  });
  const mean = sum / total;
  let squares = 0;
  scores.forEach((score, k) => (squares += weights[k]! * ((score - mean) * (score - mean))));
  return { scores, mean, standardError: Math.sqrt(squares / total / (scores.length - 1)) };
}

/** Throws a TypeError unless it is a loss, a function, or not given. */
export function checkMetric(metric: unknown): void {
  if (metric === undefined || typeof metric === "function") return;
  if (typeof metric === "object" && metric !== null && typeof (metric as Loss).kernels === "function") return;
  fail("type", "metric", "a loss, or a function of what was predicted and observed", metric);
}

/** What a metric of one's own gave, which must be a number. */
export function checkScore(score: unknown): number {
  if (typeof score !== "number" || score !== score) fail("type", "metric", "a function that gives a number", score);
  return score;
}
