import { joined } from "../joined.js";
import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import { type DatasetOptions, dataset } from "../dataset.js";
import { complete } from "../estimators/estimate.js";
import { finish } from "../estimators/finish.js";
import { type ClassificationOptions, DATA_OPTIONS, dataOptions } from "../estimators/estimator.js";
import { type Fit, statedBy } from "../estimators/fit.js";
import type { Label } from "../estimators/labels.js";
import type { Job } from "../job.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Loss } from "../losses/loss.js";
import type { MatrixInput } from "../matrix.js";
import { linear } from "../models/linear.js";
import { elasticNet } from "../penalties/elasticNet.js";
import { Screened } from "./screened.js";
import { type Statement, readStatement } from "./statement.js";
import { stepsJob } from "./work.js";

/** Options of a path. */
export interface PathOptions extends Omit<
  ClassificationOptions,
  "prior" | "penalty" | "optimizer" | "start" | "onProgress"
> {
  /** The distribution of a target; a Gaussian without it. */
  readonly likelihood?: Likelihood;
  /** A loss instead. */
  readonly loss?: Loss;
  /** α, the share of the L1 part, 0 < α ≤ 1; 1, the lasso, if not given. */
  readonly alpha?: number;
  /** How many values of λ, 100 if not given; or the values themselves, falling. */
  readonly values?: number | ArrayLike<number>;
  /** The last λ over the first; 1e-4 if not given, 1e-2 where there are more columns than rows. */
  readonly ratio?: number;
  /** Told after every value. */
  readonly onProgress?: (progress: PathProgress) => void;
}

/** Told after every value of λ. */
export interface PathProgress {
  /** How many values are done. */
  readonly done: number;
  /** And of how many. */
  readonly of: number;
  /** The value of λ. */
  readonly lambda: number;
  /** Coefficients that are not 0 there. */
  readonly nonzero: number;
}

/** Fits along a path of penalties. */
export interface Path {
  /** λ of each fit, falling. */
  readonly lambda: Float64Array;
  /** The least λ at which all coefficients are 0. */
  readonly lambdaMax: number;
  /** α. */
  readonly alpha: number;
  /** The fit at each λ. */
  readonly fits: readonly Fit[];
  /** Coefficients that are not 0, of each fit. */
  readonly nonzero: readonly number[];
}

/** What makes a path: called, it runs to its end; `fitter` makes a job of it. */
export interface PathMaker {
  /** The whole path. */
  (x: MatrixInput, y: ArrayLike<Label>, options?: PathOptions): Path;
  /**
   * The path as a job.
   *
   * @internal
   */
  readonly start: (x: MatrixInput, y: ArrayLike<Label>, options?: PathOptions) => Job<Path, PathProgress>;
}

export const PATH_OPTIONS: readonly string[] = /*#__PURE__*/ joined<string>(DATA_OPTIONS, [
  "likelihood",
  "loss",
  "alpha",
  "values",
  "ratio",
  "classes",
  "intercept",
  "tolerance",
  "maxIterations",
]);

/** Smallest α that the first λ is divided by: at 0 there would be none. */
const LEAST_ALPHA = 1e-3;

/**
 * Fits along a path of penalties: the mean loss plus λ(α‖coefficients‖₁ + (1 − α)/2·‖coefficients‖²), for λ from the least
 * at which all coefficients are 0 downwards, each fit starting from the one before.
 *
 * 100 values by default, evenly spaced in log λ, down to 1e-4 of the first (1e-2 with more columns than rows). Of many
 * columns those are left out at first that the sequential strong rule says will stay 0; all are checked at the solution
 * and taken in again where the rule was wrong, so that the path is the same without it. Zeros are exact. The intercept is
 * free. Elsewhere: glmnet's lambda and alpha (of a Gaussian, whose targets it standardises, with α < 1 only up to sd(y));
 * scikit-learn's alpha and l1_ratio.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows], or labels where the likelihood has classes.
 * @param options - `likelihood` or `loss`, `alpha`, `values`, `ratio`; `classes`, `intercept`, `weights`, `offset`, `names`,
 *   `standardize`, `columns`, `tolerance`, `maxIterations`, `onProgress`.
 * @returns The path.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status of its fit.
 * @see Tibshirani et al., "Strong rules for discarding predictors in lasso-type problems", Journal of the Royal
 *   Statistical Society B 74 (2012)
 * @see Friedman, Hastie & Tibshirani, "Regularization paths for generalized linear models via coordinate descent", Journal
 *   of Statistical Software 33 (2010)
 * @function
 * @example
 * const path = regularizationPath([[1, 2], [2, 1], [3, 5], [4, 0]], [1, 2, 3, 4], { values: 5 });
 * path.lambdaMax; // → 1.25
 * path.nonzero; // → [0, 1, 1, 1, 1]
 * path.fits[4].coefficients; // → [0.9999, 0]
 */
export const regularizationPath: PathMaker = /*#__PURE__*/ Object.assign(
  (x: MatrixInput, y: ArrayLike<Label>, options?: PathOptions): Path => complete(startPath(x, y, options)),
  { start: (x: MatrixInput, y: ArrayLike<Label>, options?: PathOptions) => startPath(x, y, options) },
);

