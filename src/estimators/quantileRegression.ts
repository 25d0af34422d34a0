import { checkNumber, toFloat64 } from "../check.js";
import { quantile } from "../losses/quantile.js";
import { type Estimator, checkRegression, makeEstimator } from "./estimator.js";
import { type LossRegressionOptions, startLossRegression } from "./lossRegression.js";

/** Options of a quantile regression. */
export interface QuantileOptions extends LossRegressionOptions {
  /** Which quantile: 0 < level < 1; ½, the median, without it. */
  readonly level?: number;
}

/**
 * Quantile regression: the quantile of y at `level`, given x, is intercept + x·coefficients. At ½, the default, these are
 * least absolute deviations.
 *
 * Minimises the mean quantile loss, by an interior point and then an active set, to an exact optimum, proved by its
 * duality gap in `certificate`. Where several parameters do equally well (ties, few rows) the fit is a vertex: it goes
 * through as many rows as it has parameters, and `reason` says so. With an L1, L2 or elastic-net `penalty` or none;
 * others throw. Columns that others determine get 0 and the status "rank-deficient".
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows], finite.
 * @param options - `level`, `penalty`; `intercept`, `weights`, `offset`, `names`, `standardize`, `columns`; those of the
 *   minimisation.
 * @returns The fit.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978)
 * @function
 * @example
 * const fit = quantileRegression([[1], [2], [3], [4], [5]], [1, 2, 3, 4, 50]);
 * fit.coefficients; // → [1]
 * quantileRegression([[1], [2], [3], [4], [5]], [1, 2, 3, 4, 50], { level: 0.9 }).coefficients; // → [12.25]
 */
export const quantileRegression: Estimator<ArrayLike<number>, QuantileOptions> = /*#__PURE__*/ makeEstimator(
  "quantileRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["level"]);
    const { level = 0.5, ...rest } = options;
    checkNumber("level", level, { exclusiveMin: 0, exclusiveMax: 1 });
    const statement = { loss: quantile({ level }), targets: toFloat64("y", y), classes: null };
    return startLossRegression(x, statement, rest, stored);
  },
);
