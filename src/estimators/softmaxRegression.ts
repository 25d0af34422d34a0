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

/**
 * Softmax (multinomial logistic) regression: y of K classes, P(class k) = softmax(intercepts + x·coefficientsᵀ)_k.
 *
 * Coefficients are [K × columns]. Without a prior the first class is the reference: its row is 0; with one all K rows
 * are fitted and the intercepts sum to 0. X, labels and options as in `logisticRegression`.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Labels [rows]: strings, numbers or booleans, of at least two classes.
 * @param options - `prior` or `penalty`, `classes`, `intercept`, `weights`, `offset`, `names`, `standardize`,
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
 */
export const softmaxRegression: Estimator<ArrayLike<Label>, ClassificationOptions> = /*#__PURE__*/ makeEstimator(
  "softmaxRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["classes"]);
    const { classes, indices } = encodeLabels(y, options.classes);
    if (classes.length < 2) fail("range", "y", "labels of at least two classes", `${classes.length} class`);
    const likelihood = categorical({ classes: classes.length });
    return startRegression(x, { likelihood, targets: indices, classes }, options, stored);
  },
);
