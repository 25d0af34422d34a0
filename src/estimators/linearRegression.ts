import { fail, toFloat64 } from "../check.js";
import { TWO_PI } from "../constants.js";
import { type Dataset, dataset } from "../dataset.js";
import { Job } from "../job.js";
import { gaussian, varianceOf } from "../likelihoods/gaussian.js";
import { checkInterceptPrior } from "../objective.js";
import { leastSquares } from "../linalg/leastSquares.js";
import { type Progress, checkSettings, checkStart } from "../minimize.js";
import type { Layout, Terms } from "../priors/terms.js";
import { flatTerms } from "../priors/terms.js";
import { toColumnScale } from "./columnScale.js";
import { gaussianLogLikelihood } from "./estimate.js";
import { logOne } from "../backend/typescript/math/log.js";
import {
  type Estimator,
  type RegressionOptions,
  checkRegression,
  dataOptions,
  makeEstimator,
  readPrior,
  startRegression,
} from "./estimator.js";
import { EXACT_FIT, isExactFit } from "./exactness.js";
import { type Fit, makeFit } from "./fit.js";
import { fitToJSON } from "./fitJSON.js";

/** Options of a linear regression. */
export interface LinearOptions extends RegressionOptions {
  /** Standard deviation of the noise; needed beside a prior, estimated without one. */
  readonly sd?: number;
}

/**
 * Linear regression: y = intercept + x·coefficients + Gaussian noise.
 *
 * Least squares by column-scaled Householder QR with refinement, not by normal equations; with `penalty` ridge, with
 * `prior` and `sd` maximum a posteriori. Columns that others determine are left out, named, and the status is
 * "rank-deficient". `sd` is √(RSS/W) unless given. Nothing is iterated and options of a minimisation are only checked,
 * unless the prior or penalty is no square (an L1 part, a Student t): then it is one.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows], finite.
 * @param options - `prior` with `sd`, or `penalty`; `intercept`, `weights`, `offset`, `names`, `standardize`,
 *   `columns`; those of the minimisation.
 * @returns The fit.
 * @throws TypeError or RangeError naming row and column; for a prior without `sd` too.
 * @see Björck, *Numerical Methods for Least Squares Problems*, 1996
 * @function
 * @example
 * const fit = linearRegression([[0], [1], [2]], [1, 3, 5.3]);
 * fit.intercept; // → 0.95
 * fit.coefficients; // → [2.15]
 * fit.predict([[3]]); // → [7.4]
 */
export const linearRegression: Estimator<ArrayLike<number>, LinearOptions> = /*#__PURE__*/ makeEstimator(
  (x, y, options = {}) => {
    checkRegression(options, ["sd"]);
    const { intercept = true, sd } = options;
    const { prior, penalty } = readPrior(options);
    if (typeof intercept !== "boolean") fail("type", "intercept", "true or false", intercept);
    if (sd !== undefined) varianceOf(sd);
    if (prior !== undefined && !prior.flat && sd === undefined) fail("range", "sd", "a number beside a prior", sd);
    checkSettings(options);
    if ((penalty ?? prior)?.quadratic === false) {
      const likelihood = gaussian(sd === undefined ? {} : { sd });
      return startRegression(x, { likelihood, targets: toFloat64("y", y), classes: null }, options);
    }
    const data = dataset(x, y, dataOptions(options));
    if (!intercept && data.moments !== null) {
      fail("range", "intercept", "true for standardized columns, which are centred", intercept);
    }
    checkStart(options.start, data.columns + (intercept ? 1 : 0));
    let fit: Fit | null = null;
    const run = (): Fit => {
      const layout = { outputs: 1, features: data.columns, intercept };
      const { terms, dispersion } = termsOf(options, layout, data.totalWeight);
      checkInterceptPrior(data, { layout }, terms);
      return solve(data, layout, terms, dispersion, sd, String(penalty ?? prior ?? "flat"));
    };
    return new Job<Fit, Progress>({
      get done() {
        return fit !== null;
      },
      advance() {
        fit ??= run();
        data.release();
        return true;
      },
      result: () => fit!,
      abort: () => fail("type", "job", "one that can end early", "a linear regression, which is one unit of work"),
      toJSON: () => fail("type", "job", "one that can be stored", "a linear regression, which is one unit of work"),
      onProgress: null,
    });
  },
);

