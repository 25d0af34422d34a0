import { toFloat64 } from "../check.js";
import { poisson } from "../likelihoods/poisson.js";
import {
  type Estimator,
  type RegressionOptions,
  checkRegression,
  makeEstimator,
  startRegression,
} from "./estimator.js";
import { offsetOf } from "./exposure.js";

/** Options of a regression of counts. */
export interface CountOptions extends RegressionOptions {
  /** Time, area or population in which each row was counted, > 0: its logarithm is added to the scores. */
  readonly exposure?: ArrayLike<number>;
}

/**
 * Poisson regression: counts y with mean exposure·exp(intercept + x·coefficients); log link.
 *
 * Maximum likelihood by default, maximum a posteriori with `prior`, empirical risk with `penalty`. Fractions are taken
 * as counts, so that rates may be fitted with their exposures as weights. Where no optimum exists (no count at all, or
 * none for some values of a column) the status says so.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Counts [rows], ≥ 0.
 * @param options - `exposure` [rows]; `prior` or `penalty`, `intercept`, `weights`, `offset`, `names`, `standardize`,
 *   `columns`; those of the minimisation.
 * @returns The fit; `predict` gives means.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 6
 * @function
 * @example
 * const fit = poissonRegression([[0], [1], [2], [3]], [1, 3, 4, 11]);
 * fit.coefficients; // → [0.751796446027]
 * fit.predict([[4]]); // → [22.402702547273]
 */
export const poissonRegression: Estimator<ArrayLike<number>, CountOptions> = /*#__PURE__*/ makeEstimator(
  "poissonRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["exposure"]);
    const targets = toFloat64("y", y);
    const { exposure, ...rest } = options;
    const offset = offsetOf(exposure, rest.offset, targets.length);
    const statement = { likelihood: poisson(), targets, classes: null };
    return startRegression(x, statement, { ...rest, ...(offset && { offset }) }, stored);
  },
);
