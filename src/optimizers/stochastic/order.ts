import { fail } from "../../check.js";
import { random } from "../../random.js";
import type { Problem } from "../optimizer.js";
import type { Common } from "./options.js";

/** Rows held out to watch the loss, and those that are trained on; both ascending. */
export interface Split {
  readonly heldOut: Uint32Array;
  readonly training: Uint32Array;
}

type Settings = Pick<Common, "batchSize" | "seed" | "validation">;

/** How many rows are held out, and how many make an epoch. */
function counts({ rows }: Problem, { validation }: Settings): { heldOut: number; training: number } {
  if (rows === null) fail("type", "objective", 'one with "rows", which batchSize and validation need', "one without");
  const heldOut = validation === null ? 0 : Math.floor(validation * rows);
  if (validation !== null && (heldOut === 0 || heldOut === rows)) {
    fail("range", "validation", `a share that leaves some of ${rows} rows on both sides`, validation);
  }
  return { heldOut, training: rows - heldOut };
}

/** Batches in an epoch; the last one may be smaller. Throws a RangeError for a batch larger than the rows there are. */
export function batchesOf(problem: Problem, settings: Settings): number {
  const { training } = counts(problem, settings);
  const { batchSize } = settings;
  if (batchSize === null) return 1;
  if (batchSize > training) {
    fail(
      "range",
      "batchSize",
      `at most the ${training} rows${settings.validation === null ? "" : " not held out"}`,
      batchSize,
    );
  }
  return Math.ceil(training / batchSize);
}

/** Which rows are held out: a function of seed and number of rows. */
function splitRows(problem: Problem, settings: Settings): Split {
  const { heldOut, training } = counts(problem, settings);
  if (heldOut === 0) {
    const all = new Uint32Array(training);
    for (let i = 0; i < training; i++) all[i] = i;
    return { heldOut: all.subarray(0, 0), training: all };
  }
  const order = random(settings.seed, 0).permutation(heldOut + training);
  return { heldOut: order.slice(0, heldOut).sort(), training: order.slice(heldOut).sort() };
}

/** The order of one epoch, kept until the next: a function of seed and epoch. */
interface Cached {
  readonly split: Split;
  epoch: number;
  order: Uint32Array;
}

const cache = /*#__PURE__*/ new WeakMap<object, Cached>();

function cached(owner: object, problem: Problem, settings: Settings): Cached {
  let found = cache.get(owner);
  if (found === undefined) {
    found = { split: splitRows(problem, settings), epoch: 0, order: new Uint32Array(0) };
    cache.set(owner, found);
  }
  return found;
}

/** The rows held out. `owner` is the state that asks: its split and order are remembered. */
export function heldOutRows(owner: object, problem: Problem, settings: Settings): Uint32Array {
  return cached(owner, problem, settings).split.heldOut;
}

/** The rows of batch `index` of an epoch, counted from 1. */
export function batchRows(
  owner: object,
  problem: Problem,
  settings: Settings,
  epoch: number,
  index: number,
): Uint32Array {
  const found = cached(owner, problem, settings);
  const { training } = found.split;
  const size = settings.batchSize ?? training.length;
  if (size >= training.length) return training;
  if (found.epoch !== epoch) {
    const permutation = random(settings.seed, epoch).permutation(training.length);
    found.order = training.length === problem.rows ? permutation : permutation.map((i) => training[i]!);
    found.epoch = epoch;
  }
  return found.order.subarray(index * size, Math.min((index + 1) * size, training.length));
}
