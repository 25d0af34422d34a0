import { linearScores } from "../backend/typescript/linear.js";
import type { Model } from "../models/model.js";
import type { Layout } from "../priors/terms.js";

/** Writes the scores of rows to out: [rows × outputs]. Allocates nothing. */
export type ScoresInto = (x: Float64Array, rows: number, out: Float64Array) => void;

/** Scores of new rows by these parameters. */
export function scoresInto(model: Model, layout: Layout, parameters: Float64Array): ScoresInto {
  const { features, outputs } = layout;
  if (model.scorer !== undefined) {
    const scoresOfRow = model.scorer(features, outputs, parameters);
    return (x, rows, out) => {
      for (let i = 0; i < rows; i++) scoresOfRow(x, i * features, out, i * outputs);
    };
  }
  const whole = layout.intercept ? parameters : withIntercepts(parameters, features, outputs);
  return (x, rows, out) => linearScores(features, outputs, 0, rows, x, whole, null, out, out);
}

/** θ with an intercept of 0 per output. */
function withIntercepts(parameters: Float64Array, features: number, outputs: number): Float64Array {
  const whole = new Float64Array(outputs * (1 + features));
  for (let k = 0; k < outputs; k++) {
    whole.set(parameters.subarray(k * features, (k + 1) * features), k * (1 + features) + 1);
  }
  return whole;
}
