import { checkOptions } from "../check.js";
import { logOne } from "../backend/typescript/math/log.js";
import { makeParallel } from "./parallelEvaluation.js";
import type { Model } from "./model.js";

/**
 * The parallel model of classes in order: one row of coefficients, and a threshold between each two classes. With the
 * ordinal likelihood proportional odds.
 *
 * score_k = threshold_k − X·coefficients (− offset). θ = [thresholds, coefficients]: [classes − 1 + columns]; scores
 * [rows × (classes − 1)]. A minimisation starts where all classes are equally probable. For `likelihoods.ordinal` or
 * `losses.ordinal` without thresholds; a prior acts on the coefficients alone.
 *
 * @param options - None.
 * @returns The model.
 * @throws TypeError for an option.
 * @see McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42 (1980)
 * @example
 * const data = dataset([[1], [2], [3], [4], [5], [6]], [0, 1, 0, 1, 2, 2]);
 * const target = objective({ data, model: models.parallel(), likelihood: likelihoods.ordinal({ classes: 3 }) });
 * target.size; // → 3
 * target.initial!(); // → [-0.69314718056, 0.69314718056, 0]
 */
export function parallel(options?: Record<string, never>): Model {
  checkOptions("options", options, []);
  return Object.freeze<Model>({
    name: "parallel",
    bind: makeParallel,
    toJSON: () => ({ version: 1, type: "model", name: "parallel", options: {} }),
    start(columns, outputs) {
      const start = new Float64Array(outputs + columns);
      for (let k = 0; k < outputs; k++) start[k] = logOne((k + 1) / (outputs - k));
      return start;
    },
  });
}
