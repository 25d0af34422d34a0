import { Comparisons } from "./comparisons.js";
import type { Dataset } from "./dataset.js";
import { rowOf } from "./features.js";
import { type Targets, findSeparation } from "./existence.js";
import type { Loss } from "./losses/loss.js";
import { complete } from "./linalg/steps.js";
import type { Diagnosis, Minimizable } from "./optimizers/objective.js";
import type { Layout, Terms } from "./priors/terms.js";
import { pullsOf } from "./pulls.js";

/** A linear model's objective, as far as it decides whether a minimum exists. */
export interface Separable {
  readonly data: Dataset;
  readonly loss: Loss;
  readonly layout: Layout;
  readonly terms: Terms;
}

/** The loss of a mean and a log variance each: it has no lower bound. */
const VARIANCES = "gaussianMeanVariance";

/** Whether objectives of a loss are examined: those of one score a row, of classes, of labels, and of variances. */
function isExamined({ classes, separable, name }: Loss): boolean {
  return classes === 1 || separable || name === VARIANCES;
}

/** What all rows ask of a direction; null if they ask nothing, since no row's loss falls for ever. */
export function* comparisonsOf({ data, loss, layout }: Separable): Generator<void, Comparisons | null> {
  if (layout.thresholds !== undefined) return new Comparisons(data, data.weights, layout, null);
  // Scores of classes that are compared, or each score by itself.
  const compared = loss.classes > 1 && loss.name !== "multiLabelCrossEntropy";
  const pulls = compared ? null : yield* pullsOf(loss, data);
  const { share } = loss;
  const weightOf = (i: number): number => (data.weights === null ? 1 : data.weights[i]);
  const isIndex = data.targets!.length === data.rows;
  const weights = share === null || !isIndex ? data.weights : data.targets!.map((y, i) => weightOf(i) * share(y));
  return compared || pulls !== null ? new Comparisons(data, weights, layout, pulls) : null;
}

/** A log variance below this may be on its way to −∞. */
const SMALL = -8;

/** Share of its target by which a row that is fitted exactly may be off. */
const EXACT = 1e-6;

/**
 * What rows ask of a mean and a log variance each: those fitted exactly let the variance fall, all else stays. Null where
 * none is.
 */
function* variancesOf({ data, layout }: Separable, parameters: Float64Array): Generator<void, Comparisons | null> {
  const { features: d, intercept } = layout;
  const shift = intercept ? 1 : 0;
  const pulls = new Int8Array(2 * data.rows);
  for (let i = 0; i < data.rows; i++) {
    if (i % ROWS === ROWS - 1) yield;
    const { store, offset } = data.vectors();
    const row = rowOf(data, i);
    const score = (k: number): number => {
      const own = parameters.subarray(k * (d + shift), (k + 1) * (d + shift));
      const start =
        (intercept ? own[0] : 0) + (data.offsetLength === 0 ? 0 : store.view(offset, 2 * data.rows)[2 * i + k]);
      return row.reduce((sum, value, j) => sum + value * own[shift + j], start);
    };
    const y = data.targets![i];
    if (score(1) < SMALL && Math.abs(score(0) - y) <= EXACT * (1 + Math.abs(y))) pulls[2 * i + 1] = -1;
  }
  return pulls.includes(-1) ? new Comparisons(data, data.weights, layout, pulls) : null;
}

/** Rows between two yields. */
const ROWS = 256;

/** What the targets of a loss are. */
export function targetsOf(loss: Loss): Targets {
  return loss.separable ? "classes" : "amounts";
}

/** What an objective offers so that it can be asked whether its minimum exists; nothing for losses not examined. */
export function examinationOf(given: Separable): Pick<Minimizable, "diagnosis" | "diagnose"> {
  if (!isExamined(given.loss)) return {};
  const diagnosis = separationIn(given);
  return { diagnosis, diagnose: (parameters) => complete(diagnosis(Float64Array.from(parameters))) };
}

/** Looks for a direction along which the loss falls for ever, given an iterate; what rows ask is found out once. */
function separationIn(given: Separable): (parameters: Float64Array) => Generator<void, Diagnosis | null> {
  let comparisons: Comparisons | null | undefined;
  if (given.loss.name === VARIANCES) {
    return function* (parameters) {
      const asked = yield* variancesOf(given, parameters);
      return asked === null ? null : yield* findSeparation(asked, "variances", given.terms, parameters);
    };
  }
  return function* (parameters) {
    if (comparisons === undefined) comparisons = yield* comparisonsOf(given);
    if (comparisons === null) return null;
    return yield* findSeparation(comparisons, targetsOf(given.loss), given.terms, parameters);
  };
}
