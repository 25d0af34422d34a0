import { fail } from "../check.js";
import { categorical } from "../likelihoods/categorical.js";
import {
  type ClassificationOptions,
  type Estimator,
  checkRegression,
  makeEstimator,
  startRegression,
} from "./estimator.js";
import { type Label, encodeLabels } from "./labels.js";

/** Options of a softmax regression. */
export interface SoftmaxRegressionOptions extends ClassificationOptions {
  /** The class that the others are compared with, whose coefficients are 0; the first without it. Not beside a prior. */
  readonly reference?: Label;
}

/**
 * Softmax (multinomial logistic) regression: y of K classes, P(class k) = softmax(intercepts + x·coefficientsᵀ)_k.
 *
 * Coefficients are [K × columns]. Without a prior the first class is the reference, or the one that is named: its row is 0,
 * and those of the others are log odds against it; with a prior all K rows are fitted and the intercepts sum to 0. X, labels and options as in `logisticRegression`.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Labels [rows]: strings, numbers or booleans, of at least two classes.
 * @param options - `prior` or `penalty`, `classes`, `reference`, `intercept`, `weights`, `offset`, `names`, `standardize`,
 *   `columns`; those of the minimisation.
 * @returns The fit.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, §4.4
 * @function
 * @example
 * const fit = softmaxRegression([[1], [2], [3], [4], [5], [6]], ["a", "b", "a", "c", "b", "c"]);
 * fit.coefficients; // → [0, 0.910506, 1.821013]
 * fit.predictProbabilities([[1]]); // → [0.815032, 0.176377, 0.008591]
 * fit.predict([[1], [6]]); // → ["a", "c"]
 * softmaxRegression([[1], [2], [3], [4], [5], [6]], ["a", "b", "a", "c", "b", "c"], { reference: "b" }).coefficients; // → [-0.910506, 0, 0.910506]
 */
export const softmaxRegression: Estimator<ArrayLike<Label>, SoftmaxRegressionOptions> = /*#__PURE__*/ makeEstimator(
  "softmaxRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["classes", "reference"]);
    const { classes, indices } = encodeLabels(y, options.classes);
    if (classes.length < 2) fail("range", "y", "labels of at least two classes", `${classes.length} class`);
    const likelihood = categorical({ classes: classes.length });
    const reference = referenceOf(options, classes);
    return startRegression(x, { likelihood, targets: indices, classes, reference }, options, stored);
  },
);

/** The place of the class that others are compared with. */
function referenceOf({ reference, prior, penalty }: SoftmaxRegressionOptions, classes: readonly Label[]): number {
  if (reference === undefined) return 0;
  if (penalty !== undefined || (prior !== undefined && !prior.flat)) {
    fail(
      "type",
      "reference",
      "nothing beside a prior or penalty, under which all classes have coefficients",
      reference,
    );
  }
  const place = classes.indexOf(reference);
  return place >= 0 ? place : fail("range", "reference", `one of the classes ${classes.join(", ")}`, reference);
}
