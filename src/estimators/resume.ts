/**
 * Going on with any stored job.
 *
 * @module
 */

import { joined } from "../joined.js";
import { checkOptions, fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { givenAgain } from "../features.js";
import type { Job } from "../job.js";
import { decodeDocument } from "../json.js";
import type { Loss } from "../losses/loss.js";
import type { GaussianLikelihoodOptions } from "../likelihoods/gaussian.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { MatrixInput } from "../matrix.js";
import type { Model } from "../models/model.js";
import { type LikelihoodSpec, type LossSpec, objective } from "../objective.js";
import type { Minimizable } from "../optimizers/objective.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Prior } from "../priors/prior.js";
import { restoreMinimization, resumeMinimizer } from "../resumeMinimizer.js";
import type { Progress, Result } from "../result.js";
import { DATA_OPTIONS } from "./estimator.js";
import type { Fit } from "./fit.js";
import type { Label } from "./labels.js";
import type { CoefficientBounds } from "./bounds.js";
import { labelsOf } from "./labelsOf.js";
import { estimators } from "./registry.js";
import { fitFromJSON } from "./fitFromJSON.js";
import { finishedWork } from "./stepsWork.js";
import { decodeOptions } from "./storedOptions.js";

/** What a stored job is given again: what it does not hold itself. */
export interface ResumeGiven {
  /** Of a fit or of a minimisation of an objective: its data, not standardized; of classes their indices or numbers. */
  readonly data?: Dataset;
  /** Of a fit, instead of `data`: X as it was given. */
  readonly x?: MatrixInput;
  /** Beside `x`: the targets or labels. */
  readonly y?: ArrayLike<Label>;
  /** Beside `x`: columns of a flat X. */
  readonly columns?: number;
  /** Beside `x`: one weight per row. */
  readonly weights?: ArrayLike<number>;
  /** Beside `x`: the offset. */
  readonly offset?: ArrayLike<number>;
  /** Beside `x`: the exposure of a fit that had one. In `data` it is part of the offset. */
  readonly exposure?: ArrayLike<number>;
  /** Beside `x`: the names of its columns. */
  readonly names?: readonly string[];
  /** Beside `x`: how it is kept, as the fit had it. */
  readonly storage?: "float64" | "float32";
  /** Of a minimisation: its objective; or `data` with `likelihood` and `prior`, or with `loss` and `penalty`, and `model`. */
  readonly objective?: Minimizable;
  /** Of a minimisation by its data. */
  readonly likelihood?: Likelihood;
  /** Of a minimisation by its data. */
  readonly loss?: Loss;
  /** Of a minimisation by its data. */
  readonly prior?: Prior;
  /** Of a minimisation by its data. */
  readonly penalty?: Penalty;
  /** Of a minimisation by its data. */
  readonly model?: Model;
  /** Of a fit with bounds: these. */
  readonly bounds?: CoefficientBounds;
  /** Of a linear regression with a prior of its sd: that. */
  readonly sdPrior?: GaussianLikelihoodOptions["sdPrior"];
  /** Only if it is not one of this library's; must have the same name. */
  readonly optimizer?: Optimizer;
  /** Told once per iteration. */
  readonly onProgress?: (progress: Progress) => void;
}

const STATEMENT = ["likelihood", "loss", "prior", "penalty", "model", "bounds", "sdPrior"] as const;
const ROWS = ["x", "y", "columns", "weights", "offset", "exposure", "names", "storage"] as const;
const GIVEN = /*#__PURE__*/ joined<string>(["data", "objective", "optimizer", "onProgress"], STATEMENT, ROWS);

/**
 * Any stored job, a minimisation or a fit, as a job that goes on where it was stored: on another engine or backend, and
 * with the same bits as if it had never been stored. A pass over the data that was under way starts again, and so does a
 * linear regression, whose state is its data.
 *
 * @param json - What `job.toJSON()` gave, or its text.
 * @param given - What it does not hold. Of a fit the `data`, or `x` and `y` as they were given. Of a minimisation its
 *   `objective`, or `data` with `likelihood` or `loss`. `onProgress`; `optimizer` if it is not one of this library's.
 * @returns The job; its result is a `Fit`, or the `Result` of a minimisation.
 * @throws TypeError or RangeError naming the field that is wrong, what is missing, or other data than the job was stored
 *   with.
 * @example
 * const hours = [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]];
 * const passed = [0, 0, 1, 0, 1, 0, 1, 1];
 * const job = fitter(logisticRegression, hours, passed);
 * job.step({ units: 3 });
 * const resumed = resume(JSON.stringify(job), { data: dataset(hours, passed) });
 * while (!resumed.step({ budgetMs: 2 })); // one slice a frame
 * resumed.result.coefficients; // → [1.188168720397]
 */
export function resume(json: unknown, given: ResumeGiven & { readonly objective: Minimizable }): Job<Result, Progress>;
/**
 * A stored fit.
 *
 * @param json - What `job.toJSON()` gave, or its text.
 * @param given - Its data; `onProgress`.
 */
export function resume(json: unknown, given: ResumeGiven): Job<Fit, Progress>;
export function resume(json: unknown, given: ResumeGiven): Job<Fit, Progress> | Job<Result, Progress> {
  if (typeof given !== "object" || given === null) fail("type", "given", "{ data } or { objective }", given);
  checkOptions("given", given, GIVEN);
  const document = parse(json);
  const { optimizer, onProgress } = given;
  const running = { ...(optimizer !== undefined && { optimizer }), ...(onProgress !== undefined && { onProgress }) };
  if (typeOf(document) !== "fitter") return resumeMinimizer(document, objectiveOf(given), running);
  const fields = decodeDocument("fitter", document, ["estimator", "classes", "options", "work"]);
  const estimator = estimators().find((one) => one.estimator === fields["estimator"]);
  if (estimator === undefined) {
    const names = estimators().map((one) => one.estimator);
    fail("range", "json.estimator", names.join(", "), fields["estimator"]);
  }
  const classes = decodeClasses(fields["classes"]);
  if (given.objective !== undefined) fail("type", "objective", "nothing: a fit is given its data", given.objective);
  const { work } = fields;
  const finished = ["fit", "networkFit"].includes(typeOf(work) as string) ? finishedWork(fitFromJSON(work)) : null;
  const { x, y, ...dataOptions } = finished !== null ? { x: [[0]], y: [0] } : rowsOf(given, classes);
  const again = Object.fromEntries(
    STATEMENT.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
  const options = {
    ...decodeOptions(fields["options"], again),
    ...dataOptions,
    ...running,
    ...(classes === null ? {} : { classes }),
  };
  return estimator.start(x, y as never, options as never, { classes, work, finished, restore: restoreMinimization });
}

function parse(json: unknown): unknown {
  if (typeof json !== "string") return json;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return fail("type", "json", "valid JSON", json);
  }
}

function typeOf(json: unknown): unknown {
  return typeof json === "object" && json !== null && Object.hasOwn(json, "type")
    ? (json as { type: unknown }).type
    : null;
}

/** The objective of a minimisation: as given, or by its statement. */
function objectiveOf({ objective: own, data, likelihood, loss, prior, penalty, model }: ResumeGiven): Minimizable {
  if (own !== undefined) return own;
  if (data === undefined || (likelihood === undefined) === (loss === undefined)) {
    fail("type", "objective", "the objective of the stored run, or data with likelihood or loss", own);
  }
  const stated = { data, ...(model && { model }) };
  const spec: LikelihoodSpec | LossSpec =
    likelihood !== undefined
      ? { ...stated, likelihood, ...(prior && { prior }) }
      : { ...stated, loss: loss!, ...(penalty && { penalty }) };
  return objective(spec);
}

function decodeClasses(json: unknown): readonly Label[] | null {
  if (json === null) return null;
  if (!Array.isArray(json)) fail("type", "json.classes", "an array of labels, or null", json);
  return Array.from(json, (label: unknown, k) => {
    const right = typeof label === "string" || typeof label === "boolean" || Number.isFinite(label);
    return right ? (label as Label) : fail("type", `json.classes[${k}]`, "a label", label);
  });
}

/** X, y and their options as an estimator takes them. */
function rowsOf(
  given: ResumeGiven,
  classes: readonly Label[] | null,
): { x: MatrixInput; y: ArrayLike<Label>; [option: string]: unknown } {
  const { data, x, y } = given;
  if (data === undefined) {
    if (x === undefined) fail("type", "data", "the data set of the stored fit, or its x and y", data);
    if (y === undefined) fail("type", "y", "the targets of the stored fit", y);
    const options = [...DATA_OPTIONS, "exposure" as const].flatMap((name) => {
      const value = (given as Record<string, unknown>)[name];
      return value === undefined ? [] : [[name, value]];
    });
    return { x, y, ...(Object.fromEntries(options) as object) };
  }
  for (const name of ROWS) {
    if (given[name] !== undefined) fail("type", name, "nothing beside data", given[name]);
  }
  if (typeof data?.vectors !== "function") fail("type", "data", "a dataset", data);
  if (data.moments !== null)
    fail("range", "data", "one not standardized: the fit does that itself", "a standardized one");
  if (data.targets === null) fail("type", "data", "a dataset with targets", "one without");
  const { store, offset } = data.vectors();
  return {
    ...givenAgain(data),
    y: labelsOf(data.targets, classes),
    names: data.names,
    ...(data.weights !== null && { weights: data.weights }),
    ...(data.offsetLength > 0 && { offset: store.view(offset, data.offsetLength).slice() }),
  };
}
