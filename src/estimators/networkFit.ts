import { fail } from "../check.js";
import { softmaxRows } from "../backend/typescript/logSumExp.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { SMALL_STACK } from "../backend/leaves.js";
import type { ActivationName } from "../models/activations.js";
import { makeScorer } from "../models/mlpScores.js";
import { type Layout, eachCoefficient, eachIntercept } from "../priors/terms.js";
import { type Fit, type FitRecord, makeFit } from "./fit.js";
import { readRows } from "./scores.js";

/** What the record of a network holds beside what every fit has. */
export interface NetworkRecord extends Omit<FitRecord, "coefficients" | "intercepts" | "witness"> {
  /** Units of each hidden layer, from the side of the features. */
  readonly hidden: readonly number[];
  /** What hidden units do. */
  readonly activation: ActivationName;
  /** Scores in a row. */
  readonly outputs: number;
  /** θ: [units × (1 + inputs)] per layer, each row [bias, weights]; for standardized columns where they were. */
  readonly parameters: Float64Array;
  /** What standardizing took away from each column, and what it divided by; null where it was not asked for. */
  readonly moments: { readonly center: Float64Array; readonly scale: Float64Array } | null;
  /** The objective after each epoch (iteration), at the best parameters so far. */
  readonly history: Float64Array;
}

/** A fitted network: a {@link Fit} whose coefficients are the weights and whose intercepts the biases, layer by layer. */
export interface NetworkFit extends Fit, Omit<NetworkRecord, keyof FitRecord> {
  /**
   * Predictions of rows without allocating anything: probabilities [rows] or [rows × classes] of a fit to classes, means
   * [rows] of one to numbers. x: [rows × columns] row-major. Returns `out`. Throws a TypeError or RangeError for arrays of
   * other types or lengths and numbers that are not finite; a TypeError for a fit with an offset.
   */
  predictInto(x: Float64Array, out: Float64Array): Float64Array;
}

/** Makes a fit of its record; `toJSON` is given from above. */
export function makeNetworkFit(record: NetworkRecord, toJSON: (record: NetworkRecord) => unknown): NetworkFit {
  const { names, hidden, activation, outputs, parameters, moments, link } = record;
  const columns = names.length;
  const layout: Layout = { outputs, features: columns, intercept: true, hidden };
  const scorer = makeScorer(layout, activation, parameters);
  const standardizeRows = (values: Float64Array): void => {
    if (moments === null) return;
    const { center, scale } = moments;
    for (let i = 0; i < values.length; i++) values[i] = (values[i]! - center[i % columns]!) / scale[i % columns]!;
  };
  const weights: number[] = [];
  const biases: number[] = [];
  eachCoefficient(layout, (place) => weights.push(parameters[place]!));
  eachIntercept(layout, (place) => biases.push(parameters[place]!));
  const whole: FitRecord = {
    ...record,
    coefficients: Float64Array.from(weights),
    intercepts: Float64Array.from(biases),
    witness: null,
  };
  const fit = makeFit(whole, () => toJSON(record), {
    outputs,
    of(x) {
      const { rows, values } = readRows(x, names);
      standardizeRows(values);
      return scorer.scores(values, rows);
    },
  });
  const row = new Float64Array(columns);
  const stack = new Float64Array(SMALL_STACK);
  const scores = new Float64Array(outputs);
  return Object.freeze<NetworkFit>({
    ...fit,
    hidden,
    activation,
    outputs,
    parameters,
    moments,
    history: record.history,
    summary: () => fail("type", "fit", "one with a table of coefficients", "a network"),
    predictInto(x, out) {
      checkInto(record, columns, x, out);
      for (let i = 0, at = 0; i < x.length; i += columns, at += outputs) {
        for (let j = 0; j < columns; j++) row[j] = x[i + j]!;
        standardizeRows(row);
        scorer.one(row, 0, scores, 0);
        if (link === "softmax") softmaxRows(1, outputs, scores, scores, stack);
        for (let k = 0; k < outputs; k++) out[at + k] = link === "logit" ? sigmoidOne(scores[k]!) : scores[k]!;
      }
      return out;
    },
  });
}

function checkInto({ offset, outputs }: NetworkRecord, columns: number, x: unknown, out: unknown): void {
  if (offset) fail("type", "fit", "one without an offset: predict takes that of new rows", "one with an offset");
  if (!(x instanceof Float64Array)) fail("type", "x", "a Float64Array", x);
  if (x.length === 0 || x.length % columns !== 0) fail("range", "x", `rows of ${columns} columns`, x);
  if (!(out instanceof Float64Array)) fail("type", "out", "a Float64Array", out);
  const length = (x.length / columns) * outputs;
  if (out.length !== length) fail("range", "out", `a Float64Array of length ${length}`, out);
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i])) continue;
    fail("range", "x", "a finite number", x[i], { row: Math.floor(i / columns), column: i % columns });
  }
}
