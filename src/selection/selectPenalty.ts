import { checkOptions, fail } from "../check.js";
import { complete } from "../estimators/estimate.js";
import { dataOptions } from "../estimators/estimator.js";
import type { Fit } from "../estimators/fit.js";
import type { Label } from "../estimators/labels.js";
import type { Job } from "../job.js";
import type { Loss } from "../losses/loss.js";
import type { MatrixInput } from "../matrix.js";
import { type CrossValidationOptions, readFolds, scoreOf } from "./crossValidate.js";
import {
  PATH_OPTIONS,
  type Path,
  type PathOptions,
  type PathProgress,
  makeScreened,
  fingerprintOfPath,
  orRelease,
  pathOf,
  pathSteps,
} from "./regularizationPath.js";
import { type Plan, readPlan } from "./pathPlan.js";
import { type PathState, newPathState } from "./pathState.js";
import { type Rows, readRows, splitAt, takeLabels } from "./rows.js";
import { type Metric, checkMetric, summarise } from "./scores.js";
import { type Statement, readStatement } from "./statement.js";
import { type FoldCosts, encodeState, readState } from "./selectionState.js";
import { stepsJob } from "./work.js";

/** Options of a choice of the penalty: those of its path, and how it is cross-validated. */
export interface SelectPenaltyOptions extends PathOptions, CrossValidationOptions {}

/** A penalty chosen by cross-validation. */
export interface PenaltySelection {
  /** False where its job was aborted: it then chooses by the folds that were done, two at least, among what these reached. */
  readonly complete: boolean;
  /** The path on all rows. */
  readonly path: Path;
  /** What each λ of the path costs on rows held out. */
  readonly mean: Float64Array;
  /** Standard errors of these. */
  readonly standardError: Float64Array;
  /** Which fold each row was held out in. */
  readonly folds: Int32Array;
  /** Place on the path of the least mean. */
  readonly best: number;
  /** Place of the largest λ whose mean is within one standard error of that. */
  readonly simplest: number;
  /** The fit to all rows at the least mean. */
  readonly fit: Fit;
  /** The fit to all rows at `simplest`: the one-standard-error rule. */
  readonly simplestFit: Fit;
}

/** What chooses a penalty: called, it runs to its end; `fitter` makes a job of it. */
export interface PenaltySelector {
  /** The choice. */
  (x: MatrixInput, y: ArrayLike<Label>, options?: SelectPenaltyOptions): PenaltySelection;
  /**
   * The choice as a job.
   *
   * @internal
   */
  readonly start: (
    x: MatrixInput,
    y: ArrayLike<Label>,
    options?: SelectPenaltyOptions,
  ) => Job<PenaltySelection, PathProgress>;
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
    options?: SelectPenaltyOptions,
  ) => Job<PenaltySelection, PathProgress>;
}

/**
 * Chooses λ by cross-validation along a path: the whole path is fitted without each fold in turn, at the same values of λ,
 * and each λ costs what its fits lose on the rows they did not see.
 *
 * `fit` has the least mean; `simplestFit` the largest λ within one standard error of it. Without a `metric` the cost is
 * the path's own loss. Labels are stratified unless `folds` or `groups` say otherwise; standardising is done within the folds.
 * `fitter` makes a job of it, `selectPenalty.resume` goes on with a stored one.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows], or labels where the likelihood has classes.
 * @param options - Those of `regularizationPath`; `folds`, `seed`, `stratify` or `groups`, `metric`.
 * @returns Means and standard errors along the path, and the fits chosen.
 * @throws TypeError or RangeError naming what is wrong, with row and column.
 * @see Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, §7.10
 * @function
 * @example
 * const x = [[1, 3], [2, 1], [3, 2], [4, 2], [5, 3], [6, 1], [7, 2], [8, 1]];
 * const y = [1.1, 1.9, 3.2, 3.9, 5.1, 6.2, 6.8, 8.1];
 * const { fit, simplestFit } = selectPenalty(x, y, { values: 20, folds: 4 });
 * fit.coefficients[0] > simplestFit.coefficients[0]; // → true
 */
export const selectPenalty: PenaltySelector = /*#__PURE__*/ Object.assign(
  (x: MatrixInput, y: ArrayLike<Label>, options?: SelectPenaltyOptions): PenaltySelection =>
    complete(startSelection(x, y, options)),
  {
    start: (x: MatrixInput, y: ArrayLike<Label>, options?: SelectPenaltyOptions) => startSelection(x, y, options),
    resume: (json: unknown, x: MatrixInput, y: ArrayLike<Label>, options?: SelectPenaltyOptions) => {
      return startSelection(x, y, options, { stored: json });
    },
  },
);

function startSelection(
  x: MatrixInput,
  y: ArrayLike<Label>,
  options: SelectPenaltyOptions = {},
  from?: { readonly stored: unknown },
): Job<PenaltySelection, PathProgress> {
  const selection = planSelection(x, y, options);
  const { statement, plan, own, onProgress, assigned } = selection;
  const whole = makeScreened(x, statement, own);
  const started = { path: fingerprintOfPath(whole, plan, own), folds: Array.from(assigned) };
  const state = orRelease(whole, () => readState(from, started, whole.size));
  function* steps(): Generator<PathProgress | undefined, PenaltySelection> {
    const path = yield* pathSteps(whole, statement, plan, state.path);
    while (state.costs.length < selection.count) {
      const fold = state.costs.length;
      state.costs.push(costsOf(selection, fold, yield* foldSteps(selection, fold, path.lambda, state.fold)));
      state.fold = newPathState();
    }
    return chosen(selection, path, state.costs);
  }
  return stepsJob("a choice of a penalty", steps, () => whole.release(), onProgress, {
    aborted: () => chosen(selection, pathOf(state.path, plan.alpha), state.costs),
    toJSON: () => ({ version: 1, type: "penaltySelection", started, ...encodeState(state) }),
  });
}

