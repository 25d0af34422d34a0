import { fail } from "../check.js";
import { ordinal } from "../likelihoods/ordinal.js";
import type { MatrixInput } from "../matrix.js";
import { parallel } from "../models/parallel.js";
import {
  type ClassificationOptions,
  type Estimator,
  type Statement,
  checkRegression,
  makeEstimator,
  startRegression,
} from "./estimator.js";
import type { FitWork, StoredWork } from "./fitWork.js";
import { type Label, encodeLabels } from "./labels.js";

/** Ordinal regression: y of K classes in order, with their thresholds. */
export function startOrdinal(
  x: MatrixInput,
  statement: Statement,
  options: ClassificationOptions,
  stored?: StoredWork,
): FitWork {
  const { intercept } = options;
  if (intercept !== undefined && intercept !== true) {
    fail("type", "intercept", "nothing: the thresholds are the intercepts", intercept);
  }
  return startRegression(x, { ...statement, model: parallel() }, options, stored);
}

/**
 * Ordinal regression (proportional odds): y of K classes in order, P(y ≤ k) = σ(threshold_k − x·coefficients); cumulative
 * logit link.
 *
 * A coefficient > 0 moves rows to later classes, and each unit of its column multiplies the odds of being beyond any
 * threshold by e^coefficient. Coefficients and thresholds, `fit.thresholds` [K − 1], are estimated together; priors and
 * penalties act on the coefficients. Classes are sorted unless `classes` gives their order, which for names like "low" and
 * "high" it must. `predict` gives the most probable class. Where no optimum exists the fit says so by its status.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Labels [rows]: numbers, strings or booleans, of at least two classes.
 * @param options - `classes`: their order; `prior` or `penalty`, `weights`, `offset`, `names`, `standardize`, `columns`,
 *   `bounds`; those of the minimisation. `start`: [thresholds, coefficients].
 * @returns The fit; its intercept is 0, the thresholds are in its place.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42 (1980)
 * @function
 * @example
 * const pain = ["none", "none", "some", "none", "some", "strong", "some", "strong", "strong"];
 * const dose = [[9], [8], [8], [6], [5], [5], [3], [2], [4]];
 * const fit = ordinalRegression(dose, pain, { classes: ["none", "some", "strong"] });
 * fit.coefficients; // → [-0.81302039662]
 * fit.thresholds; // → [-5.71154644794, -3.280802840949]
 * fit.predictProbabilities([[7]]); // → [0.494899259056, 0.422713125545, 0.0823876153993]
 * fit.predict([[9], [1]]); // → ["none", "strong"]
 */
export const ordinalRegression: Estimator<ArrayLike<Label>, ClassificationOptions> = /*#__PURE__*/ makeEstimator(
  "ordinalRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["classes"]);
    const { classes, indices: targets } = encodeLabels(y, options.classes);
    if (classes.length < 2) fail("range", "y", "labels of at least two classes", `${classes.length} class`);
    return startOrdinal(x, { likelihood: ordinal({ classes: classes.length }), targets, classes }, options, stored);
  },
);
