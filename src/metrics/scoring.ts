import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { checkNumber, checkOptions } from "../check.js";
import type { ClassOptions } from "./confusion.js";
import type { Labels } from "./labels.js";
import { type Probabilities, readPredicted } from "./probabilities.js";
import { readWeights, weightedMean } from "./rows.js";

/**
 * The log loss (cross-entropy of labels): the mean surprisal −log p(target) in nats; Infinity where a target had probability
 * 0, which is not clipped.
 *
 * @param probabilities - Of the last of two classes, [n]; or of every class, [n × classes] flat or nested, rows summing to 1.
 * @param targets - True labels: strings, numbers or booleans, [n].
 * @param options - `weights`: one per row; `classes`: all classes in their order.
 * @returns The mean, ≥ 0.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a number that is no probability, other
 *   than as many classes, or no weight.
 * @see Gneiting & Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102 (2007)
 * @example
 * metrics.logLoss([0.9, 0.2], ["yes", "no"]); // → 0.164252033486
 * metrics.logLoss([[0.7, 0.2, 0.1]], ["b"], { classes: ["a", "b", "c"] }); // → 1.609437912434
 */
export function logLoss(probabilities: Probabilities, targets: Labels, options?: ClassOptions): number {
  checkOptions("options", options, ["weights", "classes"]);
  const { p, actual, rows, columns } = readPredicted(probabilities, targets, options?.classes);
  return weightedMean(rows, readWeights(options?.weights, rows), (i) => {
    if (columns > 1) return -logOne(p[i * columns + actual[i]]);
    return actual[i] === 1 ? -logOne(p[i]) : -log1pOne(-p[i]);
  });
}

/**
 * The Brier score: the mean of (p − [target is the last class])² for one probability a row, of Σₖ (pₖ − [target is k])² for
 * one per class.
 *
 * @param probabilities - Of the last of two classes, [n]; or of every class, [n × classes] flat or nested, rows summing to 1.
 * @param targets - True labels: strings, numbers or booleans, [n].
 * @param options - `weights`: one per row; `classes`: all classes in their order.
 * @returns The mean, from 0 to 1, or to 2 for one per class.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a number that is no probability, other
 *   than as many classes, or no weight.
 * @see Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950)
 * @example
 * metrics.brierScore([0.9, 0.2], [true, false]); // → 0.025
 */
export function brierScore(probabilities: Probabilities, targets: Labels, options?: ClassOptions): number {
  checkOptions("options", options, ["weights", "classes"]);
  const { p, actual, rows, columns } = readPredicted(probabilities, targets, options?.classes);
  return weightedMean(rows, readWeights(options?.weights, rows), (i) => {
    if (columns === 1) return (p[i] - actual[i]) * (p[i] - actual[i]);
    let sum = 0;
    for (let k = 0; k < columns; k++) {
      const error = p[i * columns + k] - (actual[i] === k ? 1 : 0);
      sum += error * error;
    }
    return sum;
  });
}

/** Options of the top-k accuracy. */
export interface TopOptions extends ClassOptions {
  /** How many of the likeliest classes count as right. */
  readonly k: number;
}

/**
 * The share of the weight whose target is among the k classes with the largest probabilities; of equal ones the later count
 * first.
 *
 * @param probabilities - Of every class, [n × classes] flat or nested, rows summing to 1.
 * @param targets - True labels: [n].
 * @param options - `k`; `weights`: one per row; `classes`: all classes in their order.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a number that is no probability, other
 *   than as many classes, a k that is no whole number ≥ 1, or no weight.
 * @see Russakovsky et al., "ImageNet large scale visual recognition challenge", IJCV 115 (2015)
 * @example
 * metrics.topAccuracy([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]], [1, 0], { k: 2, classes: [0, 1, 2] }); // → 0.5
 */
export function topAccuracy(probabilities: Probabilities, targets: Labels, options: TopOptions): number {
  checkOptions("options", options, ["k", "weights", "classes"]);
  const most = checkNumber("k", options?.k, { min: 1, integer: true });
  const { p, actual, rows, columns } = readPredicted(probabilities, targets, options.classes);
  const of = (row: number, k: number): number => (columns > 1 ? p[row * columns + k] : k === 1 ? p[row] : 1 - p[row]);
  return weightedMean(rows, readWeights(options.weights, rows), (i) => {
    const own = of(i, actual[i]);
    let before = 0;
    for (let k = 0; k < Math.max(columns, 2); k++) {
      if (of(i, k) > own || (of(i, k) === own && k > actual[i])) before++;
    }
    return before < most ? 1 : 0;
  });
}
