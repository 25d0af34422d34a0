import { checkNumber, checkOptions, fail } from "../check.js";
import type { Estimator } from "../estimators/estimator.js";
import type { Fit } from "../estimators/fit.js";
import type { Label } from "../estimators/labels.js";
import type { MatrixInput } from "../matrix.js";
import { type MinimizeOptions, type Result, minimizer } from "../minimize.js";
import { type LikelihoodSpec, type LossSpec, objective } from "../objective.js";
import type { CrossValidation, CrossValidationOptions } from "../selection/crossValidate.js";
import type { Path, PathOptions } from "../selection/regularizationPath.js";
import type { PenaltySelection, SelectPenaltyOptions } from "../selection/selectPenalty.js";
import { type CallOptions, readCall } from "./calls.js";
import { Crew } from "./crew.js";
import { fitIn } from "./fits.js";
import type { WorkerLike } from "./lane.js";
import { postOptions } from "./posted.js";
import { pathIn, selectIn } from "./select.js";
import { Session } from "./session.js";
import { cores } from "./threads.js";
import { validateIn } from "./validate.js";

/** Options of a pool of workers. */
export interface PoolOptions {
  /** How many workers there are at most; as many as the machine has cores if not given. */
  readonly size?: number;
  /** Makes a worker that runs `surprisal/parallel/worker`; needed in pages, where a bundler must see it. */
  readonly worker?: () => WorkerLike;
}

/**
 * Workers that share work: sums over rows, or whole fits. Each holds only the rows that it works on; what they give is
 * merged by its place, so that any number of workers gives the bits of the sequential functions. {@link workerPool} makes
 * one.
 *
 * Every method takes what its sequential counterpart takes, and then `{ signal }`; it copies its arguments before it
 * returns. Its promise rejects with what the counterpart throws, for functions of your own among the options (losses,
 * likelihoods, optimisers), which cannot be sent, and with an Error where a worker ends: the next call makes another.
 */
export class WorkerPool {
  readonly #crew: Crew;

  /** @internal */
  constructor(size: number, worker: (() => WorkerLike) | undefined, least?: number) {
    this.#crew = new Crew(size, worker, least);
    const { asyncDispose } = Symbol as unknown as { readonly asyncDispose?: symbol };
    if (asyncDispose !== undefined) {
      Object.defineProperty(this, asyncDispose, { value: () => Promise.resolve(this.close()) });
    }
  }

  /** How many workers there are at most; they are made when there is work for them. */
  get size(): number {
    return this.#crew.size;
  }

