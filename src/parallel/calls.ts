import { checkOptions, fail } from "../check.js";
import type { Waiting } from "./crew.js";

/** What a call of a pool takes beside what its sequential counterpart takes. */
export interface CallOptions {
  /**
   * An AbortSignal. Aborted, a fit or a minimisation ends with status "aborted", as a job's does; what has no result
   * before its end rejects with the signal's reason.
   */
  readonly signal?: {
    /** Whether it was aborted. */
    readonly aborted: boolean;
    /** Why. */
    readonly reason?: unknown;
    /** Tells when it is. */
    addEventListener?(type: "abort", listener: () => void): void;
    /** Tells no more. */
    removeEventListener?(type: "abort", listener: () => void): void;
  };
}

export type Signal = NonNullable<CallOptions["signal"]>;

/** The signal of a call, checked. */
export function readCall(call: CallOptions): Signal | undefined {
  checkOptions("call", call, ["signal"]);
  const { signal } = call;
  if (signal !== undefined && typeof signal?.aborted !== "boolean") fail("type", "signal", "an AbortSignal", signal);
  return signal;
}

/** Why it was aborted. */
export function reasonOf(signal: Signal): unknown {
  return signal.reason ?? new Error("This was aborted.");
}

/** The name of an estimator. */
export function nameOf(estimator: unknown): string {
  const { estimator: name, start } = (estimator ?? {}) as { estimator?: unknown; start?: unknown };
  if (typeof name !== "string" || typeof start !== "function") {
    fail("type", "estimator", "a fit such as logisticRegression", estimator);
  }
  return name;
}

/** A copy of what an array holds: the caller may change it while workers work. */
export function copyOf<T>(value: T): T {
  // One that was transferred away is left to whoever checks it.
  if (ArrayBuffer.isView(value) && !(value instanceof DataView) && value.byteLength > 0)
    return (value as unknown as { slice(): T }).slice();
  return Array.isArray(value) ? ([...(value as unknown[])] as T) : value;
}

/** Options with copies of their arrays. */
export function copyOfOptions<T extends object>(options: T | undefined): T {
  if (options === undefined) return {} as T;
  if (typeof options !== "object" || options === null) fail("type", "options", "an object of options", options);
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, copyOf(value as unknown)])) as T;
}

/** What came out of all, or the error of the first that failed; those after it are then ended. */
export async function all<T>(waiting: readonly Waiting<T>[]): Promise<T[]> {
  waiting.forEach(({ answer }, k) => answer.catch(() => waiting.slice(k + 1).forEach((later) => later.abort())));
  const settled = await Promise.allSettled(waiting.map(({ answer }) => answer));
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

/** Calls back once when the signal is aborted, or at once if it is; gives what ends that. */
export function whenAborted(signal: Signal | undefined, stop: () => void): () => void {
  if (signal === undefined) return () => {};
  if (signal.aborted) stop();
  else signal.addEventListener?.("abort", stop);
  return () => signal.removeEventListener?.("abort", stop);
}

/** The same promise, which rejects with the reason of the signal when that is aborted; tasks that wait are then ended. */
export function unlessAborted<T>(
  signal: Signal | undefined,
  waiting: readonly Waiting<unknown>[],
  answer: Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = whenAborted(signal, () => {
      reject(reasonOf(signal!));
      waiting.forEach((one) => one.abort());
    });
    void answer.then(resolve, reject).finally(end);
  });
}

/** How many of some equal tasks remain for all workers together: those that would leave most workers idle. */
export function remainder(tasks: number, workers: number): number {
  const rest = tasks % workers;
  return workers > 1 && 2 * rest <= workers ? rest : 0;
}
