import type { Dataset } from "../dataset.js";
import type { Job } from "../job.js";
import { fromJSON } from "../models/fromJSON.js";
import type { BoundModel, Model } from "../models/model.js";
import { type Sums, spreading } from "../models/spread.js";
import type { Loss } from "../losses/loss.js";
import { sizeOf } from "../priors/terms.js";
import { type Signal, reasonOf } from "./calls.js";
import type { Lane } from "./lane.js";
import { type PostedLoss, lossOfRows, tryPostLoss } from "./posted.js";
import { type Pending, type Share, remote } from "./remote.js";
import type { BlockRows } from "./sums.js";
import { type Block, divide } from "./tree.js";

/** Milliseconds of work between two turns of the event loop. */
const SLICE = 8;

/** The rows that workers hold of a data set. */
interface Held {
  readonly key: number;
  readonly shares: readonly Share[];
  readonly opened: Promise<unknown>;
  readonly sums: Map<string, { readonly key: number; readonly opened: Promise<unknown> }>;
}

/** The workers of a pool. */
export interface Workers {
  readonly size: number;
  /** Rows times parameters of which it pays to send the parameters to workers and their sums back. */
  readonly least: number;
  /** All of them. */
  lanes(): readonly Lane[];
  /** A key for what they are to hold, never used before. */
  nextKey(): number;
}

/** One job whose sums workers take, each over rows of its own. */
export class Session {
  readonly #workers: Workers;
  readonly #held = new Map<Dataset, Held>();
  #waiting: Promise<void> | null = null;
  #ended = false;
  /** Objectives whose sums are taken elsewhere. */
  spread = 0;

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  /** Does something while the sums of all objectives that it makes are taken by workers, where that pays. */
  during<T>(action: () => T): T {
    return spreading((bound, sums) => this.#spread(bound, sums), action);
  }

  /** Runs a job to its end, asking workers for its sums; one that does not end early rejects when it is aborted. */
  async run<T, P>(job: Job<T, P>, signal?: Signal, endsEarly = true): Promise<T> {
    let end = performance.now() + SLICE;
    try {
      for (;;) {
        if (signal?.aborted === true && !endsEarly) throw reasonOf(signal);
        if (signal?.aborted === true) {
          // What is left of it, the result so far, asks nobody else.
          this.#ended = true;
          job.abort();
        }
        this.#waiting = null;
        if (job.done || this.during(() => job.step({ units: 1 }))) return job.result;
        if (this.#waiting !== null) await (this.#waiting as Promise<void>);
        else if (performance.now() > end) await new Promise((resolve) => setTimeout(resolve, 0));
        else continue;
        end = performance.now() + SLICE;
      }
    } finally {
      this.close();
    }
  }

  /** Lets workers drop what they hold. */
  close(): void {
    this.#ended = true;
    for (const { key, shares, sums } of this.#held.values()) {
      for (const { lane } of shares) {
        for (const one of sums.values()) lane.tell("drop", { key: one.key });
        lane.tell("drop", { key });
      }
    }
    this.#held.clear();
  }

  #spread(bound: BoundModel, { data, model, loss }: Sums): BoundModel {
    // Only dense rows of 64 bits are sent in parts.
    const { storage = "float64" } = data as { readonly storage?: string };
    if (this.#ended || storage !== "float64" || data.rows * sizeOf(bound.layout) < this.#workers.least) return bound;
    const posted = tryPostLoss(loss);
    if (posted === null || !isKnown(model) || this.#hasIdleBlock(data, loss)) return bound;
    this.spread++;
    return remote(bound, (task, args) => this.#ask(data, model, loss, posted, task, args), {
      ended: () => this.#ended,
      wait: (pending) => (this.#waiting = pending.answered),
    });
  }

  /** Whether the rows of some block all weigh 0, which make no data set. */
  #hasIdleBlock({ rows, weights }: Dataset, { classes }: Loss): boolean {
    if (weights === null) return false;
    const blocks = divide(rows, classes, this.#workers.size).flat();
    return blocks.some(({ begin, end }) => !weights.subarray(begin, end).some((weight) => weight > 0));
  }

  #ask(data: Dataset, model: Model, loss: Loss, posted: PostedLoss, task: string, args: object): Pending {
    const held = this.#hold(data, loss.classes);
    const name = JSON.stringify([posted, model]);
    let sums = held.sums.get(name);
    if (sums === undefined) {
      const key = this.#workers.nextKey();
      const statements = held.shares.map(({ lane, blocks }) => {
        const own = lossOfRows(posted, blocks[0]!.begin, blocks.at(-1)!.end);
        return lane.ask("sums", { key, rows: held.key, loss: own, model: model.toJSON() }).answer;
      });
      sums = { key, opened: Promise.all(statements) };
      held.sums.set(name, sums);
    }
    const { key } = sums;
    const answers = held.shares.map(({ lane }) => lane.ask<Float64Array>(task, { key, ...args }).answer);
    const pending: Pending = {
      shares: held.shares,
      nodes: null,
      error: null,
      answered: Promise.all([held.opened, sums.opened, Promise.all(answers)]).then(
        ([, , nodes]) => void (pending.nodes = nodes),
        (error: unknown) => void (pending.error = error),
      ),
    };
    return pending;
  }

  /** Sends each worker its rows, once. */
  #hold(data: Dataset, outputs: number): Held {
    const known = this.#held.get(data);
    if (known !== undefined) return known;
    const lanes = this.#workers.lanes();
    const key = this.#workers.nextKey();
    const shares = divide(data.rows, outputs, lanes.length).map((blocks, k) => ({ lane: lanes[k]!, blocks }));
    const opened = Promise.all(
      shares.map(({ lane, blocks }) => {
        const rows = blocks.map((block) => rowsOf(data, block));
        return lane.ask("rows", { key, columns: data.columns, blocks: rows }, rows).answer;
      }),
    );
    const held = { key, shares, opened, sums: new Map() };
    this.#held.set(data, held);
    return held;
  }
}

/** Whether a model can be made again from plain data: one of this library. */
function isKnown(model: Model): boolean {
  try {
    return fromJSON(model.toJSON()).name === model.name;
  } catch {
    return false;
  }
}

/** A copy of some rows as they are kept. */
function rowsOf(data: Dataset, { begin, end }: Block): BlockRows {
  const { rows, columns, targets, weights, offsetLength } = data;
  const { store, x, offset } = data.vectors();
  const take = (from: Float64Array, width: number): Float64Array => from.slice(begin * width, end * width);
  return {
    x: take(store.view(x, rows * columns), columns),
    y: take(targets!, targets!.length / rows),
    weights: weights === null ? null : take(weights, 1),
    offset: offsetLength === 0 ? null : take(store.view(offset, offsetLength), offsetLength / rows),
  };
}