function startPath(x: MatrixInput, y: ArrayLike<Label>, options: PathOptions = {}): Job<Path, PathProgress> {
  checkOptions("options", options, [...PATH_OPTIONS, "onProgress"]);
  const { onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== "function") {
    fail("type", "onProgress", "a function", onProgress);
  }
  const statement = readStatement(y, options);
  const plan = readPlan(options);
  const screened = makeScreened(x, statement, options);
  return stepsJob(
    "a path, whose fits can be",
    () => pathSteps(screened, statement, plan),
    () => screened.release(),
    onProgress,
  );
}

/** The problem of a path on data of its own. */
export function makeScreened(x: MatrixInput, statement: Statement, options: PathOptions): Screened {
  const { intercept = true, tolerance, maxIterations } = options;
  const model = linear({ intercept });
  if (tolerance !== undefined) checkNumber("tolerance", tolerance, { exclusiveMin: 0 });
  if (maxIterations !== undefined) checkNumber("maxIterations", maxIterations, { min: 0, integer: true });
  const settings = {
    ...(tolerance !== undefined && { tolerance }),
    ...(maxIterations !== undefined && { maxIterations }),
  };
  const data = dataset(x, statement.targets, dataOptions(options as DatasetOptions));
  try {
    if (statement.targets.length !== data.rows) {
      fail("range", "y", `${data.rows} targets, as X has rows`, statement.targets.length);
    }
    return new Screened(data, model, statement, settings);
  } catch (error) {
    data.release();
    throw error;
  }
}

/** α and the values of λ that are asked for. */
export interface Plan {
  readonly alpha: number;
  readonly values: number | Float64Array;
  readonly ratio: number | null;
}

export function readPlan({ alpha = 1, values = 100, ratio }: PathOptions): Plan {
  checkNumber("alpha", alpha, { exclusiveMin: 0, max: 1 });
  if (ratio !== undefined) checkNumber("ratio", ratio, { exclusiveMin: 0, exclusiveMax: 1 });
  if (typeof values === "number") {
    checkNumber("values", values, { min: 1, max: 100_000, integer: true });
    return { alpha, values, ratio: ratio ?? null };
  }
  if (ratio !== undefined) fail("type", "ratio", "nothing beside the values themselves", ratio);
  const given = toFloat64("values", values).slice();
  if (given.length === 0) fail("range", "values", "at least one value", values);
  given.forEach((value, row) => {
    if (!(value >= 0 && value < Infinity)) fail("range", "values", "finite numbers >= 0", value, { row });
    if (row > 0 && !(value < given[row - 1]!)) fail("range", "values", "numbers that fall", value, { row });
  });
  return { alpha, values: given, ratio: null };
}

/** The values of λ, from the least at which all coefficients are 0. */
export function* lambdaSteps(
  screened: Screened,
  { alpha, values, ratio }: Plan,
): Generator<undefined, { readonly lambdaMax: number; readonly lambda: Float64Array }> {
  yield* screened.begin();
  const lambdaMax = screened.largestSlope() / Math.max(alpha, LEAST_ALPHA);
  const least = ratio ?? (screened.data.rows > screened.data.columns ? 1e-4 : 1e-2);
  return { lambdaMax, lambda: typeof values === "number" ? spaced(lambdaMax, least, values) : values };
}

export function* pathSteps(
  screened: Screened,
  statement: Statement,
  plan: Plan,
): Generator<PathProgress | undefined, Path> {
  const { alpha } = plan;
  const { lambdaMax, lambda } = yield* lambdaSteps(screened, plan);
  const fits: Fit[] = [];
  const nonzero: number[] = [];
  for (let k = 0; k < lambda.length; k++) {
    const own = lambda[k]!;
    const penalty = elasticNet({ l1: alpha * own, l2: (1 - alpha) * own });
    const before = alpha * (k === 0 ? Math.max(own, lambdaMax) : lambda[k - 1]!);
    const { target, result } = yield* screened.minimize(penalty, alpha * own, before);
    // Columns that determine each other are no matter here: the penalty chooses.
    const plain = { ...target, likelihood: statement.likelihood, capabilities: [] };
    const finishing = finish(
      plain,
      { classes: statement.classes, prior: String(penalty), stated: statedBy({ penalty }) },
      result,
    );
    for (let step = finishing.next(); ; step = finishing.next()) {
      if (step.done === true) {
        fits.push(step.value);
        break;
      }
      yield undefined;
    }
    nonzero.push(fits[k]!.coefficients.reduce((count, value) => count + (value === 0 ? 0 : 1), 0));
    yield { done: k + 1, of: lambda.length, lambda: own, nonzero: nonzero[k]! };
  }
  return Object.freeze({ lambda, lambdaMax, alpha, fits: Object.freeze(fits), nonzero: Object.freeze(nonzero) });
}

/** Values from `first` to `first·ratio`, evenly spaced in their logarithms. */
function spaced(first: number, ratio: number, count: number): Float64Array {
  const step = count === 1 ? 0 : logOne(ratio) / (count - 1);
  return Float64Array.from({ length: count }, (_, k) => (k === 0 ? first : first * expOne(step * k)));
}
