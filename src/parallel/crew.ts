import { fail } from "../check.js";
import { type Asked, Lane, type WorkerLike } from "./lane.js";
import { threads } from "./threads.js";

/** What takes all of a worker for a while. */
export interface Whole {
  readonly task: string;
  readonly arguments: object;
  /** Arrays to be moved. */
  readonly moved?: unknown;
  /** What the worker must hold before, by its key; made anew for every worker. */
  readonly needs?: { readonly key: number; readonly make: () => { readonly given: object; readonly moved: unknown } };
  readonly onProgress?: ((progress: never) => void) | undefined;
}

interface Queued {
  readonly whole: Whole;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  asked: Asked<unknown> | null;
  ended: boolean;
}

/** A task that is waiting or under way. */
export interface Waiting<T> {
  readonly answer: Promise<T>;
  /** Takes it back, or has its worker end it early: what that then has is the answer. */
  abort(): void;
}

/** From here on sums take longer than sending the parameters to workers and their sums back. */
const LEAST = 1 << 19;

const CLOSED = "This pool is closed: make another one.";

/** The workers of a pool: made when they are needed, replaced when they end, each doing one whole task at a time. */
export class Crew {
  readonly size: number;
  /** Rows times parameters from which all workers share the sums of one fit. */
  readonly least: number;
  readonly #make: () => WorkerLike;
  readonly #lanes: Lane[] = [];
  #queue: Queued[] = [];
  #key = 0;
  #closed = false;

  constructor(size: number, make: (() => WorkerLike) | undefined, least = LEAST) {
    this.size = size;
    this.least = least;
    this.#make = make ?? makeWorker;
  }

  /** A key for what workers are to hold, never used before. */
  nextKey(): number {
    return this.#key++;
  }

  /** All workers. */
  lanes(): readonly Lane[] {
    while (this.#lanes.length < this.size) this.#add();
    return [...this.#lanes];
  }

  #add(): Lane {
    if (this.#closed) throw new Error(CLOSED);
    const worker = this.#make();
    const { postMessage, terminate, on, addEventListener } = (worker ?? {}) as unknown as Record<string, unknown>;
    const speaks = typeof postMessage === "function" && typeof terminate === "function";
    if (!speaks || (typeof on !== "function" && typeof addEventListener !== "function")) {
      fail("type", "worker", "a function that makes a Worker", worker);
    }
    const lane = new Lane(worker, (ended) => {
      const place = this.#lanes.indexOf(ended);
      if (place >= 0) this.#lanes.splice(place, 1);
      if (!this.#closed) this.#dispatch();
    });
    this.#lanes.push(lane);
    return lane;
  }

  /** Has a worker do a task as soon as one has time. */
  whole<T>(whole: Whole): Waiting<T> {
    let queued: Queued | null = null;
    const answer = new Promise<T>((resolve, reject) => {
      if (this.#closed) throw new Error(CLOSED);
      queued = { whole, resolve: resolve as Queued["resolve"], reject, asked: null, ended: false };
      this.#queue.push(queued);
      this.#dispatch();
    });
    const abort = (): void => {
      if (queued === null || queued.ended) return;
      queued.ended = true;
      if (queued.asked !== null) queued.asked.abort();
      else {
        this.#queue = this.#queue.filter((one) => one !== queued);
        queued.reject(new Error("The task was taken back."));
      }
    };
    return { answer, abort };
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      let lane = this.#lanes.find(({ busy }) => !busy);
      if (lane === undefined && this.#lanes.length >= this.size) return;
      const queued = this.#queue.shift()!;
      try {
        lane ??= this.#add();
        this.#start(lane, queued);
      } catch (error) {
        queued.reject(error);
      }
    }
  }

  #start(lane: Lane, queued: Queued): void {
    const { task, arguments: given, moved, needs, onProgress } = queued.whole;
    if (needs !== undefined && !lane.held.has(needs.key)) {
      const made = needs.make();
      lane.held.add(needs.key);
      lane.tell("hold", { key: needs.key, ...made.given }, made.moved);
    }
    const asked = lane.ask<never>(task, given, moved, onProgress);
    lane.busy = true;
    queued.asked = asked;
    const done = (): void => {
      lane.busy = false;
      queued.ended = true;
    };
    asked.answer.then(
      (value) => {
        done();
        queued.resolve(value);
        this.#dispatch();
      },
      (error: unknown) => {
        done();
        queued.reject(error);
        this.#dispatch();
      },
    );
  }

  /** Lets workers drop what they hold under this key. */
  drop(key: number): void {
    for (const lane of this.#lanes) if (lane.held.delete(key)) lane.tell("drop", { key });
  }

  /** Ends all workers; what is under way fails. */
  close(): void {
    this.#closed = true;
    const error = new Error("The pool was closed before this was done.");
    for (const { reject } of this.#queue) reject(error);
    this.#queue = [];
    for (const lane of [...this.#lanes]) lane.end(error);
  }
}

interface WebHost {
  readonly Worker?: new (url: URL, options: { readonly type: "module" }) => WorkerLike;
  readonly document?: unknown;
}

/**
 * The default worker: a thread of Node, or of Deno and Bun, that runs the file beside this one. In pages a bundler has to
 * see where the worker's code is: the caller says so.
 */
function makeWorker(): WorkerLike {
  // No bundler shall take this for an asset of its own.
  const here = import.meta.url;
  const { Worker, document } = globalThis as unknown as WebHost;
  if (document === undefined) {
    const script = here.endsWith(".ts") ? "./worker.ts" : "./parallel/worker.js";
    const url = new URL(script, here);
    const node = threads();
    if (Worker !== undefined) return new Worker(url, { type: "module" });
    // Flags such as --input-type are of the program, not of this script.
    if (node !== null) return new node.Worker(url, { execArgv: [] });
  }
  return fail(
    "type",
    "worker",
    'a function such as () => new Worker(new URL("surprisal/parallel/worker", import.meta.url), { type: "module" })',
    undefined,
  );
}
