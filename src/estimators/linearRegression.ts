import { fail, toFloat64 } from "../check.js";
import { type Dataset, dataset } from "../dataset.js";
import { featuresOf } from "../features.js";
import { type GaussianLikelihoodOptions, gaussian, varianceOf } from "../likelihoods/gaussian.js";
import { alone, isEstimate } from "../likelihoods/joint.js";
import { leastSquaresSteps } from "../linalg/leastSquares.js";
import { type MatrixInput, isSparse } from "../matrix.js";
import { checkSettings, checkStart } from "../minimize.js";
import { checkInterceptPrior } from "../objective.js";
import { type Layout, flatTerms, sizeOf } from "../priors/terms.js";
import {
  type Estimator,
  type RegressionOptions,
  checkRegression,
  dataOptions,
  makeEstimator,
  readPrior,
  startRegression,
} from "./estimator.js";
import { statedBy } from "./fit.js";
import { startJoint } from "./startJoint.js";
import { type LeastSquaresStatement, abortedFit, leastSquaresFit } from "./leastSquaresFit.js";
import type { FitWork, StoredWork } from "./fitWork.js";
import { checkStoredSteps, stepsWork, storedSteps } from "./stepsWork.js";

/** Options of a linear regression. */
export interface LinearOptions extends RegressionOptions {
  /**
   * Standard deviation of the noise; needed beside a prior, estimated without one. "estimate": beside a prior it is found
   * together with the coefficients.
   */
  readonly sd?: number | "estimate";
  /** Beside "estimate": the prior of sd, a smooth density on all numbers > 0; without it the same everywhere. */
  readonly sdPrior?: GaussianLikelihoodOptions["sdPrior"];
}

/**
 * Linear regression: y = intercept + x·coefficients + Gaussian noise.
 *
 * Least squares by column-scaled Householder QR with refinement, not by normal equations; with `penalty` ridge, with
 * `prior` and `sd` maximum a posteriori. Columns that others determine are left out, named, and the status is
 * "rank-deficient". `sd` is √(RSS/W) unless given; with `sd: "estimate"` beside a prior the fit is the mode of the joint density
 * of coefficients and sd, as `map` has it. Nothing else is iterated and options of a minimisation are only checked,
 * unless the prior or penalty is no square (an L1 part, a Student t), there are `bounds` (`{ lower: 0 }` is non-negative
 * least squares), or X is sparse: then it is one.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows], finite.
 * @param options - `prior` with `sd`, which may be "estimate" with `sdPrior`, or `penalty`; `intercept`, `weights`, `offset`, `names`, `standardize`,
 *   `columns`, `bounds`; those of the minimisation.
 * @returns The fit.
 * @throws TypeError or RangeError naming row and column; for a prior without `sd` too.
 * @see Björck, *Numerical Methods for Least Squares Problems*, 1996
 * @function
 * @example
 * const fit = linearRegression([[0], [1], [2]], [1, 3, 5.3]);
 * fit.intercept; // → 0.95
 * fit.coefficients; // → [2.15]
 * fit.predict([[3]]); // → [7.4]
 * const noise = { sd: "estimate", sdPrior: distributions.halfCauchy({ scale: 1 }) } as const;
 * linearRegression([[0], [1], [2]], [1, 3, 5.3], { prior: priors.normal({ sd: 1 }), ...noise }).sd; // → 0.070728943067
 */
export const linearRegression: Estimator<ArrayLike<number>, LinearOptions> = /*#__PURE__*/ makeEstimator(
  "linearRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["sd", "sdPrior"]);
    const { sd, sdPrior, ...rest } = options;
    if (!isEstimate("sd", sd, sdPrior)) {
      return startLinear(x, y, { ...rest, ...(sd !== undefined && { sd: sd as number }) }, stored);
    }
    const noise = gaussian({ sd: "estimate", ...(sdPrior !== undefined && { sdPrior }) });
    const likelihood = alone(noise, rest.penalty === undefined && rest.prior?.flat !== false);
    if (likelihood.joint === undefined) return startLinear(x, y, rest, stored);
    return startJoint(x, { likelihood, targets: toFloat64("y", y) }, rest, stored);
  },
);

