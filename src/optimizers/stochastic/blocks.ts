import { random } from "../../random.js";
import type { Problem } from "../optimizer.js";

/** A fixed partition of the rows in blocks, and one random block for each step of an epoch. */
interface Blocks {
  readonly order: Uint32Array;
  epoch: number;
  draws: Uint32Array;
}

const cache = /*#__PURE__*/ new WeakMap<object, Blocks>();

/** The partition: a function of seed and rows, remembered with `owner`. */
function blocksOf(owner: object, { rows }: Problem, seed: number): Blocks {
  let found = cache.get(owner);
  if (found === undefined) {
    found = { order: random(seed, 0).permutation(rows!), epoch: 0, draws: new Uint32Array(0) };
    cache.set(owner, found);
  }
  return found;
}

/** The rows of a block. */
export function blockRows(owner: object, problem: Problem, seed: number, size: number, block: number): Uint32Array {
  return blocksOf(owner, problem, seed).order.subarray(block * size, Math.min((block + 1) * size, problem.rows!));
}

/** The block of a step: uniform with replacement, a function of seed and epoch, which counts from 1. */
export function drawnBlock(
  owner: object,
  problem: Problem,
  seed: number,
  blocks: number,
  epoch: number,
  step: number,
): number {
  const found = blocksOf(owner, problem, seed);
  if (found.epoch !== epoch) {
    const generator = random(seed, epoch);
    found.draws = Uint32Array.from({ length: blocks }, () => generator.integer(blocks));
    found.epoch = epoch;
  }
  return found.draws[step]!;
}
