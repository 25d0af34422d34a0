import { joined } from "../joined.js";
import { checkNumber, checkOptions, fail } from "../check.js";
import { type DatasetOptions, dataset } from "../dataset.js";
import { complete } from "../estimators/estimate.js";
import { finish } from "../estimators/finish.js";
import { type ClassificationOptions, DATA_OPTIONS, dataOptions } from "../estimators/estimator.js";
import { type Fit, statedBy } from "../estimators/fit.js";
import type { Label } from "../estimators/labels.js";
import type { Job } from "../job.js";
import { decodeDocument, encodeNumbers } from "../json.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Loss } from "../losses/loss.js";
import type { MatrixInput } from "../matrix.js";
import { linear } from "../models/linear.js";
import { elasticNet } from "../penalties/elasticNet.js";
import { type Plan, lambdaSteps, readPlan } from "./pathPlan.js";
import { Screened } from "./screened.js";
import { type PathState, checkStarted, decodePath, encodePath, newPathState } from "./pathState.js";
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
  /** False where its job was aborted: it then ends where it was. */
  readonly complete: boolean;
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
  /**
   * A stored job goes on at the value of λ that was under way, with the same bits, on another backend too.
   *
   * @param json - What the job's `toJSON` gave, as an object or a string.
   * @param x - X as it was.
   * @param y - Targets as they were.
   * @param options - Those it was started with.
   * @returns The job.
   * @throws TypeError or RangeError naming the field that is wrong, for other data or options too.
   */
  readonly resume: (
    json: unknown,
    x: MatrixInput,
    y: ArrayLike<Label>,
    options?: PathOptions,
  ) => Job<Path, PathProgress>;
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
 * `fitter(regularizationPath, x, y, options)` makes a job of it; one that is aborted has the fits it came to, one stored by
 * its `toJSON` goes on with `regularizationPath.resume(json, x, y, options)`.
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
  {
    start: (x: MatrixInput, y: ArrayLike<Label>, options?: PathOptions) => startPath(x, y, options),
    resume: (json: unknown, x: MatrixInput, y: ArrayLike<Label>, options?: PathOptions) => {
      return startPath(x, y, options, { stored: json });
    },
  },
);

/** What a stored path must have been started with. */
export function fingerprintOfPath(screened: Screened, { alpha, values, ratio }: Plan, options: PathOptions): unknown {
  const { tolerance, maxIterations } = options;
  const list = typeof values === "number" ? values : encodeNumbers(values);
  return {
    ...screened.fingerprint(),
    ...{ alpha, values: list, ratio, tolerance: tolerance ?? null, maxIterations: maxIterations ?? null },
  };
}

function startPath(
  x: MatrixInput,
  y: ArrayLike<Label>,
  options: PathOptions = {},
  from?: { readonly stored: unknown },
): Job<Path, PathProgress> {
  checkOptions("options", options, [...PATH_OPTIONS, "onProgress"]);
  const { onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== "function") {
    fail("type", "onProgress", "a function", onProgress);
  }
  const statement = readStatement(y, options);
  const plan = readPlan(options);
  const screened = makeScreened(x, statement, options);
  const started = fingerprintOfPath(screened, plan, options);
  const restore = (): PathState => {
    if (from === undefined) return newPathState();
    const fields = decodeDocument("path", from.stored, ["started", "state"]);
    checkStarted(fields["started"], started);
    return decodePath("json.state", fields["state"], screened.size);
  };
  const state = orRelease(screened, restore);
  return stepsJob(
    "a path",
    () => pathSteps(screened, statement, plan, state),
    () => screened.release(),
    onProgress,
    {
      aborted: () => pathOf(state, plan.alpha),
      toJSON: () => ({ version: 1, type: "path", started, state: encodePath(state) }),
    },
  );
}

/** What `make` gives; where it throws, `screened` is released. */
export function orRelease<T>(screened: Screened, make: () => T): T {
  try {
    return make();
  } catch (error) {
    screened.release();
    throw error;
  }
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

export function* pathSteps(
  screened: Screened,
  statement: Statement,
  plan: Plan,
  state: PathState = newPathState(),
): Generator<PathProgress | undefined, Path> {
  const { alpha } = plan;
  if (state.place === null) {
    state.values = yield* lambdaSteps(screened, plan);
    state.place = screened.place();
  } else {
    screened.moveTo(state.place);
  }
  const { lambdaMax, lambda } = state.values!;
  const { fits } = state;
  for (let k = fits.length; k < lambda.length; k++) {
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
        state.place = screened.place();
        break;
      }
      yield undefined;
    }
    yield { done: k + 1, of: lambda.length, lambda: own, nonzero: nonzeroOf(fits[k]!) };
  }
  return pathOf(state, alpha);
}

function nonzeroOf({ coefficients }: Fit): number {
  return coefficients.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
}

/** The path as far as it is. */
export function pathOf({ values, fits }: PathState, alpha: number): Path {
  const { lambdaMax, lambda } = values ?? { lambdaMax: NaN, lambda: new Float64Array(0) };
  return Object.freeze({
    complete: values !== null && fits.length === lambda.length,
    lambda: lambda.slice(0, fits.length),
    lambdaMax,
    alpha,
    fits: Object.freeze(fits.slice()),
    nonzero: Object.freeze(fits.map(nonzeroOf)),
  });
}
