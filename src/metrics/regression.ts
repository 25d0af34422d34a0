import { checkNumber, checkOptions, fail } from "../check.js";
import { readFinite, readWeights, readWhenUndefined, weightedMean, weightedSum, type WeightedOptions } from "./rows.js";

/** Options of a metric that compares with the spread of the targets. */
export interface SpreadOptions extends WeightedOptions {
  /** What to return where all targets are equal, which has no answer; without it that is an error. */
  readonly whenUndefined?: number;
}

/** The weighted mean of a function of prediction and target. */
function meanOf(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: WeightedOptions | undefined,
  f: (prediction: number, target: number) => number,
): number {
  checkOptions("options", options, ["weights"]);
  const y = readFinite("targets", targets);
  const p = readFinite("predictions", predictions, y.length);
  return weightedMean(y.length, readWeights(options?.weights, y.length), (i) => f(p[i], y[i]));
}

/**
 * The mean squared error, Σ w·(prediction − target)²/Σ w, without the ½ of `losses.squaredError`; in squared units.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers: [n].
 * @param options - `weights`: one per row.
 * @returns The mean, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, or no weight.
 * @see Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, section 2.4
 * @example
 * metrics.meanSquaredError([1, 2, 4], [1, 3, 2]); // → 1.666666666667
 */
export function meanSquaredError(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: WeightedOptions,
): number {
  return meanOf(predictions, targets, options, (p, y) => (p - y) * (p - y));
}

/**
 * The square root of the mean squared error, in the units of the targets.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers: [n].
 * @param options - `weights`: one per row.
 * @returns The root, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, or no weight.
 * @see Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, section 2.4
 * @example
 * metrics.rootMeanSquaredError([1, 2, 4], [1, 3, 2]); // → 1.290994448736
 */
export function rootMeanSquaredError(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: WeightedOptions,
): number {
  return Math.sqrt(meanSquaredError(predictions, targets, options));
}

/**
 * The mean absolute error, Σ w·|prediction − target|/Σ w.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers: [n].
 * @param options - `weights`: one per row.
 * @returns The mean, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, or no weight.
 * @see Willmott & Matsuura, "Advantages of the mean absolute error over the root mean square error", Climate Research 30 (2005)
 * @example
 * metrics.meanAbsoluteError([1, 2, 4], [1, 3, 2]); // → 1
 */
export function meanAbsoluteError(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: WeightedOptions,
): number {
  return meanOf(predictions, targets, options, (p, y) => Math.abs(p - y));
}

/**
 * The mean absolute error relative to the target, Σ w·|prediction − target|/|target|/Σ w, as a fraction.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers other than 0: [n].
 * @param options - `weights`: one per row.
 * @returns The mean, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, a target of
 *   0, or no weight.
 * @see Hyndman & Koehler, "Another look at measures of forecast accuracy", International Journal of Forecasting 22 (2006)
 * @example
 * metrics.meanAbsolutePercentageError([1, 2, 4], [1, 4, 2]); // → 0.5
 */
export function meanAbsolutePercentageError(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: WeightedOptions,
): number {
  const y = readFinite("targets", targets);
  const zero = y.indexOf(0);
  if (zero >= 0) fail("range", "targets", "numbers other than 0", 0, { row: zero });
  return meanOf(predictions, y, options, (p, target) => Math.abs(p - target) / Math.abs(target));
}

/**
 * The median of |prediction − target|: the middle one, or the mean of the two in the middle.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers: [n].
 * @returns The median, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, or no rows.
 * @see Huber & Ronchetti, *Robust Statistics*, 2nd ed., 2009
 * @example
 * metrics.medianAbsoluteError([1, 2, 4], [1, 3, 2]); // → 1
 */
export function medianAbsoluteError(predictions: ArrayLike<number>, targets: ArrayLike<number>): number {
  const errors = absoluteErrors(predictions, targets).sort();
  const middle = Math.floor(errors.length / 2);
  return errors.length % 2 === 1 ? errors[middle] : 0.5 * errors[middle - 1] + 0.5 * errors[middle];
}

/**
 * The largest |prediction − target|.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers: [n].
 * @returns The largest error, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, or no rows.
 * @see Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., 2002, chapter 6
 * @example
 * metrics.maximumError([1, 2, 4], [1, 3, 2]); // → 2
 */
