/**
 * What workers do: each task is a function of its arguments and of what the worker holds.
 *
 * @module
 */

import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { Estimator } from "../estimators/estimator.js";
import type { Label } from "../estimators/labels.js";
import { estimators } from "../estimators/registry.js";
import type { Job } from "../job.js";
import { type ValidationPlan, heldOut, planValidation, trainingOf } from "../selection/crossValidate.js";
import { regularizationPath } from "../selection/regularizationPath.js";
import { type SelectionPlan, costsOf, foldSteps, planSelection } from "../selection/selectPenalty.js";
import { stepsJob } from "../selection/work.js";
import type { Order } from "../optimizers/optimizer.js";
import { type PostedOptions, readOptions } from "./posted.js";
import { type BlockRows, Sums, type SumsStatement, datasetsOf } from "./sums.js";

/** X, y and options on their way. */
export interface PostedRows {
  readonly x: Float64Array;
  readonly y: ArrayLike<Label>;
  readonly options: PostedOptions;
}

/** What a worker holds for folds. */
export interface PostedFolds extends PostedRows {
  /** The estimator that is cross-validated; null for a choice of a penalty. */
  readonly estimator: string | null;
  readonly folds: Int32Array;
  /** Metrics are judged where they were given: what was predicted is sent back. */
  readonly judged: boolean;
}

/** What a task may ask of its surroundings. */
export interface Context {
  readonly signal: { aborted: boolean };
  readonly progress: (progress: unknown) => void;
}

type AnyEstimator = Estimator<ArrayLike<Label>, object>;

function estimatorNamed(name: string): AnyEstimator {
  const found = estimators().find(({ estimator }) => estimator === name);
  return (found ?? fail("range", "estimator", "one of this version", name)) as unknown as AnyEstimator;
}

interface HeldFolds {
  readonly posted: PostedFolds;
  validation?: ValidationPlan<ArrayLike<Label>>;
  selection?: SelectionPlan;
}

/** The tasks of one worker, and what it holds. */
export class Tasks {
  readonly #folds = new Map<number, HeldFolds>();
  readonly #rows = new Map<number, readonly Dataset[]>();
  readonly #sums = new Map<number, Sums>();

  async run(task: string, given: unknown, context: Context): Promise<unknown> {
    const known = this.#tasks[task];
    if (known === undefined) throw new Error(`This worker is of another version: it knows no "${task}".`);
    return known(given as never, context);
  }

  readonly #tasks: Readonly<Record<string, (given: never, context: Context) => unknown>> = {
    hold: ({ key, ...posted }: PostedFolds & { key: number }) => void this.#folds.set(key, { posted }),
    drop: ({ key }: { key: number }) => this.#drop(key),
    fit: ({ estimator, x, y, options }: PostedRows & { estimator: string }, context) =>
      this.#fit(estimatorNamed(estimator), x, y, readOptions(options), context),
    path: (rows: PostedRows, context) => this.#path(rows, context),
    validate: ({ key, fold }: { key: number; fold: number }, context) =>
      this.#validate(this.#folds.get(key)!, fold, context),
    selectPath: ({ key }: { key: number }, context) => this.#path(this.#folds.get(key)!.posted, context),
    select: ({ key, fold, lambda }: { key: number; fold: number; lambda: Float64Array }, context) =>
      this.#select(this.#folds.get(key)!, fold, lambda, context),
    rows: ({ key, columns, blocks }: { key: number; columns: number; blocks: readonly BlockRows[] }) =>
      void this.#rows.set(key, datasetsOf(columns, blocks)),
    sums: ({ key, rows, ...statement }: SumsStatement & { key: number; rows: number }) =>
      void this.#sums.set(key, new Sums(this.#rows.get(rows)!, statement)),
    evaluate: ({ key, parameters, order }: { key: number; parameters: Float64Array; order: Order }) =>
      this.#sums.get(key)!.evaluate(parameters, order),
    multiply: (given: { key: number; parameters: Float64Array; direction: Float64Array | null }) =>
      this.#sums.get(given.key)!.multiply(given.parameters, given.direction),
  };

  #drop(key: number): void {
    this.#folds.delete(key);
    this.#sums.delete(key);
    for (const data of this.#rows.get(key) ?? []) data.release();
    this.#rows.delete(key);
  }

  async #fit(
    estimator: AnyEstimator,
    x: Float64Array,
    y: ArrayLike<Label>,
    options: object,
    context: Context,
  ): Promise<unknown> {
    return (await run(estimator.start(x, y, options), context)).toJSON();
  }

  async #path({ x, y, options }: PostedRows, context: Context): Promise<unknown> {
    const { fits, ...path } = await run(regularizationPath.start(x, y, readOptions(options)), context);
    return { ...path, fits: fits.map((fit) => fit.toJSON()) };
  }

  async #validate(held: HeldFolds, fold: number, context: Context): Promise<unknown> {
    const { x, y, options, estimator: name, folds } = held.posted;
    const estimator = estimatorNamed(name!);
    const plan = (held.validation ??= planValidation(estimator, x, y, readOptions(options), { folds }));
    const train = trainingOf<ArrayLike<Label>, object>(plan, fold);
    const fit = await run(estimator.start(train.x, train.y, train.options), context);
    const { scores, predicted } = heldOut(plan, fold, fit);
    return { fit: fit.toJSON(), scores, predicted };
  }

  async #select(held: HeldFolds, fold: number, lambda: Float64Array, context: Context): Promise<unknown> {
    const { x, y, options, folds, judged } = held.posted;
    const plan = (held.selection ??= planSelection(x, y, {
      ...readOptions(options),
      folds,
      ...(judged && { metric: () => 0 }),
    }));
    const job = stepsJob(
      "a fold",
      () => foldSteps(plan, fold, lambda),
      () => {},
      undefined,
    );
    const found = await run(job, { ...context, progress: () => {} });
    return judged ? found : costsOf(plan, fold, found);
  }
}

/** Runs a job in slices, between which the worker hears what else it is told. */
function run<T, P>(job: Job<T, P>, { signal, progress }: Context): Promise<T> {
  return job.run({ signal, onProgress: progress });
}
