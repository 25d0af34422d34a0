import { fail } from "../check.js";
import { Job, type Work } from "../job.js";

/**
 * A job of steps that yield between small pieces, now and then with progress to tell: begun again where they throw, and
 * neither stored nor ended early.
 */
export function stepsJob<T, P>(
  what: string,
  steps: () => Generator<P | undefined, T>,
  release: () => void,
  onProgress: ((progress: P) => void) | undefined,
): Job<T, P> {
  let running: Generator<P | undefined, T> | null = null;
  let ended: { readonly value: T } | null = null;
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
          ended = { value };
          release();
        } else {
          running = current;
          if (value !== undefined) work.onProgress?.(value);
        }
      }
      return ended !== null;
    },
    result: () => ended!.value,
    abort: () => fail("type", "job", "one that can end early", what),
    toJSON: () => fail("type", "job", "one that can be stored", what),
  };
  return new Job(work);
}
