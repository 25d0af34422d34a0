import { readError } from "./errors.js";
import { type Answer, type Ask, buffersOf, isMessage } from "./messages.js";

/** A worker: of the web (browsers, Deno, Bun), or of Node's `worker_threads`. */
export interface WorkerLike {
  /** Sends it a message; buffers in `transfer` are moved. */
  postMessage(message: unknown, transfer?: never[]): void;
  /** Ends it at once. */
  terminate(): unknown;
}

/** What workers may offer beyond that. */
interface Listening {
  on?(event: string, listener: (value: never) => void): unknown;
  addEventListener?(event: string, listener: (event: never) => void): void;
  ref?(): void;
  unref?(): void;
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

/** A question to a worker, under way. */
export interface Asked<T> {
  readonly answer: Promise<T>;
  /** Tells the worker to end it early; what it then has it answers. */
  abort(): void;
}

/** One worker of a pool, and what it was asked and has not answered. */
export class Lane {
  readonly #worker: WorkerLike & Listening;
  readonly #pending = new Map<number, Pending>();
  readonly #onEnd: (lane: Lane) => void;
  #next = 0;
  #ended: Error | null = null;
  /** Keys of what it holds. */
  readonly held = new Set<number>();
  /** True while it does a task that takes all of it. */
  busy = false;

  constructor(worker: WorkerLike, onEnd: (lane: Lane) => void) {
    this.#worker = worker;
    this.#onEnd = onEnd;
    this.#listen();
    this.#worker.unref?.();
  }

  #listen(): void {
    const worker = this.#worker;
    const died = (why: string): void => this.end(new Error(`A worker of the pool ended: ${why}.`));
    if (typeof worker.on === "function") {
      worker.on("message", (message: unknown) => this.#hear(message));
      worker.on("messageerror", () => died("a message could not be read"));
      worker.on("error", (error: unknown) => died(textOf(error)));
      worker.on("exit", (code: number) => died(`its thread exited with code ${code}`));
      return;
    }
    worker.addEventListener!("message", (event: { readonly data: unknown }) => this.#hear(event.data));
    worker.addEventListener!("messageerror", () => died("a message could not be read"));
    worker.addEventListener!("error", (event: { readonly message?: string; preventDefault?(): void }) => {
      event.preventDefault?.();
      died(event.message || "its script could not be loaded");
    });
    worker.addEventListener!("close", () => died("its thread exited"));
  }

  #hear(message: unknown): void {
    if (!isMessage<Answer>(message, "answer")) return;
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.progress !== undefined) {
      try {
        pending.onProgress?.(message.progress as never);
      } catch (error) {
        this.#settle(message.id);
        pending.reject(error);
      }
      return;
    }
    this.#settle(message.id);
    if (message.error !== undefined) pending.reject(readError(message.error));
    else pending.resolve(message.value as never);
  }

  #settle(id: number): void {
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#worker.unref?.();
  }

  /** Asks it to do a task. Arrays in `moved` are transferred, all others copied. */
  ask<T>(task: string, args: object, moved?: unknown, onProgress?: (progress: never) => void): Asked<T> {
    const id = this.#next++;
    const answer = new Promise<T>((resolve, reject) => {
      if (this.#ended !== null) throw this.#ended;
      if (this.#pending.size === 0) this.#worker.ref?.();
      this.#pending.set(id, { resolve: resolve as Pending["resolve"], reject, onProgress });
      try {
        this.#post(id, task, args, moved, false);
      } catch (error) {
        this.#settle(id);
        reject(error as Error);
      }
    });
    return { answer, abort: () => this.tell("abort", { id }) };
  }

  /** Tells it something that has no answer. */
  tell(task: string, args: object, moved?: unknown): void {
    if (this.#ended === null) this.#post(this.#next++, task, args, moved, true);
  }

  #post(id: number, task: string, args: object, moved: unknown, quiet: boolean): void {
    const message: Ask = { surprisal: "ask", id, task, arguments: args, quiet };
    this.#worker.postMessage(message, buffersOf(moved) as never[]);
  }

  /** Ends the worker; what it has not answered fails with this error. */
  end(error: Error): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    void this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    this.#onEnd(this);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
