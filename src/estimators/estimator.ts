import { joined } from "../joined.js";
import { checkOptions, fail } from "../check.js";
import { type DatasetOptions, dataset } from "../dataset.js";
import { Job, mapWork } from "../job.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { MatrixInput } from "../matrix.js";
import type { Progress } from "../minimize.js";
import { linear } from "../models/linear.js";
import type { Model } from "../models/model.js";
import { objective } from "../objective.js";
import { flat } from "../priors/flat.js";
import { type Penalty, checkPenalty } from "../penalties/penalty.js";
import { type Prior, checkPrior } from "../priors/prior.js";
import { type CoefficientBounds, withBounds } from "./bounds.js";
import { ESTIMATE_OPTIONS, type EstimateOptions, complete, estimationWork } from "./estimate.js";
import type { FitWork, StoredFit, StoredWork } from "./fitWork.js";
import { encodeOptions } from "./storedOptions.js";
import { type Fit, statedBy } from "./fit.js";
import type { Label } from "./labels.js";

/** Options of ready-made fits. */
export interface RegressionOptions extends EstimateOptions, DatasetOptions {
  /** A prior of the coefficients (flat by default); the intercept is free unless the prior names it. */
  readonly prior?: Prior;
  /** A penalty on the mean loss, instead of a prior. */
  readonly penalty?: Penalty;
  /** Where the coefficients may lie, `{ lower, upper }`, numbers or one each; of models with one score per row. */
  readonly bounds?: CoefficientBounds;
  /** Give the model an intercept (default true). */
  readonly intercept?: boolean;
}

/** Options of ready-made fits to classes. */
export interface ClassificationOptions extends RegressionOptions {
  /** The classes in their order; sorted labels without it. Of two, the last is the positive one. */
  readonly classes?: readonly Label[];
}

export const DATA_OPTIONS = ["columns", "weights", "offset", "names", "standardize", "storage"] as const;
export const REGRESSION_OPTIONS: readonly string[] = /*#__PURE__*/ joined<string>(ESTIMATE_OPTIONS, DATA_OPTIONS, [
  "prior",
  "penalty",
  "intercept",
  "bounds",
]);

/** A ready-made fit: called, it runs to its end; {@link fitter} makes a job of it. */
export interface Estimator<Y, Options> {
  /** Fits to the end. */
  (x: MatrixInput, y: Y, options?: Options): Fit;
  /**
   * Its name, as stored jobs call it.
   *
   * @internal
   */
  readonly estimator: string;
  /**
   * The fit as a job; one that goes on where `stored` left it.
   *
   * @internal
   */
  readonly start: (x: MatrixInput, y: Y, options?: Options, stored?: StoredFit) => Job<Fit, Progress>;
}

/** What `fitter` makes a job of. */
export interface Startable<Y, Options, T, P> {
  /**
   * The job.
   *
   * @internal
   */
  readonly start: (x: MatrixInput, y: Y, options?: Options) => Job<T, P>;
}

/**
 * Makes an estimator of its name and of what starts its work: anew, or where `stored`, what the work's own `toJSON` gave,
 * left it.
 */
export function makeEstimator<Y, Options extends object>(
  estimator: string,
  begin: (x: MatrixInput, y: Y, options: Options | undefined, stored: StoredWork | undefined) => FitWork,
): Estimator<Y, Options> {
  const start: Estimator<Y, Options>["start"] = (x, y, options, stored) => {
    const work = stored?.finished ?? begin(x, y, options, stored);
    if (stored !== undefined && JSON.stringify(work.classes) !== JSON.stringify(stored.classes)) {
      fail("range", "json.classes", `the classes of the data, ${JSON.stringify(work.classes)}`, stored.classes);
    }
    return new Job(
      mapWork(
        work,
        (fit) => fit,
        (json) => ({
          version: 1,
          type: "fitter",
          estimator,
          classes: work.classes === null ? null : [...work.classes],
          options: encodeOptions(options ?? {}),
          work: json,
        }),
      ),
    );
  };
  const fit = (x: MatrixInput, y: Y, options?: Options): Fit => complete(start(x, y, options));
  return Object.assign(fit, { estimator, start });
}

