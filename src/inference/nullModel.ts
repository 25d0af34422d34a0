import { dataset } from "../dataset.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { sum } from "../linalg/vector.js";
import { minimize } from "../minimize.js";
import { linear } from "../models/linear.js";
import { type Objective, objective } from "../objective.js";

/** The scores of a model with nothing but an intercept, the offset kept: [rows × outputs]; null where none is best. */
export function nullScores({ data, bound }: Objective, likelihood: Likelihood): Float64Array | null {
  const { rows, weights, targets, offsetLength } = data;
  const { outputs, intercept } = bound.layout;
  const { store, offset } = data.vectors();
  const own = offsetLength === 0 ? null : store.view(offset, offsetLength).slice();
  if (!intercept) return own ?? new Float64Array(rows * outputs);
  if (likelihood.name === "gaussian") {
    const left = targets!.map((y, i) => y - (own === null ? 0 : own[i]!));
    const mean = meanOf(left, weights, data.totalWeight);
    return left.map((_, i) => mean + (own === null ? 0 : own[i]!));
  }
  const ones = dataset(new Float64Array(rows).fill(1), targets!, {
    columns: 1,
    ...(weights !== null && { weights }),
    ...(own !== null && { offset: own }),
  });
  try {
    const target = objective({ data: ones, likelihood, model: linear({ intercept: false }) });
    const { converged, parameters } = minimize(target);
    return converged ? target.bound.scores(parameters) : null;
  } finally {
    ones.release();
  }
}

/** Σ w·x/W, corrected by the mean of what is left. */
function meanOf(x: Float64Array, weights: Float64Array | null, total: number): number {
  const mean = (values: Float64Array): number =>
    sum(weights === null ? values : values.map((value, i) => weights[i]! * value)) / total;
  const first = mean(x);
  return first + mean(x.map((value) => value - first));
}
