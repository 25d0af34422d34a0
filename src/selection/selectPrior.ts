import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber, checkOptions, fail } from "../check.js";
import { type Dataset, dataset } from "../dataset.js";
import { map } from "../estimators/estimate.js";
import { type RegressionOptions, dataOptions } from "../estimators/estimator.js";
import { evidenceOf } from "../estimators/evidence.js";
import type { Fit } from "../estimators/fit.js";
import { generalizedLinearModel } from "../estimators/generalizedLinearModel.js";
import type { Label } from "../estimators/labels.js";
import { rowOf } from "../features.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { MatrixInput } from "../matrix.js";
import { linear } from "../models/linear.js";
import { normal } from "../priors/normal.js";
import type { Prior } from "../priors/prior.js";
import { readStatement } from "./statement.js";

/** Options of a choice of a prior. */
export interface SelectPriorOptions extends Pick<
  RegressionOptions,
  "columns" | "weights" | "offset" | "names" | "standardize" | "intercept"
> {
  /** The distribution of a target, everything in it known but the coefficients: of a Gaussian its `sd`. */
  readonly likelihood: Likelihood;
  /** The classes in their order, as fits take them. */
  readonly classes?: readonly Label[];
  /** Standard deviation of a normal prior of the intercept too; without it the intercept is free. */
  readonly interceptSd?: number;
}

/** A normal prior chosen by its evidence. */
export interface PriorSelection {
  /** Standard deviation of the coefficients, per standard deviation of a column where they are standardized. */
  readonly sd: number;
  /** The same as λ of the mean objective, φ/(W·sd²). */
  readonly lambda: number;
  /** The prior. */
  readonly prior: Prior;
  /** Laplace's log evidence there, in nats. */
  readonly logEvidence: number;
  /** True where the intercept is free: its flat prior counts as 1 per unit, and only differences between sds mean anything. */
  readonly relative: boolean;
  /** What was tried, ascending. */
  readonly sds: Float64Array;
  /** Of each of them: the curve of the evidence. */
  readonly logEvidences: Float64Array;
  /** "converged", or "boundary" where the evidence is greatest at an end of what was tried. */
  readonly status: "converged" | "boundary";
  /** Why, as a sentence. */
  readonly reason: string;
  /** The fit under the prior. */
  readonly fit: Fit;
}

const OPTIONS: readonly string[] = [
  "columns",
  "weights",
  "offset",
  "names",
  "standardize",
  "intercept",
  "likelihood",
  "classes",
  "interceptSd",
];

/** What is tried first: so many to a factor of ten, so many factors of ten to either side of the natural sd. */
const PER_DECADE = 4;
const DECADES = 3;

/** How exactly ln sd is found: a rounding of the evidence moves its maximum by about as much. */
const EXACT = 1e-6;

/** (√5 − 1)/2. */
const GOLDEN = 0.6180339887498949;

/**
 * Chooses the standard deviation of a normal prior by its evidence: the one under which the data are most probable when the
 * coefficients are integrated out (empirical Bayes, type II maximum likelihood), by Laplace's approximation, which is exact
 * for a Gaussian. No rows are held out.
 *
 * Tried are 25 sds, to three factors of ten around where a coefficient moves a score by about 1; then golden sections
 * between the neighbours of the best, to 1e-6 in ln sd. With `interceptSd` the intercept has a proper prior too, and
 * `logEvidence` is one that compares with other models; without it the intercept is free, counts as one whose density is 1
 * per unit, and only differences between sds mean anything (`relative`). Weights multiply surprisal.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows], or labels where the likelihood has classes.
 * @param options - `likelihood`, `classes`; `interceptSd`; `intercept`, `weights`, `offset`, `names`, `standardize`,
 *   `columns`.
 * @returns The sd, λ of the mean objective that states the same, the curve of the evidence, and the fit.
 * @throws TypeError or RangeError naming what is wrong, with row and column; for a likelihood whose dispersion is unknown,
 *   and where the posterior has no strict maximum.
 * @see MacKay, "Bayesian interpolation", Neural Computation 4 (1992)
 * @example
 * const x = [[1, 3], [2, 1], [3, 2], [4, 2], [5, 3], [6, 1], [7, 2], [8, 1]];
 * const y = [1.1, 1.9, 3.2, 3.9, 5.1, 6.2, 6.8, 8.1];
 * const made = selectPrior(x, y, { likelihood: likelihoods.gaussian({ sd: 0.2 }), interceptSd: 10 });
 * made.status; // → "converged"
 * Math.round(100 * made.sd) / 100; // → 0.71
 */