/** What a penalty is chosen by: a statement, its path, rows and the fold of each. */
export interface SelectionPlan {
  readonly rows: Rows;
  readonly y: ArrayLike<Label>;
  readonly statement: Statement;
  readonly plan: Plan;
  /** Options of the path. */
  readonly own: PathOptions;
  readonly assigned: Int32Array;
  readonly count: number;
  readonly metric: Loss | Metric | undefined;
  readonly onProgress: ((progress: PathProgress) => void) | undefined;
}

/** Reads the arguments of a choice; throws for those that make no sense. */
export function planSelection(x: MatrixInput, y: ArrayLike<Label>, options: SelectPenaltyOptions): SelectionPlan {
  checkOptions("options", options, [...PATH_OPTIONS, "onProgress", "folds", "seed", "stratify", "groups", "metric"]);
  const { onProgress, metric, folds, seed, groups, stratify, ...own } = options;
  if (onProgress !== undefined && typeof onProgress !== "function") {
    fail("type", "onProgress", "a function", onProgress);
  }
  checkMetric(metric);
  const statement = readStatement(y, own);
  const plan = readPlan(own);
  const rows = readRows(x, dataOptions(own));
  if (statement.targets.length !== rows.rows) {
    fail("range", "y", `${rows.rows} targets, as X has rows`, statement.targets.length);
  }
  const strata = statement.classes !== null && groups === undefined && !isList(folds) ? statement.targets : undefined;
  const assigned = readFolds(rows.rows, {
    ...(folds !== undefined && { folds }),
    ...(seed !== undefined && { seed }),
    ...(groups !== undefined && { groups }),
    ...((stratify ?? strata) !== undefined && { stratify: (stratify ?? strata)! }),
  });
  const count = assigned.reduce((most, fold) => Math.max(most, fold + 1), 0);
  return { rows, y, statement, plan, own, assigned, count, metric, onProgress };
}

/** What the path without a fold says of its rows, at each value of λ. */
export interface PathHeldOut {
  /** What all of its fits are. */
  readonly kind: Pick<Fit, "link" | "classes" | "intercepts">;
  readonly scores: readonly Float64Array[];
  /** Empty where the metric takes scores. */
  readonly predicted: readonly ArrayLike<number | Label>[];
}

/** The path without a fold at these values of λ, on the rows of the fold. */
export function* foldSteps(
  selection: Pick<SelectionPlan, "rows" | "statement" | "plan" | "own" | "assigned" | "metric">,
  fold: number,
  lambda: Float64Array,
  state: PathState = newPathState(),
): Generator<PathProgress | undefined, PathHeldOut> {
  const { rows, statement, plan, own, assigned, metric } = selection;
  const { train, test } = splitAt(assigned, fold);
  const part = { ...statement, targets: Float64Array.from(train, (row) => statement.targets[row]!) };
  const screened = makeScreened(rows.x(train), part, { ...own, ...rows.options(train) });
  try {
    const { fits } = yield* pathSteps(screened, part, { ...plan, values: lambda }, state);
    const [x, offset] = [rows.x(test), rows.offset(test)];
    const { link, classes, intercepts } = fits[0]!;
    return {
      kind: { link, classes, intercepts },
      scores: fits.map((fit) => fit.scores(x, offset)),
      predicted: typeof metric === "function" ? fits.map((fit) => fit.predict(x, offset)) : [],
    };
  } finally {
    screened.release();
  }
}

/** What each λ costs on the rows of a fold. */
export function costsOf(
  { rows, y, statement, assigned, metric }: SelectionPlan,
  fold: number,
  held: PathHeldOut,
): FoldCosts {
  const { test } = splitAt(assigned, fold);
  const weights = rows.options(test).weights as Float64Array | undefined;
  const observed = takeLabels(y, test);
  return {
    weight: weights === undefined ? test.length : weights.reduce((sum, w) => sum + w, 0),
    scores: Float64Array.from(held.scores, (found, k) =>
      scoreOf(held.kind, found, held.predicted[k] ?? [], observed, weights, metric ?? statement.loss),
    ),
  };
}

function isList(folds: unknown): boolean {
  return typeof folds === "object";
}

/** The choice, by what each λ of the path costs in every fold. */
export function chosen(
  { assigned: folds, count }: SelectionPlan,
  path: Path,
  costs: readonly FoldCosts[],
): PenaltySelection {
  if (costs.length < 2) {
    throw new Error("This job was aborted before two folds were scored: there is nothing to choose a penalty by.");
  }
  const weights = Float64Array.from(costs, ({ weight }) => weight);
  const summaries = path.fits.map((_, k) =>
    summarise(
      Float64Array.from(costs, ({ scores }) => scores[k]!),
      weights,
    ),
  );
  const mean = Float64Array.from(summaries, (one) => one.mean);
  const standardError = Float64Array.from(summaries, (one) => one.standardError);
  let best = 0;
  mean.forEach((value, k) => {
    if (value < mean[best]!) best = k;
  });
  const bound = mean[best]! + standardError[best]!;
  const simplest = mean.findIndex((value) => value <= bound);
  const at = simplest < 0 ? best : simplest;
  return Object.freeze({
    complete: costs.length === count,
    ...{ path, mean, standardError, folds, best, simplest: at },
    fit: path.fits[best]!,
    simplestFit: path.fits[at]!,
  });
}
