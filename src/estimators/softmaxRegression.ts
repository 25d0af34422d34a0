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
 * Coefficients are [K × columns]. Without a prior the first class is the reference: its row is 0; with one all K rows are
 * fitted and the intercepts sum to 0. X, y, options and errors as in `logisticRegression`.
 */
export const softmaxRegression: Estimator<ArrayLike<Label>, ClassificationOptions> = /*#__PURE__*/ makeEstimator(
  (x, y, options = {}) => {
    checkRegression(options, ["classes"]);
    const { classes, indices } = encodeLabels(y, options.classes);
    if (classes.length < 2) fail("range", "y", "labels of at least two classes", `${classes.length} class`);
    const likelihood = categorical({ classes: classes.length });
    return startRegression(x, { likelihood, targets: indices, classes }, options);
  },
);
