import { Comparisons } from "./comparisons.js";
import type { Dataset } from "./dataset.js";
import { type Targets, findSeparation } from "./existence.js";
import type { Loss } from "./losses/loss.js";
import type { Diagnosis } from "./optimizers/objective.js";
import type { Layout, Terms } from "./priors/terms.js";
import { pullsOf } from "./pulls.js";

/** A linear model's objective, as far as it decides whether a minimum exists. */
export interface Separable {
  readonly data: Dataset;
  /** Weights that count: those of the data, times what the loss makes of them. */
  readonly weights: Float64Array | null;
  readonly loss: Loss;
  readonly layout: Layout;
  readonly terms: Terms;
}

/** What all rows ask of a direction; null if they ask nothing, since no row's loss falls for ever. */
export function* comparisonsOf({ data, weights, loss, layout }: Separable): Generator<void, Comparisons | null> {
  // Scores of classes that are compared, or each score by itself.
  const compared = loss.classes > 1 && loss.name !== "multiLabelCrossEntropy";
  const pulls = compared ? null : yield* pullsOf(loss, data);
  return compared || pulls !== null ? new Comparisons(data, weights, layout, pulls) : null;
}

/** What the targets of a loss are. */
export function targetsOf(loss: Loss): Targets {
  return loss.separable ? "classes" : "amounts";
}

/** Looks for a direction along which the loss falls for ever, given an iterate; what rows ask is found out once. */
export function separationIn(given: Separable): (parameters: Float64Array) => Generator<void, Diagnosis | null> {
  let comparisons: Comparisons | null | undefined;
  return function* (parameters) {
    if (comparisons === undefined) comparisons = yield* comparisonsOf(given);
    if (comparisons === null) return null;
    return yield* findSeparation(comparisons, targetsOf(given.loss), given.terms, parameters);
  };
}
