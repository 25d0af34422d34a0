import { checkChoice, checkNumber, fail, toFloat64 } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { Loss } from "../losses/loss.js";
import { squaredError } from "../losses/squaredError.js";
import { standardizedLoss } from "../losses/standardized.js";
import { studentT } from "../losses/studentT.js";
import { linear } from "../models/linear.js";
import { type Objective, objective } from "../objective.js";
import { type Result, checkSettings, checkStart, startMinimization } from "../minimize.js";
import { checkPenalty } from "../penalties/penalty.js";
import { type Context, finish } from "./finish.js";
import { type Estimator, checkRegression, makeEstimator } from "./estimator.js";
import { type Fit, statedBy } from "./fit.js";
import { type LossRegressionOptions, estimateOptions, ownData, refusePrior } from "./lossRegression.js";
import { medianOfSizes } from "./medianOfSizes.js";
import { checkStoredSteps, stepsWork, storedSteps } from "./stepsWork.js";

/** Options of a robust regression. */
export interface RobustOptions extends LossRegressionOptions {
  /** `"huber"` (default), `"logCosh"` or `"studentT"`, of residuals in units of the scale. */
  readonly loss?: "huber" | "logCosh" | "studentT";
  /** Where Huber's loss turns linear, in units of the scale; 1.345 if not given. */
  readonly delta?: number;
  /** Degrees of freedom of the Student t; 4 if not given. */
  readonly df?: number;
  /** The scale of the residuals, in units of y; `"mad"` (default) estimates it: their median size over 0.6745. */
  readonly scale?: number | "mad";
}

/** The median size of standard normal residuals, as R rounds it. */
const NORMAL_MEDIAN = 0.6745;

/** A scale is settled when it changes by less than this share; and how often it is tried. */
const SETTLED = 4e-15;
const MOST_SCALES = 1000;

/**
 * Robust regression: y = intercept + x·coefficients + noise with outliers, which pull no harder than others (Huber,
 * log-cosh) or less and less (Student t).
 *
 * Minimises the mean of ρ(residual/scale) plus the penalty. With a number as `scale` that is all. With `"mad"` the scale is
 * the median size of the residuals over 0.6745, by which the fit changes the residuals again: the result is where both
 * agree, the fixed point that R's rlm stops near, and the minimum of no one function. It begins at least squares. `scale`
 * of the fit says what it came to. A Student t has heavy tails and may have several minima: the status is then
 * "stationary". Where more than half of the residuals vanish the scale is 0 and the status "boundary".
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows], finite.
 * @param options - `loss`, `delta`, `df`, `scale`, `penalty`; `intercept`, `weights`, `offset`, `names`, `standardize`,
 *   `columns`; those of the minimisation.
 * @returns The fit.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see Huber & Ronchetti, *Robust Statistics*, 2nd ed., 2009, §7
 * @function
 * @example
 * const x = [[1], [2], [3], [4], [5], [6]];
 * const y = [1.1, 1.9, 3.2, 3.9, 5.1, 60];
 * const fit = robustRegression(x, y);
 * fit.coefficients; // → [1.582671480144]
 * fit.scale; // → 1.4440433213
 * robustRegression(x, y, { scale: 1 }).coefficients; // → [1.4035]
 */
export const robustRegression: Estimator<ArrayLike<number>, RobustOptions> = /*#__PURE__*/ makeEstimator(
  "robustRegression",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["loss", "delta", "df", "scale"]);
    const { loss = "huber", delta, df, scale = "mad", ...rest } = options;
    checkChoice("loss", loss, ["huber", "logCosh", "studentT"]);
    const only = (name: string, of: string, value: unknown): void => {
      if (value !== undefined && loss !== of) fail("type", name, `nothing beside the loss ${loss}`, value);
    };
    only("delta", "huber", delta);
    only("df", "studentT", df);
    const shape = {
      delta: checkNumber("delta", delta === undefined ? 1.345 : delta, { exclusiveMin: 0 }),
      df: checkNumber("df", df === undefined ? 4 : df, { min: 1e-100, max: 1e100 }),
    };
    if (typeof scale === "number") checkNumber("scale", scale, { min: 1e-100, max: 1e100 });
    else checkChoice("scale", scale, ["mad"]);
    refusePrior(rest);
    const { intercept = true, penalty, start } = rest;
    if (penalty !== undefined) checkPenalty(penalty);
    checkSettings(rest);
    const model = linear({ intercept });
    const data = ownData(x, toFloat64("y", y), rest);
    const statement = (given: Loss): Objective => objective({ data, model, loss: given, ...(penalty && { penalty }) });
    const lossOf = (s: number): Loss =>
      loss === "studentT" ? studentT({ df: shape.df, scale: s }) : standardizedLoss(loss, shape.delta, s);
    try {
      if (stored !== undefined) checkStoredSteps(stored.work, data);
      const settings = estimateOptions(rest);
      const { size } = statement(squaredError());
      const first = start === undefined ? null : checkStart(start, size);
      const stated = statedBy(penalty === undefined ? {} : { penalty });
      const run: Run = { data, settings, prior: String(penalty ?? "none"), stated, statement, lossOf, scale, first };
      // What is wrong with the statement is said now.
      startMinimization(statement(lossOf(1)), settings);
      return stepsWork({
        classes: null,
        steps: () => steps(run),
        aborted: () => aborted(run),
        release: () => data.release(),
        toJSON: () => storedSteps(data),
      });
    } catch (error) {
      data.release();
      throw error;
    }
  },
);

