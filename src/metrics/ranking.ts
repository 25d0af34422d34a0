import { checkOptions, fail } from "../check.js";
import type { ClassOptions } from "./confusion.js";
import { type Labels, readTargets } from "./labels.js";
import { type Probabilities, readPredicted } from "./probabilities.js";
import { readFinite, readWeights } from "./rows.js";

/** Rates at every threshold from above all scores down. */
export interface RocCurve {
  /** Distinct scores descending, after Infinity. */
  readonly thresholds: Float64Array;
  /** The share of the negatives with a score of at least the threshold. */
  readonly falsePositiveRates: Float64Array;
  /** The share of the positives with a score of at least the threshold. */
  readonly truePositiveRates: Float64Array;
}

/** Precision and recall at every threshold from above all scores down. */
export interface PrecisionRecallCurve {
  /** Distinct scores descending, after Infinity. */
  readonly thresholds: Float64Array;
  /** Of what has a score of at least the threshold the share of positives; 1 at the first. */
  readonly precisions: Float64Array;
  /** The share of the positives with a score of at least the threshold. */
  readonly recalls: Float64Array;
}

/** Cumulative weights of positives and negatives down to each distinct score. */
interface Ranks {
  readonly thresholds: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function rank(scores: Float64Array, positive: (row: number) => boolean, weights: Float64Array | null): Ranks {
  const order = Array.from(scores, (_, i) => i).filter((i) => weights === null || weights[i] > 0);
  order.sort((i, j) => scores[j] - scores[i]);
  const thresholds = [Infinity];
  const positives = [0];
  const negatives = [0];
  for (const i of order) {
    if (scores[i] !== thresholds[thresholds.length - 1]) {
      thresholds.push(scores[i]);
      positives.push(positives[positives.length - 1]);
      negatives.push(negatives[negatives.length - 1]);
    }
    (positive(i) ? positives : negatives)[thresholds.length - 1] += weights === null ? 1 : weights[i];
  }
  return {
    thresholds: Float64Array.from(thresholds),
    positives: Float64Array.from(positives),
    negatives: Float64Array.from(negatives),
  };
}

const last = (values: Float64Array): number => values[values.length - 1];

function ranksOf(scores: ArrayLike<number>, targets: Labels, options: ClassOptions | undefined, both: boolean): Ranks {
  checkOptions("options", options, ["weights", "classes"]);
  const { actual } = readTargets(targets, options?.classes, 2);
  const s = readFinite("scores", scores, actual.length);
  const { weights } = readWeights(options?.weights, actual.length);
  return checkRanks(
    rank(s, (i) => actual[i] === 1, weights),
    both,
  );
}

function checkRanks(ranks: Ranks, both: boolean): Ranks {
  if (last(ranks.positives) === 0) fail("range", "targets", "at least one positive of weight > 0", "none");
  if (both && last(ranks.negatives) === 0) fail("range", "targets", "at least one negative of weight > 0", "none");
  return ranks;
}

/** The area below the curve by trapezia, which count a tie as half: Σ n·(before + p/2) over products of exact counts. */
function areaOf({ positives, negatives }: Ranks): number {
  let area = 0;
  for (let k = 1; k < positives.length; k++) {
    area += (negatives[k] - negatives[k - 1]) * (positives[k - 1] + positives[k]);
  }
  return (0.5 * area) / last(positives) / last(negatives);
}

/**
 * The receiver operating characteristic: false and true positive rates at every distinct score taken as the threshold.
 *
 * @param scores - Finite numbers, larger for the last of the two classes: [n].
 * @param targets - True labels of two classes: [n].
 * @param options - `weights`: one per row; `classes`: both classes in their order.
 * @returns Thresholds descending with the rates, from (0, 0) at Infinity to (1, 1).
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, other than two classes of weight > 0, or a
 *   score that is not finite.
 * @see Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27 (2006)
 * @example
 * metrics.rocCurve([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1]).truePositiveRates; // → [0, 0.5, 1, 1]
 */
export function rocCurve(scores: ArrayLike<number>, targets: Labels, options?: ClassOptions): RocCurve {
  const { thresholds, positives, negatives } = ranksOf(scores, targets, options, true);
  return Object.freeze({
    thresholds,
    falsePositiveRates: negatives.map((weight) => weight / last(negatives)),
    truePositiveRates: positives.map((weight) => weight / last(positives)),
  });
}

/**
 * The area under the ROC curve: the probability that a positive has a larger score than a negative, ties counting ½. For
 * probabilities of several classes the mean over them of each against the rest.
 *
 * @param scores - Finite numbers, larger for the last of two classes, [n]; or probabilities of every class, [n × classes]
 *   flat or nested, rows summing to 1.
 * @param targets - True labels: [n].
 * @param options - `weights`: one per row; `classes`: all classes in their order.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a class without weight, or a score that
 *   is not finite.
 * @see Hanley & McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve", Radiology
 *   143 (1982)
 * @example
 * metrics.rocAuc([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1]); // → 0.875
 */
export function rocAuc(scores: Probabilities, targets: Labels, options?: ClassOptions): number {
  const nested = Array.isArray(scores) && scores.some((row) => typeof row === "object" && row !== null);
  if (!nested && scores?.length === targets?.length) {
    return areaOf(ranksOf(scores as ArrayLike<number>, targets, options, true));
  }
  checkOptions("options", options, ["weights", "classes"]);
  const { p, actual, rows, columns } = readPredicted(scores, targets, options?.classes);
  const { weights } = readWeights(options?.weights, rows);
  let sum = 0;
  for (let k = 0; k < columns; k++) {
    const own = Float64Array.from({ length: rows }, (_, i) => p[i * columns + k]);
    sum += areaOf(
      checkRanks(
        rank(own, (i) => actual[i] === k, weights),
        true,
      ),
    );
  }
  return sum / columns;
}

/**
 * Precision and recall at every distinct score taken as the threshold.
 *
 * @param scores - Finite numbers, larger for the last of the two classes: [n].
 * @param targets - True labels of two classes: [n].
 * @param options - `weights`: one per row; `classes`: both classes in their order.
 * @returns Thresholds descending with both, from recall 0 and precision 1 at Infinity to recall 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, no positive of weight > 0, or a score that
 *   is not finite.
 * @see Davis & Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006
 * @example
 * metrics.precisionRecallCurve([0.1, 0.4, 0.8], [0, 1, 1]).precisions; // → [1, 1, 1, 0.666666666667]
 */
export function precisionRecallCurve(
  scores: ArrayLike<number>,
  targets: Labels,
  options?: ClassOptions,
): PrecisionRecallCurve {
  const { thresholds, positives, negatives } = ranksOf(scores, targets, options, false);
  return Object.freeze({
    thresholds,
    precisions: positives.map((weight, k) => (k === 0 ? 1 : weight / (weight + negatives[k]))),
    recalls: positives.map((weight) => weight / last(positives)),
  });
}

/**
 * The average precision, Σ (Rₖ − Rₖ₋₁)·Pₖ over distinct thresholds: precision averaged over recall, without interpolation.
 *
 * @param scores - Finite numbers, larger for the last of the two classes: [n].
 * @param targets - True labels of two classes: [n].
 * @param options - `weights`: one per row; `classes`: both classes in their order.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, no positive of weight > 0, or a score that
 *   is not finite.
 * @see Davis & Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006
 * @example
 * metrics.averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // → 0.833333333333
 */
export function averagePrecision(scores: ArrayLike<number>, targets: Labels, options?: ClassOptions): number {
  const { precisions, recalls } = precisionRecallCurve(scores, targets, options);
  return precisions.reduce((sum, value, k) => (k === 0 ? 0 : sum + (recalls[k] - recalls[k - 1]) * value), 0);
}
