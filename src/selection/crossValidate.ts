import { checkOptions, fail } from "../check.js";
import { type Estimator, type RegressionOptions, dataOptions } from "../estimators/estimator.js";
import type { Fit } from "../estimators/fit.js";
import type { Label } from "../estimators/labels.js";
import { binaryCrossEntropy } from "../losses/binaryCrossEntropy.js";
import type { Loss } from "../losses/loss.js";
import { softmaxCrossEntropy } from "../losses/softmaxCrossEntropy.js";
import { squaredError } from "../losses/squaredError.js";
import type { MatrixInput } from "../matrix.js";
import { type FoldOptions, folds as divide } from "./folds.js";
import { type Rows, readRows, splitAt, takeLabels } from "./rows.js";
import { type FoldScores, type Metric, checkMetric, checkScore, summarise } from "./scores.js";

/** How a fit is cross-validated. */
export interface CrossValidationOptions extends Omit<FoldOptions, "folds"> {
  /** How many folds, 5 if not given; or the number of its fold per row. */
  readonly folds?: number | ArrayLike<number>;
  /** A loss of the scores, or a function of what was predicted and observed, less being better. */
  readonly metric?: Loss | Metric;
}

/** What cross-validation gave. */
export interface CrossValidation extends FoldScores {
  /** Which fold each row was held out in. */
  readonly folds: Int32Array;
  /** The fit to the rows outside each fold. */
  readonly fits: readonly Fit[];
  /** What was predicted for each row by the fit that did not see it. */
  readonly predictions: readonly (number | Label)[];
}

const OPTIONS = ["folds", "seed", "stratify", "groups", "metric"] as const;

/**
 * Cross-validation: fits to all rows but a fold, for each fold in turn, and what these cost on the rows they did not see.
 *
 * Everything that a fit learns it learns from its own rows, standardising too. Without a `metric` the cost is the fit's own
 * loss: half the squared error for numbers, cross-entropy for classes (nats), the share of wrong labels for scores that are
 * no probabilities. Folds are seeded; `stratify` and `groups` are labels per row.
 *
 * @param estimator - `linearRegression`, `logisticRegression` or any other ready-made fit.
 * @param x - X, as the estimator takes it.
 * @param y - Its targets or labels.
 * @param options - Its options; or nothing.
 * @param validation - `folds`, `seed`, `stratify` or `groups`, `metric`.
 * @returns Scores per fold, their mean and standard error, the fits, and a prediction for each row.
 * @throws TypeError or RangeError for what is no estimator, for folds that make no sense; what the estimator throws, such
 *   as for a class that is in one fold alone.
 * @see Stone, "Cross-validatory choice and assessment of statistical predictions", Journal of the Royal Statistical Society
 *   B 36 (1974)
 * @example
 * const x = [[1], [2], [3], [4], [5], [6]];
 * const result = crossValidate(linearRegression, x, [1, 2.1, 2.9, 4.2, 5, 5.9], {}, { folds: [0, 1, 2, 0, 1, 2] });
 * result.scores.length; // → 3
 * result.mean < 0.03; // → true
 */
export function crossValidate<Y extends ArrayLike<Label>, Options extends object>(
  estimator: Estimator<Y, Options>,
  x: MatrixInput,
  y: Y,
  options?: Options,
  validation: CrossValidationOptions = {},
): CrossValidation {
  const plan = planValidation(estimator, x, y, options, validation);
  const folds = Array.from({ length: plan.count }, (_, fold) => {
    const train = trainingOf<Y, Options>(plan, fold);
    return scored(plan, fold, heldOut(plan, fold, estimator(train.x, train.y, train.options)));
  });
  return assemble(plan, folds);
}

/** What is cross-validated: rows, the fold of each, and how fits are scored. */
export interface ValidationPlan<Y extends ArrayLike<Label>> {
  readonly rows: Rows;
  readonly y: Y;
  readonly given: object;
  readonly assigned: Int32Array;
  readonly count: number;
  readonly metric: Loss | Metric | undefined;
}

/** Reads the arguments of a cross-validation; throws for those that make no sense. */
export function planValidation<Y extends ArrayLike<Label>, Options extends object>(
  estimator: Estimator<Y, Options>,
  x: MatrixInput,
  y: Y,
  options: Options | undefined,
  validation: CrossValidationOptions,
): ValidationPlan<Y> {
  if (typeof estimator !== "function" || typeof (estimator as Partial<Estimator<Y, Options>>).start !== "function") {
    fail("type", "estimator", "a fit such as logisticRegression", estimator);
  }
  checkOptions("validation", validation, OPTIONS);
  checkMetric(validation.metric);
  const given = (options === undefined ? {} : options) as RegressionOptions & { readonly classes?: readonly Label[] };
  if (typeof given !== "object" || given === null) fail("type", "options", "an object of options", options);
  const rows = readRows(x, dataOptions(given));
  if (typeof y?.length !== "number" || y.length !== rows.rows) {
    fail("range", "y", `${rows.rows} targets, as X has rows`, y);
  }
  const assigned = readFolds(rows.rows, validation);
  const count = assigned.reduce((most, fold) => Math.max(most, fold + 1), 0);
  return { rows, y, given, assigned, count, metric: validation.metric };
}

