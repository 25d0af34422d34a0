import { fail } from "../check.js";
import { Job, type Work } from "../job.js";

/** How a job of steps is stored and ended early, where it can be. */
export interface Keeping<T> {
  /** What was reached; may throw where that is nothing. */
  readonly aborted: () => T;
  /** All that is needed to go on. */
  readonly toJSON: () => unknown;
}

/**
 * A job of steps that yield between small pieces, now and then with progress to tell. Where they throw they are begun again,
 * and go on from what they keep; without `keeping` they are neither stored nor ended early.
 */
export function stepsJob<T, P>(
  what: string,
  steps: () => Generator<P | undefined, T>,
  release: () => void,
  onProgress: ((progress: P) => void) | undefined,
  keeping?: Keeping<T>,
): Job<T, P> {
  let running: Generator<P | undefined, T> | null = null;
  let ended: (() => T) | null = null;
  const end = (result: () => T): void => {
    ended = result;
    release();
  };
  const work: Work<T, P> = {
    onProgress: onProgress ?? null,
    get done() {
      return ended !== null;
    },
    advance(units) {
      for (let left = units; left > 0 && ended === null; left--) {
        const current: Generator<P | undefined, T> = running ?? steps();
        running = null;
        const { done, value } = current.next();
        if (done === true) {
          end(() => value);
        } else {
          running = current;
          if (value !== undefined) work.onProgress?.(value);
        }
      }
      return ended !== null;
    },
    result: () => ended!(),
    abort() {
      if (keeping === undefined) fail("type", "job", "one that can end early", what);
      if (ended !== null) return;
      running?.return(undefined as never);
      running = null;
      end(keeping.aborted);
    },
    toJSON: () => (keeping === undefined ? fail("type", "job", "one that can be stored", what) : keeping.toJSON()),
  };
  return new Job(work);
}