function termsOf(
  { prior, penalty, sd }: LinearOptions,
  layout: Layout,
  W: number,
): { terms: Terms; dispersion: number } {
  if (penalty !== undefined) {
    const { dispersion, ...terms } = penalty.terms(layout, W);
    return { terms, dispersion };
  }
  return { terms: prior?.terms(layout) ?? flatTerms(layout), dispersion: sd === undefined ? 1 : sd * sd };
}

/** X with a column of ones before it if there is an intercept, row-major. */
function designOf(data: Dataset, intercept: boolean): Float64Array {
  const { rows, columns } = data;
  const { store, x } = data.vectors();
  const values = store.view(x, rows * columns);
  if (!intercept) return values.slice();
  const design = new Float64Array(rows * (columns + 1));
  for (let i = 0; i < rows; i++) {
    design[i * (columns + 1)] = 1;
    design.set(values.subarray(i * columns, (i + 1) * columns), i * (columns + 1) + 1);
  }
  return design;
}

function targetsOf(data: Dataset): Float64Array {
  const { targets, offsetLength } = data;
  if (targets === null || targets.length !== data.rows) fail("range", "y", `${data.rows} numbers`, targets);
  if (offsetLength === 0) return targets;
  if (offsetLength !== data.rows) fail("range", "offset", `${data.rows} numbers`, `${offsetLength} numbers`);
  const { store, offset } = data.vectors();
  const shift = store.view(offset, data.rows);
  return targets.map((value, i) => value - shift[i]);
}

function solve(data: Dataset, layout: Layout, terms: Terms, phi: number, sd: number | undefined, prior: string): Fit {
  const { rows, totalWeight: W, weights, names } = data;
  const width = data.columns + (layout.intercept ? 1 : 0);
  const solution = leastSquares(designOf(data, layout.intercept), targetsOf(data), rows, width, {
    weights,
    ridge: terms.precision.map((precision) => precision * phi),
    ridgeCentre: terms.mean,
  });
  const { aliased, residualSumOfSquares: rss, coefficients: theta } = solution;
  if (!Number.isFinite(rss)) fail("range", "y", "numbers whose squared residuals do not overflow", rss);
  for (const j of aliased) theta[j] = 0;
  const label = (j: number): string => (layout.intercept ? ["(intercept)", ...names][j] : names[j]);
  const exact = sd === undefined && isExactFit(data, rss / W);
  const variance = exact ? 0 : sd === undefined ? rss / W : sd * sd;
  const surprisal = theta.reduce((sum, value, j) => {
    const distance = value - terms.mean[j];
    return sum + 0.5 * terms.precision[j] * (distance * distance);
  }, 0);
  return makeFit(
    {
      name: "gaussian",
      link: "identity",
      names,
      classes: null,
      ...toColumnScale(layout, data.moments, theta, null),
      sd: Math.sqrt(variance),
      logLikelihood:
        sd === undefined
          ? gaussianLogLikelihood(W, variance)
          : -0.5 * (rss / variance) - 0.5 * W * logOne(TWO_PI * variance),
      objective: (rss / 2 / phi + surprisal) / W,
      offset: data.offsetLength > 0,
      rows,
      totalWeight: W,
      prior,
      status: aliased.length > 0 ? "rank-deficient" : exact ? "boundary" : "converged",
      reason:
        aliased.length === 0
          ? exact
            ? EXACT_FIT
            : "Solved by QR with refinement: the residuals are orthogonal to the columns as far as rounding allows."
          : `Other columns determine ${aliased.map(label).join(", ")}: left out, with coefficient 0. ` +
            "Drop such columns, or use a prior or penalty.",
      iterations: 1,
      evaluations: 1,
      witness: null,
    },
    fitToJSON,
  );
}