export function selectPrior(x: MatrixInput, y: ArrayLike<Label>, options: SelectPriorOptions): PriorSelection {
  checkOptions("options", options, OPTIONS);
  const { likelihood, classes, interceptSd, intercept = true, ...rest } = options ?? ({} as SelectPriorOptions);
  if (typeof likelihood?.loss?.kernels !== "function") fail("type", "likelihood", "one of this library's", likelihood);
  if (likelihood.dispersion === null) {
    fail("range", "likelihood", "a known dispersion beside a prior, such as gaussian({ sd })", likelihood.name);
  }
  if (interceptSd !== undefined) checkNumber("interceptSd", interceptSd, { exclusiveMin: 0 });
  if (interceptSd !== undefined && intercept === false) {
    fail("range", "interceptSd", "nothing without an intercept", interceptSd);
  }
  const own = interceptSd === undefined ? {} : { intercept: { sd: interceptSd } };
  const statement = readStatement(y, { likelihood, ...(classes !== undefined && { classes }) });
  const data = dataset(x, statement.targets, dataOptions(rest));
  try {
    const model = linear({ intercept });
    const priorAt = (logSd: number): Prior => normal({ sd: expOne(logSd), ...own });
    const tried: [logSd: number, evidence: number][] = [];
    const evidenceAt = (logSd: number): number => {
      const fit = map({ data, model, likelihood, prior: priorAt(logSd) });
      const value = evidenceOf(fit, data, likelihood);
      tried.push([logSd, value]);
      return value;
    };
    const { at, edge } = search(evidenceAt, logOne(naturalSd(data)));
    const prior = priorAt(at);
    const logEvidence = evidenceAt(at);
    const curve = tried.sort(([a], [b]) => a - b);
    return Object.freeze({
      sd: expOne(at),
      lambda: likelihood.dispersion / (data.totalWeight * expOne(at) * expOne(at)),
      prior,
      logEvidence,
      relative: intercept && interceptSd === undefined,
      sds: Float64Array.from(curve, ([logSd]) => expOne(logSd)),
      logEvidences: Float64Array.from(curve, ([, value]) => value),
      status: edge === 0 ? "converged" : "boundary",
      reason: REASONS[edge + 1]!,
      fit: generalizedLinearModel(x, y, {
        ...rest,
        ...(classes !== undefined && { classes }),
        intercept,
        likelihood,
        prior,
      }),
    });
  } finally {
    data.release();
  }
}

const REASONS = [
  "The evidence is greatest at the smallest sd that was tried: the data ask for coefficients of 0.",
  "The evidence has a maximum in between.",
  "The evidence is greatest at the largest sd that was tried: the data leave the coefficients free.",
] as const;

/** One over the root of the mean variance of the columns: where a coefficient moves a score by about 1. */
function naturalSd(data: Dataset): number {
  if (data.moments !== null) return 1;
  const { rows, columns } = data;
  const means = new Float64Array(columns);
  for (let i = 0; i < rows; i++) rowOf(data, i).forEach((value, j) => (means[j]! += value / rows));
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    rowOf(data, i).forEach((value, j) => {
      const away = value - means[j]!;
      sum += (away / (rows * columns)) * away;
    });
  }
  return sum > 0 && sum < Infinity ? 1 / Math.sqrt(sum) : 1;
}

/** The largest value: on a grid first, then by golden sections between the neighbours of its best point. */
function search(f: (logSd: number) => number, centre: number): { at: number; edge: -1 | 0 | 1 } {
  const step = 2.302585092994046 / PER_DECADE;
  const last = 2 * DECADES * PER_DECADE;
  const grid = Array.from({ length: last + 1 }, (_, k) => centre + (k - DECADES * PER_DECADE) * step);
  const values = grid.map(f);
  const best = values.reduce((top, value, k) => (value > values[top]! ? k : top), 0);
  if (best === 0 || best === last) return { at: grid[best]!, edge: best === 0 ? -1 : 1 };
  let [low, high] = [grid[best - 1]!, grid[best + 1]!];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [f(left), f(right)];
  while (high - low > EXACT) {
    if (atLeft >= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = f(right);
    }
  }
  return { at: 0.5 * (low + high), edge: 0 };
}