const UNKNOWN = 'a number beside a prior, or "estimate" for the mode of both';

/** Options of a linear regression whose sd is known or maximum likelihood. */
interface KnownOptions extends RegressionOptions {
  readonly sd?: number;
}

/** The work of a linear regression; `stored` as `begin` has it. */
export function startLinear(x: MatrixInput, y: ArrayLike<number>, options: KnownOptions, stored?: StoredWork): FitWork {
  checkRegression(options, ["sd"]);
  const { intercept = true, sd } = options;
  const { prior, penalty } = readPrior(options);
  if (typeof intercept !== "boolean") fail("type", "intercept", "true or false", intercept);
  if (sd !== undefined) varianceOf(sd);
  if (prior !== undefined && !prior.flat && sd === undefined) fail("range", "sd", UNKNOWN, sd);
  checkSettings(options);
  if ((penalty ?? prior)?.quadratic === false || options.bounds !== undefined || isSparse(x)) {
    const likelihood = gaussian(sd === undefined ? {} : { sd });
    return startRegression(x, { likelihood, targets: toFloat64("y", y), classes: null }, options, stored);
  }
  const data = dataset(x, y, dataOptions(options));
  if (!intercept && data.moments !== null) {
    fail("range", "intercept", "true for standardized columns, which are centred", intercept);
  }
  checkStart(options.start, data.columns + (intercept ? 1 : 0));
  if (stored !== undefined) checkStoredSteps(stored.work, data);
  const statement = (): LeastSquaresStatement => statementOf(data, options);
  return stepsWork({
    classes: null,
    release: () => data.release(),
    *steps() {
      const stated = statement();
      const { layout, terms, dispersion } = stated;
      const design = yield* designOf(data, layout.intercept);
      const solution = yield* leastSquaresSteps(design, targetsOf(data), data.rows, sizeOf(layout), {
        weights: data.weights,
        ridge: terms.precision.map((precision) => precision * dispersion),
        ridgeCentre: terms.mean,
      });
      return yield* leastSquaresFit(data, stated, solution);
    },
    aborted: () => abortedFit(data, statement(), targetsOf(data)),
    toJSON: () => storedSteps(data),
  });
}

function statementOf(data: Dataset, options: KnownOptions): LeastSquaresStatement {
  const { prior, penalty, sd = null, intercept = true } = options;
  const layout: Layout = { outputs: 1, features: data.columns, intercept };
  const description = String(penalty ?? prior ?? "flat");
  const stated = statedBy(options);
  if (penalty !== undefined) {
    const { dispersion, ...terms } = penalty.terms(layout, data.totalWeight);
    checkInterceptPrior(data, { layout }, terms);
    return { layout, terms, dispersion, sd, description, stated };
  }
  const terms = prior?.terms(layout) ?? flatTerms(layout);
  checkInterceptPrior(data, { layout }, terms);
  return { layout, terms, dispersion: sd === null ? 1 : sd * sd, sd, description, stated };
}

/** Rows copied between two yields. */
const ROWS = 256;

/** X with a column of ones before it if there is an intercept, row-major. */
function* designOf(data: Dataset, intercept: boolean): Generator<void, Float64Array> {
  const { rows, columns } = data;
  const shift = intercept ? 1 : 0;
  const design = new Float64Array(rows * (columns + shift));
  for (let i = 0; i < rows; i++) {
    if (i % ROWS === 0) yield;
    const at = i * (columns + shift);
    if (intercept) design[at] = 1;
    design.set(featuresOf(data).subarray(i * columns, (i + 1) * columns), at + shift);
  }
  return design;
}

function targetsOf(data: Dataset): Float64Array {
  const { targets, offsetLength } = data;
  if (targets === null) return fail("type", "y", `${data.rows} numbers`, undefined);
  if (targets.length !== data.rows) fail("range", "y", `${data.rows} numbers`, targets);
  if (offsetLength === 0) return targets;
  if (offsetLength !== data.rows) fail("range", "offset", `${data.rows} numbers`, `${offsetLength} numbers`);
  const { store, offset } = data.vectors();
  const shift = store.view(offset, data.rows);
  return targets.map((value, i) => value - shift[i]);
}
