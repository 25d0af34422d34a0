import { checkOptions, fail, toFloat64 } from "../check.js";
import { ordinalProbabilities } from "../likelihoods/families/ordinal.js";
import { type Link, inverseLinkOf, isBinary } from "../likelihoods/link.js";
import type { MatrixInput } from "../matrix.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Prior } from "../priors/prior.js";
import type { Certificate } from "../result.js";
import type { Status } from "../optimizers/optimizer.js";
import { softmax } from "../primitives/softmax.js";
import { offsetOf } from "./exposure.js";
import type { Label } from "./labels.js";
import { scoresOf } from "./scores.js";
import { type Summary, summaryOf } from "./summary.js";

/** What a fit minimised beside its loss, as far as plain data can say: what `verify` needs. */
export interface FitStatement {
  /** The model had an intercept. */
  readonly intercept: boolean;
  /** φ, by which losses were divided. */
  readonly dispersion: number;
  /** Whether thresholds between classes in order were parameters. */
  readonly thresholds: "none" | "estimated";
  /** The sd of a Gaussian or the shape of a gamma was estimated, not given. */
  readonly estimated: boolean;
  /** What of the likelihood was found together with the coefficients, and its prior in words; not there where nothing was. */
  readonly joint?: string;
  /** The prior as plain JSON, or null. */
  readonly prior: unknown;
  /** The penalty as plain JSON, or null. */
  readonly penalty: unknown;
  /** Standard deviations of the columns where they were standardized, which prior and penalty then acted on; or null. */
  readonly scale: Float64Array | null;
}

/** Prior or penalty as a statement has it. */
export function statedBy({
  prior,
  penalty,
}: {
  readonly prior?: Pick<Prior, "toJSON">;
  readonly penalty?: Pick<Penalty, "toJSON">;
}): Pick<FitStatement, "prior" | "penalty"> {
  return { prior: prior?.toJSON() ?? null, penalty: penalty?.toJSON() ?? null };
}

/** Everything a fit is: plain data, and what JSON keeps. */
export interface FitRecord {
  /** Name of the likelihood, or of the loss where the fit was stated by one. */
  readonly name: string;
  /** How scores become means. */
  readonly link: Link;
  /** Where classes in order are divided, known or estimated; null for others. */
  readonly thresholds: Float64Array | null;
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
  /** Shape of a gamma, known or estimated; null for others. */
  readonly shape: number | null;
  /** α of a negative binomial, whose variance is μ + αμ², where it was estimated; null for others. */
  readonly dispersion: number | null;
  /** Scale of the residuals of a robust regression, or of a likelihood that had it estimated, in units of y; else null. */
  readonly scale: number | null;
  /** Σ w·log density in nats, constants included; null where there is no likelihood. */
  readonly logLikelihood: number | null;
  /** F/W at the fit: data and prior per unit of weight, in nats, constants left out. */
  readonly objective: number;
  /** The rows had an offset: new ones need theirs. */
  readonly offset: boolean;
  /** Rows of the data. */
  readonly rows: number;
  /** W = Σ w. */
  readonly totalWeight: number;
  /** The prior or penalty in words. */
  readonly prior: string;
  /** What it minimised beside its loss. */
  readonly statement: FitStatement;
  /** How it ended, in a word: "converged", "separated", "rank-deficient", ... */
  readonly status: Status;
  /** Why the fit ended as it did, as a sentence. */
  readonly reason: string;
  /** Steps taken. */
  readonly iterations: number;
  /** Evaluations of the objective. */
  readonly evaluations: number;
  /** Evaluations of the value alone, with the gradient, and with the Hessian: each is one pass over the data. */
  readonly passes: readonly [number, number, number];
  /** How near the coefficients are to the optimum. */
  readonly certificate: Certificate;
  /**
   * Direction [intercept, coefficients] per class that proves the status, in the scale of the columns, or [thresholds,
   * coefficients] where thresholds were parameters; or null.
   */
  readonly witness: Float64Array | null;
}

/** What new rows bring beside their features. */
export interface PredictOptions {
  /** Added to the scores, as when the model was fitted: [rows], or [rows × classes]. */
  readonly offset?: ArrayLike<number>;
  /** Of a fit with log link and offset: its logarithm is added to the scores, as when the model was fitted: [rows], > 0. */
  readonly exposure?: ArrayLike<number>;
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
  /**
   * Scores of new rows, on the link scale: [rows], or [rows × classes]. Throws a TypeError or RangeError naming row and
   * column.
   */
  scores(x: MatrixInput, options?: PredictOptions): Float64Array;
  /**
   * Labels, the most probable (of two: the positive one if p ≥ ½); or means, a Float64Array. Throws a RangeError naming
   * the row where scores overflow to NaN.
   */
  predict(x: MatrixInput, options?: PredictOptions): Float64Array | Label[];
  /** [rows]: P(positive class); or [rows × classes]. Throws a TypeError for a fit to numbers. */
  predictProbabilities(x: MatrixInput, options?: PredictOptions): Float64Array;
  /**
   * A table of the fit. Throws an Error that names the remedies where no optimum exists: its coefficients mean nothing.
   */
  summary(): Summary;
  /** The fit as plain JSON, exact to the bit; `fitFromJSON` reads it. */
  toJSON(): unknown;
}

