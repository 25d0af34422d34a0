/**
 * Long work in slices: by units, by milliseconds, or in the background between events. How it is sliced never changes a
 * bit of the result.
 *
 * @module
 */

import { checkNumber, checkOptions, fail } from "./check.js";

/** What a job does: a unit at a time, each a small fixed piece of work. */
export interface Work<T, P = unknown> {
  readonly done: boolean;
  /** Does up to `units` more units (Infinity: all of them); returns `done`. May throw and be called again. */
  advance(units: number): boolean;
  /** What came out; called when done. */
  result(): T;
  /** Ends now, with the best result so far. */
  abort(): void;
  /** All that is needed to go on later, as plain JSON. */
  toJSON(): unknown;
  /** Told about progress; what it throws goes to the caller of `advance` and leaves the work as it was. */
  onProgress: ((progress: P) => void) | null;
}

/** The same work with another result and another JSON, such as a fit made of a minimisation. */
export function mapWork<T, U, P>(
  work: Work<T, P>,
  result: (value: T) => U,
  toJSON: (json: unknown) => unknown,
): Work<U, P> {
  return {
    get done() {
      return work.done;
    },
    get onProgress() {
      return work.onProgress;
    },
    set onProgress(listener) {
      work.onProgress = listener;
    },
    advance: (units) => work.advance(units),
    result: () => result(work.result()),
    abort: () => work.abort(),
    toJSON: () => toJSON(work.toJSON()),
  };
}

/** How much to do at once: `units` or `budgetMs`. */
export interface StepOptions {
  /** Units to do at most, ≥ 1. */
  readonly units?: number;
  /** Milliseconds to spend: the clock is read between units, and at least one unit is done. */
  readonly budgetMs?: number;
}

/** Options of a run in the background. */
export interface RunOptions<P> {
  /** An AbortSignal: aborting it ends the job with status "aborted"; the promise then resolves. */
  readonly signal?: {
    /** Whether it was aborted; asked between slices. */
    readonly aborted: boolean;
  };
  /** Told once per iteration, beside the listener of the job itself. */
  readonly onProgress?: (progress: P) => void;
  /** Milliseconds per slice; 8 if not given. */
  readonly budgetMs?: number;
}

/** Throws a TypeError unless it is a function, or not given. */
export function checkListener(onProgress: unknown): void {
  if (onProgress !== undefined && typeof onProgress !== "function")
    fail("type", "onProgress", "a function", onProgress);
}

/**
 * Work under way, to be done in slices; `minimizer`, `fitter` and `resume` make one. How it is sliced never
 * changes a bit.
 *
 * @example
 * const job = fitter(linearRegression, [[0], [1], [2]], [1, 3, 5.3]);
 * job.done; // → false
 * while (!job.step({ budgetMs: 2 })); // one slice a frame
 * job.result.coefficients; // → [2.15]
 */
export class Job<T, P = unknown> {
  readonly #work: Work<T, P>;
  #stepping = false;
  #result: { readonly value: T } | null = null;

  /** @internal */
  constructor(work: Work<T, P>) {
    this.#work = work;
  }

  /** True when there is a result. */
  get done(): boolean {
    return this.#work.done;
  }

  /**
   * What came out.
   *
   * @throws Error while the job is not done.
   */
  get result(): T {
    if (!this.done) throw new Error("This job is not done: call step until it returns true, await run(), or abort it.");
    this.#result ??= { value: this.#work.result() };
    return this.#result.value;
  }

  /**
   * Does some units of work, or works for some milliseconds.
   *
   * @param options - Either `units` or `budgetMs`.
   * @returns True when the job is done.
   * @throws TypeError or RangeError for other options; Error from inside a step; what the objective or a listener
   *   throws: the job can then go on.
   */
  step(options: StepOptions): boolean {
    checkOptions("step", options, ["units", "budgetMs"]);
    const { units, budgetMs } = options ?? {};
    if ((units === undefined) === (budgetMs === undefined)) fail("type", "step", "either units or budgetMs", options);
    if (units !== undefined && units !== Infinity) checkNumber("units", units, { min: 1, integer: true });
    if (budgetMs !== undefined) checkNumber("budgetMs", budgetMs, { min: 0 });
    if (this.#stepping) throw new Error("This job is in the middle of a step: step cannot be called from inside it.");
    this.#stepping = true;
    try {
      return budgetMs === undefined ? this.#work.advance(units!) : this.#spend(budgetMs);
    } finally {
      this.#stepping = false;
    }
  }

  #spend(budgetMs: number): boolean {
    const end = now() + budgetMs;
    do {
      if (this.#work.advance(1)) return true;
    } while (now() < end);
    return false;
  }

  /**
   * Ends the job with status "aborted" and the best iterate so far; does nothing if it is done.
   */
  abort(): void {
    this.#work.abort();
  }

  /**
   * Works in slices, letting the event loop run in between.
   *
   * @param options - `signal`, `onProgress`, `budgetMs` per slice (8 by default).
   * @returns A promise of the result.
   * @throws TypeError or RangeError for other options; what the objective or a listener throws. Aborting is no error.
   */
  async run(options: RunOptions<P> = {}): Promise<T> {
    checkOptions("run", options, ["signal", "onProgress", "budgetMs"]);
    const { signal, onProgress, budgetMs = 8 } = options;
    checkNumber("budgetMs", budgetMs, { min: 0 });
    checkListener(onProgress);
    if (signal !== undefined && typeof signal?.aborted !== "boolean") fail("type", "signal", "an AbortSignal", signal);
    const work = this.#work;
    const before = work.onProgress;
    if (onProgress !== undefined) {
      work.onProgress = (progress) => {
        before?.(progress);
        onProgress(progress);
      };
    }
    const pause = makePause();
    try {
      for (;;) {
        if (signal?.aborted === true) this.abort();
        if (this.done || this.step({ budgetMs })) return this.result;
        await pause.next();
      }
    } finally {
      pause.end();
      work.onProgress = before;
    }
  }

  /**
   * The job as plain JSON, at any point between steps: resumed, it gives the same bits.
   *
   * @returns Plain JSON for `resume`.
   */
  toJSON(): unknown {
    return this.#work.toJSON();
  }
}

function now(): number {
  return typeof globalThis.performance === "object" ? globalThis.performance.now() : Date.now();
}

interface Pause {
  /** Resolves after the event loop has had its turn. */
  next(): Promise<void>;
  end(): void;
}

/** Turns of the event loop, by messages where there are channels (timers may be slowed down), else by timers. */
function makePause(): Pause {
  if (typeof globalThis.MessageChannel !== "function") {
    return { next: () => new Promise((resolve) => setTimeout(resolve, 0)), end: () => {} };
  }
  const { port1, port2 } = new MessageChannel();
  let wake: (() => void) | null = null;
  port1.onmessage = () => wake?.();
  return {
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
        port2.postMessage(0);
      }),
    end: () => port1.close(),
  };
}
