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
 * Logistic regression: y of two classes, P(second class) = σ(intercept + x·coefficients).
 *
 * Maximum likelihood by default, maximum a posteriori with `prior`, empirical risk with `penalty`. X: rows, a flat array
 * with `columns`, or named columns; y: labels (strings, numbers or booleans). Where no optimum exists the fit says so by
 * `status`, `reason` and `witness`, and keeps the finite iterate at which that was seen.
 * Throws a TypeError or RangeError naming what is wrong, with row and column.
 */
export const logisticRegression: Estimator<ArrayLike<Label>, ClassificationOptions> = /*#__PURE__*/ makeEstimator(
  (x, y, options = {}) => {
    checkRegression(options, ["classes"]);
    const { classes, indices } = encodeLabels(y, options.classes);
    if (classes.length !== 2) fail("range", "y", "labels of two classes", `${classes.length} classes`);
    return startRegression(x, { likelihood: bernoulli(), targets: indices, classes }, options);
  },
);