/** The same scores, with the offset of their rows where the fit had one. */
function withOffset(record: FitRecord, scores: Float64Array, options: PredictOptions | undefined): Float64Array {
  if (options?.exposure !== undefined && record.link !== "log") {
    fail("type", "exposure", "nothing: the link of the model is no logarithm", options.exposure);
  }
  const given = offsetOf(options?.exposure, options?.offset, scores.length);
  if (!record.offset) {
    if (given !== undefined) fail("type", "offset", "nothing: the model was fitted without one", given);
    return scores;
  }
  if (given === undefined) fail("type", "offset", "the offset of each row: the model was fitted with one", given);
  const offset = toFloat64("offset", given);
  if (offset.length !== scores.length) fail("range", "offset", `${scores.length} numbers`, given);
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(offset[i])) fail("range", "offset", "a finite number", offset[i], { row: i });
    scores[i] += offset[i];
  }
  return scores;
}

/** How a fit that is not linear makes scores of new rows: [rows × outputs]. */
export interface Scores {
  readonly outputs: number;
  readonly of: (x: MatrixInput) => Float64Array;
}

/** Makes a fit of its record; `toJSON` is given from above, and `own` for scores that are not linear. */
export function makeFit(record: FitRecord, toJSON: (record: FitRecord) => unknown, own?: Scores): Fit {
  const outputs = own?.outputs ?? record.intercepts.length;
  const scored: Fit["scores"] = (x, options) => {
    checkOptions("options", options, ["offset", "exposure"]);
    return withOffset(record, own === undefined ? scoresOf(record, x) : own.of(x), options);
  };
  const { thresholds } = record;
  const inverse = inverseLinkOf(record.link);
  // Of several trials it is the share of successes that is predicted.
  const means = inverse !== null && (!isBinary(record.link) || record.name === "binomial");
  const count = thresholds === null ? Math.max(2, outputs) : thresholds.length + 1;
  const probabilities: Fit["predictProbabilities"] = (x, options) => {
    if (inverse !== null && !isBinary(record.link)) fail("type", "fit", "one to classes", `a fit by ${record.name}`);
    const scores = scored(x, options);
    if (inverse !== null) return scores.map(inverse);
    return thresholds === null
      ? softmax(scores, { columns: outputs, out: scores })
      : ordinalProbabilities(scores, thresholds);
  };
  const fit: Fit = {
    ...record,
    converged: record.status === "converged" || record.status === "stationary",
    intercept: record.intercepts.length === 1 ? record.intercepts[0] : NaN,
    scores: scored,
    predictProbabilities: probabilities,
    predict(x, options) {
      const scores = scored(x, options);
      const lost = scores.findIndex((score) => Number.isNaN(score));
      if (lost >= 0)
        fail("range", "X", "numbers whose scores do not overflow", NaN, { row: Math.floor(lost / outputs) });
      if (record.link === "identity" && record.classes !== null) return bySign(scores, record.classes);
      if (inverse !== null && means) return scores.map(inverse);
      const classes = record.classes ?? Array.from({ length: count }, (_, k) => k);
      if (inverse !== null) return byThreshold(scores.map(inverse), classes);
      return byLargest(thresholds === null ? scores : ordinalProbabilities(scores, thresholds), classes);
    },
    summary: () => summaryOf(fit),
    toJSON: () => toJSON(record),
  };
  return Object.freeze(fit);
}

function byThreshold(probabilities: Float64Array, classes: readonly Label[]): Label[] {
  return Array.from(probabilities, (p) => classes[p >= 0.5 ? 1 : 0]);
}

function bySign(scores: Float64Array, classes: readonly Label[]): Label[] {
  return Array.from(scores, (score) => classes[score >= 0 ? 1 : 0]);
}

function byLargest(scores: Float64Array, classes: readonly Label[]): Label[] {
  const K = classes.length;
  return Array.from({ length: scores.length / K }, (_, i) => {
    let best = 0;
    for (let k = 1; k < K; k++) if (scores[i * K + k] > scores[i * K + best]) best = k;
    return classes[best];
  });
}