/** What the fit without a fold takes. */
export function trainingOf<Y extends ArrayLike<Label>, Options extends object>(
  { rows, y, given, assigned }: Pick<ValidationPlan<Y>, "rows" | "y" | "given" | "assigned">,
  fold: number,
): { readonly x: MatrixInput; readonly y: Y; readonly options: Options } {
  const { train } = splitAt(assigned, fold);
  return {
    x: rows.x(train),
    y: takeLabels(y, train),
    options: { ...given, ...rows.options(train) } as unknown as Options,
  };
}

/** What the fit without a fold says of its rows. */
export interface HeldOut {
  readonly fit: Fit;
  readonly scores: Float64Array;
  readonly predicted: ArrayLike<number | Label>;
}

/** The rows of a fold as the fit without them sees them. */
export function heldOut(
  { rows, assigned }: Pick<ValidationPlan<never>, "rows" | "assigned">,
  fold: number,
  fit: Fit,
): HeldOut {
  const { test } = splitAt(assigned, fold);
  const [x, offset] = [rows.x(test), rows.offset(test)];
  const predicted = fit.predict(x, offset);
  return { fit, predicted, scores: fit.scores(x, offset) };
}

/** A fold, with what it costs. */
interface Scored extends HeldOut {
  readonly score: number;
  readonly weight: number;
}

/** What a fit costs on the rows that it did not see. */
export function scored<Y extends ArrayLike<Label>>(plan: ValidationPlan<Y>, fold: number, held: HeldOut): Scored {
  const { test } = splitAt(plan.assigned, fold);
  const weights = plan.rows.options(test).weights as Float64Array | undefined;
  const weight = weights === undefined ? test.length : weights.reduce((sum, w) => sum + w, 0);
  const { fit, scores, predicted } = held;
  const score = scoreOf(fit, scores, predicted, takeLabels(plan.y, test), weights, plan.metric);
  return { ...held, score, weight };
}

/** What all folds gave, in their order. */
export function assemble<Y extends ArrayLike<Label>>(
  { rows, assigned }: ValidationPlan<Y>,
  folds: readonly Scored[],
): CrossValidation {
  const scores = Float64Array.from(folds, ({ score }) => score);
  const weights = Float64Array.from(folds, ({ weight }) => weight);
  const predictions = new Array<number | Label>(rows.rows);
  folds.forEach(({ predicted }, fold) => {
    splitAt(assigned, fold).test.forEach((row, i) => (predictions[row] = predicted[i] as number | Label));
  });
  const fits = Object.freeze(folds.map(({ fit }) => fit));
  return Object.freeze({ ...summarise(scores, weights), folds: assigned, fits, predictions });
}

/** The fold of each row: as given, or at random. Throws unless each number below the largest is that of a row. */
export function readFolds(rows: number, validation: Omit<CrossValidationOptions, "metric">): Int32Array {
  const { folds, seed, stratify, groups } = validation;
  if (folds === undefined || typeof folds === "number") {
    return divide(rows, {
      ...(folds !== undefined && { folds }),
      ...(seed !== undefined && { seed }),
      ...(stratify !== undefined && { stratify }),
      ...(groups !== undefined && { groups }),
    });
  }
  for (const [name, value] of Object.entries({ seed, stratify, groups })) {
    if (value !== undefined) fail("type", name, "nothing beside the folds themselves", value);
  }
  if (typeof folds !== "object" || typeof folds?.length !== "number")
    fail("type", "folds", "a number of folds, or one per row", folds);
  if (folds.length !== rows) fail("range", "folds", `one number per row, ${rows}`, folds);
  const out = Int32Array.from({ length: rows }, (_, row) => {
    const fold = folds[row]!;
    if (!(Number.isInteger(fold) && fold >= 0 && fold < rows))
      fail("range", "folds", "whole numbers from 0", fold, { row });
    return fold;
  });
  const used = new Set(out);
  for (let fold = 0; fold < Math.max(2, ...used); fold++) {
    if (!used.has(fold)) fail("range", "folds", "at least two folds, and every number up to the largest", fold);
  }
  return out;
}

/** What a fit costs on rows that it did not see. */
export function scoreOf(
  fit: Pick<Fit, "link" | "classes" | "intercepts">,
  scores: Float64Array,
  predicted: ArrayLike<number | Label>,
  observed: ArrayLike<Label>,
  weights: Float64Array | undefined,
  metric: Loss | Metric | undefined,
): number {
  if (typeof metric === "function") return checkScore(metric(predicted, observed));
  const loss = metric ?? lossOf(fit);
  const options = weights === undefined ? {} : { weights };
  if (loss === null) {
    let wrong = 0;
    let total = 0;
    for (let i = 0; i < observed.length; i++) {
      const w = weights === undefined ? 1 : weights[i]!;
      total += w;
      if (predicted[i] !== observed[i]) wrong += w;
    }
    return wrong / total;
  }
  const { classes } = fit;
  const targets =
    classes === null
      ? Array.from(observed as ArrayLike<number>)
      : Array.from(observed, (label) => classes.indexOf(label));
  return loss.value(scores, targets, options);
}

/** The loss of the scores of a fit; null where only their signs mean something. */
function lossOf({ link, classes, intercepts }: Pick<Fit, "link" | "classes" | "intercepts">): Loss | null {
  if (link === "logit") return binaryCrossEntropy();
  if (link === "softmax") return softmaxCrossEntropy({ classes: intercepts.length });
  return link === "identity" && classes === null ? squaredError() : null;
}