  /**
   * A ready-made fit. Where its time goes into sums over many rows, all workers share these; others one worker does whole.
   *
   * @param estimator - `logisticRegression`, `softmaxRegression` or any other ready-made fit.
   * @param x - X, as the estimator takes it.
   * @param y - Its targets or labels.
   * @param options - Its options.
   * @param call - `signal`: aborting ends the fit with status "aborted".
   * @returns A promise of the fit, the same bits as that of the estimator called alone.
   * @throws As a rejection: what the sequential call throws, TypeError for functions of your own, Error where a worker ends.
   */
  fit<Y extends ArrayLike<Label>, Options extends object>(
    estimator: Estimator<Y, Options>,
    x: MatrixInput,
    y: Y,
    options?: Options,
    call: CallOptions = {},
  ): Promise<Fit> {
    return fitIn(this.#crew, estimator, x, y, options, call);
  }

  /**
   * Minimises an objective whose sums over rows all workers share.
   *
   * @param spec - `{ data, likelihood, prior?, model? }` or `{ data, loss, penalty?, model? }`, as `objective` takes it.
   * @param options - Those of `minimize`.
   * @param call - `signal`: aborting ends it with status "aborted".
   * @returns A promise of the result, the same bits as `minimize(objective(spec), options)`.
   * @throws As a rejection: what the sequential call throws, TypeError for functions of your own, Error where a worker ends.
   */
  async minimize(
    spec: LikelihoodSpec | LossSpec,
    options: MinimizeOptions = {},
    call: CallOptions = {},
  ): Promise<Result> {
    const signal = readCall(call);
    const { loss, likelihood } = (spec ?? {}) as Partial<LikelihoodSpec & LossSpec>;
    postOptions({ loss, likelihood });
    const session = new Session(this.#crew);
    return session.run(
      session.during(() => minimizer(objective(spec), options)),
      signal,
    );
  }

  /**
   * Cross-validation: each fold by one worker; those that would leave most of them idle by all together.
   *
   * @param estimator - As `crossValidate` takes it.
   * @param x - X, as the estimator takes it.
   * @param y - Its targets or labels.
   * @param options - Its options; or nothing.
   * @param validation - `folds`, `seed`, `stratify` or `groups`; `metric`, which may be a function of your own.
   * @param call - `signal`: aborting rejects.
   * @returns A promise of what `crossValidate` gives, the same bits.
   * @throws As a rejection: what the sequential call throws, TypeError for functions of your own, Error where a worker ends.
   */
  crossValidate<Y extends ArrayLike<Label>, Options extends object>(
    estimator: Estimator<Y, Options>,
    x: MatrixInput,
    y: Y,
    options?: Options,
    validation: CrossValidationOptions = {},
    call: CallOptions = {},
  ): Promise<CrossValidation> {
    return validateIn(this.#crew, estimator, x, y, options, validation, call);
  }

  /**
   * A path of penalties. Each fit starts where the one before ended: what is shared is the sums over many rows, and a
   * smaller path one worker makes, while others make others.
   *
   * @param x - As `regularizationPath` takes it.
   * @param y - Targets or labels.
   * @param options - Its options.
   * @param call - `signal`: aborting rejects.
   * @returns A promise of the path, the same bits.
   * @throws As a rejection: what the sequential call throws, TypeError for functions of your own, Error where a worker ends.
   */
  regularizationPath(
    x: MatrixInput,
    y: ArrayLike<Label>,
    options?: PathOptions,
    call: CallOptions = {},
  ): Promise<Path> {
    return pathIn(this.#crew, x, y, options, call);
  }

  /**
   * A choice of the penalty: the path on all rows and those without each fold, each by one worker.
   *
   * @param x - As `selectPenalty` takes it.
   * @param y - Targets or labels.
   * @param options - Its options; `metric` may be a function of your own.
   * @param call - `signal`: aborting rejects.
   * @returns A promise of the choice, the same bits.
   * @throws As a rejection: what the sequential call throws, TypeError for functions of your own, Error where a worker ends.
   */
  selectPenalty(
    x: MatrixInput,
    y: ArrayLike<Label>,
    options?: SelectPenaltyOptions,
    call: CallOptions = {},
  ): Promise<PenaltySelection> {
    return selectIn(this.#crew, x, y, options, call);
  }

  /**
   * Ends all workers: what is under way rejects, and so does what is asked later. `await using` does it where the language
   * has that. Idle workers keep no program of Node alive.
   */
  close(): void {
    this.#crew.close();
  }
}

/**
 * A pool of workers: threads in Node, web workers in a page. It needs no SharedArrayBuffer and no headers of
 * the server.
 *
 * In a page, and wherever a bundler moves files, say how a worker is made, so that the bundler sees its code:
 * `worker: () => new Worker(new URL("surprisal/parallel/worker", import.meta.url), { type: "module" })`.
 *
 * @param options - `size`: workers at most, one per core if not given; `worker`: makes one.
 * @returns The pool; close it when done.
 * @throws TypeError or RangeError for options that make no sense.
 * @example
 * const pool = workerPool({ size: 2 });
 * pool.size; // → 2
 * pool.close();
 */
export function workerPool(options: PoolOptions = {}): WorkerPool {
  checkOptions("options", options, ["size", "worker"]);
  const { size = cores(), worker } = options;
  checkNumber("size", size, { min: 1, max: 1024, integer: true });
  if (worker !== undefined && typeof worker !== "function") {
    fail("type", "worker", "a function that makes a Worker", worker);
  }
  return new WorkerPool(size, worker);
}
