import { checkChoice, checkOptions, fail } from "../check.js";
import { type ClassLabel, type Labels, readPairs } from "./labels.js";
import { readWeights, readWhenUndefined, type WeightedOptions } from "./rows.js";

/** Options of a metric of predicted classes. */
export interface ClassOptions extends WeightedOptions {
  /** All classes in their order; without it those that occur, ascending (of 0 and 1, −1 and 1, false and true both). */
  readonly classes?: readonly ClassLabel[];
}

/** Options of a metric that may divide 0 by 0. */
export interface QuotientOptions extends ClassOptions {
  /** What to return for 0/0; without it that is an error. */
  readonly whenUndefined?: number;
}

/** Options of a metric of one class that is averaged over several. */
export interface AverageOptions extends QuotientOptions {
  /**
   * binary (default): of the last of two classes. macro: the mean over classes; weighted: by how often they occur; micro: of
   * the counts of all classes together.
   */
  readonly average?: "binary" | "macro" | "micro" | "weighted";
}

/** How often each class was predicted as each. */
export interface ConfusionMatrix {
  /** The classes of rows and columns. */
  readonly classes: readonly ClassLabel[];
  /** Total weight by true class (row) and predicted class (column). */
  readonly matrix: readonly (readonly number[])[];
}

/** Counts of a matrix: on the diagonal, by true class, by predicted class, in all. */
interface Counts {
  readonly matrix: readonly (readonly number[])[];
  readonly hits: readonly number[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly total: number;
}

const CLASS_NAMES = ["weights", "classes"] as const;
const QUOTIENT_NAMES = ["weights", "classes", "whenUndefined"] as const;

/**
 * The confusion matrix: the total weight of each true class (rows) predicted as each class (columns).
 *
 * @param predictions - Predicted labels: strings, numbers or booleans, [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `weights`: one per row; `classes`: all classes in their order.
 * @returns The classes, and the matrix with a row for each true class.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, or no weight.
 * @see Sokolova & Lapalme, "A systematic analysis of performance measures for classification tasks", Information Processing
 *   and Management 45 (2009)
 * @example
 * metrics.confusionMatrix(["a", "b", "b"], ["a", "a", "b"]).matrix; // → [[1, 1], [0, 1]]
 */
export function confusionMatrix(predictions: Labels, targets: Labels, options?: ClassOptions): ConfusionMatrix {
  checkOptions("options", options, CLASS_NAMES);
  const { classes, predicted, actual } = readPairs(predictions, targets, options?.classes);
  const { weights } = readWeights(options?.weights, actual.length);
  const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
  actual.forEach((k, i) => (matrix[k][predicted[i]] += weights === null ? 1 : weights[i]));
  return Object.freeze({
    classes: Object.freeze([...classes]),
    matrix: Object.freeze(matrix.map((row) => Object.freeze(row))),
  });
}

function countsOf(predictions: Labels, targets: Labels, options: ClassOptions | undefined): Counts {
  const { weights, classes } = options ?? {};
  const given = { ...(weights !== undefined && { weights }), ...(classes !== undefined && { classes }) };
  const { matrix } = confusionMatrix(predictions, targets, given);
  const add = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const actual = matrix.map(add);
  return {
    matrix,
    hits: matrix.map((row, k) => row[k]),
    actual,
    predicted: matrix.map((_, k) => add(matrix.map((row) => row[k]))),
    total: add(actual),
  };
}

/** above/below; for 0/0 what the option says, or an error. */
function quotient(above: number, below: number, otherwise: number | undefined, expected: string): number {
  if (below !== 0) return above / below;
  return otherwise ?? fail("range", "predictions", `${expected}, or the option whenUndefined`, "none");
}

/**
 * The share of the weight that is predicted right.
 *
 * @param predictions - Predicted labels: [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `weights`: one per row; `classes`: all classes.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, or no weight.
 * @see Sokolova & Lapalme, "A systematic analysis of performance measures for classification tasks", Information Processing
 *   and Management 45 (2009)
 * @example
 * metrics.accuracy(["a", "b", "b", "b"], ["a", "a", "b", "b"]); // → 0.75
 */
export function accuracy(predictions: Labels, targets: Labels, options?: ClassOptions): number {
  checkOptions("options", options, CLASS_NAMES);
  const { hits, total } = countsOf(predictions, targets, options);
  return hits.reduce((a, b) => a + b, 0) / total;
}

/**
 * The mean over the classes that occur of the share of each that is predicted right (its recall).
 *
 * @param predictions - Predicted labels: [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `weights`: one per row; `classes`: all classes.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, or no weight.
 * @see Brodersen, Ong, Stephan & Buhmann, "The balanced accuracy and its posterior distribution", ICPR 2010
 * @example
 * metrics.balancedAccuracy([1, 0, 0, 0], [1, 1, 0, 0]); // → 0.75
 */
export function balancedAccuracy(predictions: Labels, targets: Labels, options?: ClassOptions): number {
  checkOptions("options", options, CLASS_NAMES);
  const { hits, actual } = countsOf(predictions, targets, options);
  const recalls = hits.flatMap((hit, k) => (actual[k] > 0 ? [hit / actual[k]] : []));
  return recalls.reduce((a, b) => a + b, 0) / recalls.length;
}

/** A quotient of counts of each class, averaged. */
function averaged(
  predictions: Labels,
  targets: Labels,
  options: AverageOptions | undefined,
  below: (actual: number, predicted: number) => number,
  expected: string,
): number {
  checkOptions("options", options, [...QUOTIENT_NAMES, "average"]);
  const average = checkChoice("average", options?.average === undefined ? "binary" : options.average, [
    "binary",
    "macro",
    "micro",
    "weighted",
  ]);
  const otherwise = readWhenUndefined(options?.whenUndefined);
  const { hits, actual, predicted, total } = countsOf(predictions, targets, options);
  const all = hits.map((_, k) => k);
  const of = (k: number): number => quotient(hits[k], below(actual[k], predicted[k]), otherwise, expected);
  if (average === "binary") {
    if (all.length !== 2) fail("range", "average", "macro, micro or weighted for other than two classes", average);
    return of(1);
  }
  const add = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  if (average === "micro") return quotient(add(hits), below(add(actual), add(predicted)), otherwise, expected);
  if (average === "macro") return add(all.map(of)) / all.length;
  return add(all.map((k) => (actual[k] === 0 ? 0 : of(k) * actual[k]))) / total;
}

/**
 * Precision: of what is predicted as a class, the share that is of it, tp/(tp + fp).
 *
 * @param predictions - Predicted labels: [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `average`: over classes; `weights`; `classes`; `whenUndefined`: the answer where nothing is predicted so.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, no weight, no
 *   prediction of a class without `whenUndefined`, or more than two classes without `average`.
 * @see Sokolova & Lapalme, "A systematic analysis of performance measures for classification tasks", Information Processing
 *   and Management 45 (2009)
 * @example
 * metrics.precision([1, 1, 1, 0], [1, 1, 0, 1]); // → 0.666666666667
 */
export function precision(predictions: Labels, targets: Labels, options?: AverageOptions): number {
  return averaged(predictions, targets, options, (_, predicted) => predicted, "the class at least once");
}

/**
 * Recall (sensitivity): of what is of a class, the share that is predicted so, tp/(tp + fn).
 *
 * @param predictions - Predicted labels: [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `average`: over classes; `weights`; `classes`; `whenUndefined`: the answer where a class does not occur.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, no weight, a
 *   class that does not occur without `whenUndefined`, or more than two classes without `average`.
 * @see Sokolova & Lapalme, "A systematic analysis of performance measures for classification tasks", Information Processing
 *   and Management 45 (2009)
 * @example
 * metrics.recall([1, 0, 1, 0], [1, 1, 1, 0]); // → 0.666666666667
 */
export function recall(predictions: Labels, targets: Labels, options?: AverageOptions): number {
  return averaged(predictions, targets, options, (actual) => actual, "targets of the class");
}

/**
 * F1: the harmonic mean of precision and recall, 2·tp/(2·tp + fp + fn).
 *
 * @param predictions - Predicted labels: [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `average`: over classes; `weights`; `classes`; `whenUndefined`: the answer where a class neither occurs nor
 *   is predicted.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, no weight, a
 *   class that is nowhere without `whenUndefined`, or more than two classes without `average`.
 * @see Sokolova & Lapalme, "A systematic analysis of performance measures for classification tasks", Information Processing
 *   and Management 45 (2009)
 * @example
 * metrics.f1([1, 0, 1, 0], [1, 1, 1, 0]); // → 0.8
 */
export function f1(predictions: Labels, targets: Labels, options?: AverageOptions): number {
  return averaged(
    predictions,
    targets,
    options,
    (actual, predicted) => 0.5 * (actual + predicted),
    "the class anywhere",
  );
}

/**
 * Matthews' correlation coefficient φ of predicted and true classes: 1 is perfect, 0 no better than chance, −1 always wrong.
 *
 * @param predictions - Predicted labels: [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `weights`; `classes`; `whenUndefined`: the answer where all predictions or all targets are of one class.
 * @returns Between −1 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, no weight, or
 *   one class only without `whenUndefined`.
 * @see Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", Computational Biology and
 *   Chemistry 28 (2004)
 * @example
 * metrics.matthewsCorrelation([1, 0, 1, 0], [1, 1, 1, 0]); // → 0.577350269190
 */
export function matthewsCorrelation(predictions: Labels, targets: Labels, options?: QuotientOptions): number {
  checkOptions("options", options, QUOTIENT_NAMES);
  const otherwise = readWhenUndefined(options?.whenUndefined);
  const { hits, actual, predicted, total } = countsOf(predictions, targets, options);
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, k) => sum + (value / total) * (b[k] / total), 0);
  const single = actual.some((weight) => weight === total) || predicted.some((weight) => weight === total);
  const spread = single ? 0 : Math.sqrt((1 - product(predicted, predicted)) * (1 - product(actual, actual)));
  const above = hits.reduce((a, b) => a + b, 0) / total - product(actual, predicted);
  return quotient(above, spread, otherwise, "two classes at least, in the targets too");
}

/**
 * Cohen's κ: the agreement of predicted and true classes beyond chance, (p₀ − pₑ)/(1 − pₑ).
 *
 * @param predictions - Predicted labels: [n].
 * @param targets - True labels of the same kind: [n].
 * @param options - `weights`; `classes`; `whenUndefined`: the answer where all predictions and targets are of one class.
 * @returns At most 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a label that is no class, no weight, or
 *   one class only without `whenUndefined`.
 * @see Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960)
 * @example
 * metrics.cohenKappa([1, 0, 1, 0], [1, 1, 1, 0]); // → 0.5
 */
export function cohenKappa(predictions: Labels, targets: Labels, options?: QuotientOptions): number {
  checkOptions("options", options, QUOTIENT_NAMES);
  const otherwise = readWhenUndefined(options?.whenUndefined);
  const { hits, actual, predicted, total } = countsOf(predictions, targets, options);
  const chance = actual.reduce((sum, weight, k) => sum + (weight / total) * (predicted[k] / total), 0);
  const single = actual.some((weight, k) => weight === total && predicted[k] === total);
  const agreement = hits.reduce((a, b) => a + b, 0) / total;
  return quotient(agreement - chance, single ? 0 : 1 - chance, otherwise, "two classes, in the targets or here");
}
