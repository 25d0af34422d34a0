import { fail } from "../check.js";
import { bernoulli } from "../likelihoods/bernoulli.js";
import {
  type ClassificationOptions,
  type Estimator,
  checkRegression,
  makeEstimator,
  startRegression,
} from "./estimator.js";
import { type Label, encodeLabels } from "./labels.js";

/**
 * Logistic regression: y of two classes, P(second class) = σ(intercept + x·coefficients); Bernoulli, logit link.
 *
 * Maximum likelihood by default, maximum a posteriori with `prior`, empirical risk with `penalty`. Classes are sorted
 * unless `classes` gives their order; the last is the positive one. Where no optimum exists the fit says so by
 * `status`, `reason` and `witness`, and keeps the finite iterate at which that was seen.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Labels [rows]: strings, numbers or booleans, of two classes.
 * @param options - `prior` or `penalty`, `classes`, `intercept`, `weights`, `offset`, `names`, `standardize`,
 *   `columns`; those of the minimisation.
 * @returns The fit.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, §4.4
 * @function
 * @example
 * const hours = { hours: [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4] };
 * const fit = logisticRegression(hours, ["no", "no", "yes", "no", "yes", "no", "yes", "yes"]);
 * fit.coefficients; // → [1.188168720397]
 * fit.predictProbabilities([[3]]); // → [0.709122596218]
 * fit.predict([[3]]); // → ["yes"]
 */
export const logisticRegression: Estimator<ArrayLike<Label>, ClassificationOptions> = /*#__PURE__*/ makeEstimator(
  "logisticRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["classes"]);
    const { classes, indices } = encodeLabels(y, options.classes);
    if (classes.length !== 2) fail("range", "y", "labels of two classes", `${classes.length} classes`);
    return startRegression(x, { likelihood: bernoulli(), targets: indices, classes }, options, stored);
  },
);