/**
 * A ready-made fit as a job, to be done in slices: a few milliseconds a frame, or in the background. Any slicing gives
 * the same bits.
 *
 * @param estimator - `linearRegression`, `logisticRegression` or any other ready-made fit; `regularizationPath` or `selectPenalty`.
 * @param x - X, as the estimator takes it.
 * @param y - Its targets or labels.
 * @param options - Its options.
 * @returns The job; its result is the fit, or what else it makes.
 * @throws TypeError for what is no estimator; what the estimator throws.
 * @example
 * const job = fitter(logisticRegression, [[0.1], [0.4], [0.3], [0.9]], [0, 1, 0, 1], { prior: priors.normal({ sd: 1 }) });
 * while (!job.step({ units: 100 })); // one slice a frame
 * job.result.status; // → "converged"
 */
export function fitter<Y, Options, T = Fit, P = Progress>(
  estimator: Startable<Y, Options, T, P>,
  x: MatrixInput,
  y: Y,
  options?: Options,
): Job<T, P> {
  if (typeof estimator?.start !== "function") fail("type", "estimator", "a fit such as logisticRegression", estimator);
  return estimator.start(x, y, options);
}

/** The options that a data set takes, out of all. */
export function dataOptions(options: RegressionOptions): DatasetOptions {
  return Object.fromEntries(DATA_OPTIONS.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]));
}

/** What a classification or regression by likelihood needs beside its rows. */
export interface Statement {
  readonly likelihood: Likelihood;
  readonly targets: Float64Array;
  readonly classes: readonly Label[] | null;
  /** A linear one with or without intercept if not given. */
  readonly model?: Model;
  /** The class that others are compared with where only that is determined; the first if not given. */
  readonly reference?: number;
}

/** The prior or the penalty, checked; not both. */
export function readPrior({ prior, penalty }: RegressionOptions): Pick<RegressionOptions, "prior" | "penalty"> {
  if (prior !== undefined) checkPrior(prior);
  if (penalty !== undefined) checkPenalty(penalty);
  if (prior !== undefined && penalty !== undefined) fail("type", "penalty", "nothing beside a prior", penalty);
  return { ...(prior && { prior }), ...(penalty && { penalty }) };
}

/** A fit of a likelihood, by prior or penalty, to data of its own, which it releases when done; `stored` as `begin` has it. */
export function startRegression(
  x: MatrixInput,
  { likelihood, targets, classes, model: given, reference }: Statement,
  options: RegressionOptions,
  stored?: StoredWork,
): FitWork {
  const { intercept = true } = options;
  const { prior, penalty } = readPrior(options);
  const model = given ?? linear({ intercept });
  const data = dataset(x, targets, dataOptions(options));
  try {
    if (targets.length !== data.rows) fail("range", "y", `${data.rows} targets, as X has rows`, targets.length);
    const free =
      penalty === undefined
        ? objective({ data, model, likelihood, prior: prior ?? flat() })
        : objective({ data, model, loss: likelihood.loss, penalty });
    const target = options.bounds === undefined ? free : withBounds(free, options.bounds);
    const estimateOptions = Object.fromEntries(
      ESTIMATE_OPTIONS.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]),
    );
    const words = String(penalty ?? prior ?? "flat");
    const release = (): void => data.release();
    const compared = reference === undefined ? {} : { reference };
    const context = { classes, prior: words, stated: statedBy(options), release, ...compared };
    return estimationWork(penalty === undefined ? target : { ...target, likelihood }, context, estimateOptions, stored);
  } catch (error) {
    data.release();
    throw error;
  }
}

/** Checks the option names of an estimator. */
export function checkRegression(options: unknown, more: readonly string[]): void {
  checkOptions("options", options, [...REGRESSION_OPTIONS, ...more]);
}
