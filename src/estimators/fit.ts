import { fail } from "../check.js";
import type { MatrixInput } from "../matrix.js";
import type { Status } from "../optimizers/optimizer.js";
import { sigmoid } from "../primitives/sigmoid.js";
import { softmax } from "../primitives/softmax.js";
import type { Label } from "./labels.js";
import { scoresOf } from "./scores.js";
import { type Summary, summaryOf } from "./summary.js";

/** How a fit's scores become means: the inverse link of its likelihood or loss. */
export type Link = "identity" | "logit" | "softmax";

/** Everything a fit is: plain data, and what JSON keeps. */
export interface FitRecord {
  /** Name of the likelihood, or of the loss where the fit was stated by one. */
  readonly name: string;
  readonly link: Link;
  /** Names of the columns. */
  readonly names: readonly string[];
  /** The classes in their order, the last of two is the positive one; null for numbers. */
  readonly classes: readonly Label[] | null;
  /** [columns], or [classes × columns] row-major. */
  readonly coefficients: Float64Array;
  /** [1], or [classes]; 0 where the model has none. */
  readonly intercepts: Float64Array;
  /** Standard deviation of the noise of a Gaussian, known or estimated; null for others. */
  readonly sd: number | null;
  /** Σ w·log density in nats, constants included; null where there is no likelihood. */
  readonly logLikelihood: number | null;
  /** F/W at the fit: data and prior per unit of weight, in nats, constants left out. */
  readonly objective: number;
  readonly rows: number;
  readonly totalWeight: number;
  /** The prior or penalty in words. */
  readonly prior: string;
  readonly status: Status;
  /** Why the fit ended as it did, as a sentence. */
  readonly reason: string;
  readonly iterations: number;
  readonly evaluations: number;
  /** Direction [intercept, coefficients] per class that proves the status, in the scale of the columns; or null. */
  readonly witness: Float64Array | null;
}

/**
 * A fitted model. Its scores are on the link scale, [rows] or [rows × classes]; what it predicts are numbers or labels.
 * X for new rows: rows, a flat array, named columns or records; columns are taken by name where they have names.
 */
export interface Fit extends FitRecord {
  /** True for the statuses "converged" and "stationary". */
  readonly converged: boolean;
  /** The intercept of a model with one output; NaN where there are several: see `intercepts`. */
  readonly intercept: number;
  scores(x: MatrixInput): Float64Array;
  /** Labels, the most probable (of two: the positive one if p ≥ ½); or means, a Float64Array. */
  predict(x: MatrixInput): Float64Array | Label[];
  /** [rows]: P(positive class); or [rows × classes]. Throws a TypeError for a fit to numbers. */
  predictProbabilities(x: MatrixInput): Float64Array;
  /** A table of the fit. Throws where no optimum exists: its coefficients mean nothing. */
  summary(): Summary;
  toJSON(): unknown;
}

/** Makes a fit of its record; `toJSON` is given from above. */
export function makeFit(record: FitRecord, toJSON: (record: FitRecord) => unknown): Fit {
  const probabilities = (x: MatrixInput): Float64Array => {
    if (record.link === "identity") fail("type", "fit", "one to classes", `a fit by ${record.name}`);
    const scores = scoresOf(record, x);
    return record.link === "logit"
      ? sigmoid(scores, { out: scores })
      : softmax(scores, { columns: record.intercepts.length, out: scores });
  };
  const fit: Fit = {
    ...record,
    converged: record.status === "converged" || record.status === "stationary",
    intercept: record.intercepts.length === 1 ? record.intercepts[0] : NaN,
    scores: (x) => scoresOf(record, x),
    predictProbabilities: probabilities,
    predict(x) {
      if (record.link === "identity") return scoresOf(record, x);
      const classes = record.classes ?? Array.from({ length: Math.max(2, record.intercepts.length) }, (_, k) => k);
      return record.link === "logit" ? byThreshold(probabilities(x), classes) : byLargest(scoresOf(record, x), classes);
    },
    summary: () => summaryOf(fit),
    toJSON: () => toJSON(record),
  };
  return Object.freeze(fit);
}

function byThreshold(probabilities: Float64Array, classes: readonly Label[]): Label[] {
  return Array.from(probabilities, (p) => classes[p >= 0.5 ? 1 : 0]);
}

function byLargest(scores: Float64Array, classes: readonly Label[]): Label[] {
  const K = classes.length;
  return Array.from({ length: scores.length / K }, (_, i) => {
    let best = 0;
    for (let k = 1; k < K; k++) if (scores[i * K + k] > scores[i * K + best]) best = k;
    return classes[best];
  });
}