export function maximumError(predictions: ArrayLike<number>, targets: ArrayLike<number>): number {
  return absoluteErrors(predictions, targets).reduce((a, b) => Math.max(a, b));
}

function absoluteErrors(predictions: ArrayLike<number>, targets: ArrayLike<number>): Float64Array {
  const y = readFinite("targets", targets);
  const p = readFinite("predictions", predictions, y.length);
  readWeights(undefined, y.length);
  return p.map((value, i) => Math.abs(value - y[i]));
}

/** 1 − Σ w·(e − ē)²/Σ w·(y − ȳ)², ē = 0 unless errors are centred. */
function determination(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: SpreadOptions | undefined,
  centred: boolean,
): number {
  checkOptions("options", options, ["weights", "whenUndefined"]);
  const y = readFinite("targets", targets);
  const p = readFinite("predictions", predictions, y.length);
  const otherwise = readWhenUndefined(options?.whenUndefined);
  const weights = readWeights(options?.weights, y.length);
  const variation = (f: (i: number) => number): number => {
    const first = weightedMean(y.length, weights, f);
    const mean = first + weightedMean(y.length, weights, (i) => f(i) - first);
    return weightedSum(y.length, weights, (i) => (f(i) - mean) * (f(i) - mean));
  };
  const counts = (i: number): boolean => weights.weights === null || weights.weights[i] > 0;
  const one = y.findIndex((_, i) => counts(i));
  if (y.every((value, i) => !counts(i) || value === y[one])) {
    if (otherwise === undefined) fail("range", "targets", "numbers that differ, or the option whenUndefined", y[one]);
    return otherwise;
  }
  const errors = centred
    ? variation((i) => y[i] - p[i])
    : weightedSum(y.length, weights, (i) => (y[i] - p[i]) * (y[i] - p[i]));
  return 1 - errors / variation((i) => y[i]);
}

/**
 * The coefficient of determination R², 1 − Σ w·(y − prediction)²/Σ w·(y − ȳ)²: the share of the variance that the predictions
 * explain; below 0 where they are worse than the mean.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers, not all equal: [n].
 * @param options - `weights`: one per row; `whenUndefined`: the answer where all targets are equal.
 * @returns R², at most 1.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, no weight,
 *   or equal targets without `whenUndefined`.
 * @see Kvålseth, "Cautionary note about R²", The American Statistician 39 (1985)
 * @example
 * metrics.r2([1, 2, 4], [1, 3, 5]); // → 0.75
 */
export function r2(predictions: ArrayLike<number>, targets: ArrayLike<number>, options?: SpreadOptions): number {
  return determination(predictions, targets, options, false);
}

/**
 * The explained variance, 1 − Var(y − prediction)/Var(y): R² if predictions were shifted to have no mean error.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers, not all equal: [n].
 * @param options - `weights`: one per row; `whenUndefined`: the answer where all targets are equal.
 * @returns The share, at most 1.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, no weight,
 *   or equal targets without `whenUndefined`.
 * @see Kvålseth, "Cautionary note about R²", The American Statistician 39 (1985)
 * @example
 * metrics.explainedVariance([2, 4, 6], [1, 3, 5]); // → 1
 */
export function explainedVariance(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: SpreadOptions,
): number {
  return determination(predictions, targets, options, true);
}

/** Options of the pinball loss. */
export interface PinballOptions extends WeightedOptions {
  /** Which quantile is predicted; 0 < level < 1. */
  readonly level: number;
}

/**
 * The mean pinball (quantile) loss: level·(target − prediction) above the prediction, (1 − level)·(prediction − target)
 * below. It is least in the mean at the quantile of this level.
 *
 * @param predictions - Finite numbers: [n].
 * @param targets - Finite numbers: [n].
 * @param options - `level`: of the quantile; `weights`: one per row.
 * @returns The mean, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, a number that is not finite, no weight,
 *   or a level outside (0, 1).
 * @see Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978)
 * @example
 * metrics.pinballLoss([1, 2], [3, 1], { level: 0.9 }); // → 0.95
 */
export function pinballLoss(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: PinballOptions,
): number {
  checkOptions("options", options, ["level", "weights"]);
  const level = checkNumber("level", options?.level, { exclusiveMin: 0, exclusiveMax: 1 });
  const rest = options.weights === undefined ? {} : { weights: options.weights };
  return meanOf(predictions, targets, rest, (p, y) => (y >= p ? level * (y - p) : (1 - level) * (p - y)));
}