/** All that a run needs. */
interface Run {
  readonly data: Dataset;
  readonly settings: ReturnType<typeof estimateOptions>;
  readonly prior: string;
  readonly stated: Context["stated"];
  readonly statement: (loss: Loss) => Objective;
  readonly lossOf: (scale: number) => Loss;
  readonly scale: number | "mad";
  readonly first: Float64Array | null;
}

function contextOf({ prior, stated }: Run, scale: number | null): Context {
  return { classes: null, prior, stated, scale };
}

/** A minimisation to its end, yielding between small pieces. */
function* minimized(target: Objective, options: object): Generator<void, Result> {
  const work = startMinimization(target, options);
  while (!work.advance(1)) yield;
  return work.result();
}

function* steps(run: Run): Generator<void, Fit> {
  const { settings, statement, lossOf, scale: given } = run;
  let start = run.first ?? (yield* minimized(statement(squaredError()), {})).parameters;
  let scale = typeof given === "number" ? given : scaleOf(run, start);
  const totals = { iterations: 0, evaluations: 0 };
  for (let trial = 0; ; trial++) {
    if (!(scale >= 1e-100 && scale <= 1e100)) return yield* withoutScale(run, start, totals);
    const target = statement(lossOf(scale));
    const result = yield* minimized(target, { ...settings, start });
    totals.iterations += result.iterations;
    totals.evaluations += result.evaluations;
    start = result.parameters;
    const next = typeof given === "number" ? scale : scaleOf(run, start);
    const settled = Math.abs(next - scale) <= SETTLED * scale;
    if (settled || !result.converged || trial >= MOST_SCALES) {
      const end =
        settled || !result.converged
          ? {}
          : {
              status: "iteration-limit" as const,
              reason: `The scale still changes after ${MOST_SCALES} fits, from ${scale} to ${next}.`,
            };
      return yield* finish(target, contextOf(run, scale), { ...result, ...totals, ...end });
    }
    scale = next;
  }
}

/** Median size of the residuals over that of normal ones. */
function scaleOf({ data, statement }: Run, parameters: Float64Array): number {
  const scores = statement(squaredError()).bound.scores(parameters);
  const sizes = scores.map((score, i) => Math.abs(score - data.targets![i]));
  return medianOfSizes(sizes, data.weights) / NORMAL_MEDIAN;
}

/** The fit where more than half of the residuals vanish. */
function* withoutScale(run: Run, start: Float64Array, totals: object): Generator<void, Fit> {
  const target = run.statement(run.lossOf(1));
  const result = yield* minimized(target, { start, maxIterations: 0 });
  const reason =
    "More than half of the residuals vanish (or all overflow), so that they have no scale: the fit is as far as it " +
    "came. Give a scale.";
  return yield* finish(target, contextOf(run, 0), {
    ...result,
    ...totals,
    status: "boundary",
    converged: false,
    reason,
  });
}

/** The fit where the run was ended early: where it began. */
function aborted(run: Run): Fit {
  const target = run.statement(run.lossOf(1));
  const work = startMinimization(target, run.first === null ? {} : { start: run.first });
  work.abort();
  const finishing = finish(target, contextOf(run, null), work.result());
  for (;;) {
    const { done, value } = finishing.next();
    if (done === true) return value;
  }
}
