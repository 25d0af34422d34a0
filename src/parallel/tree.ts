import { leafRows } from "../backend/leaves.js";

/** Rows that one worker holds: whole subtrees of leaves, or the last leaves of all. */
export interface Block {
  readonly begin: number;
  readonly end: number;
  /** How many leaves these are; a power of two, but for the last block of all. */
  readonly leaves: number;
}

/** Blocks of leaves from `first` to `last`, out of `all`: aligned subtrees, as large as there are; the end in one. */
function blocksOf(first: number, last: number, all: number): [first: number, leaves: number][] {
  const blocks: [number, number][] = [];
  for (let at = first; at < last;) {
    let size = 1;
    while ((at === 0 || at % (2 * size) === 0) && at + 2 * size <= last) size *= 2;
    const alignment = at === 0 ? Infinity : at & -at;
    if (last === all && last - at <= alignment) size = last - at;
    blocks.push([at, size]);
    at += size;
  }
  return blocks;
}

/**
 * Divides rows among workers: whole leaves, evenly to about a sixteenth of a share, so that each has few subtrees. Those
 * that would have none are left out.
 */
export function divide(rows: number, outputs: number, workers: number): Block[][] {
  const leaf = leafRows(outputs);
  const leaves = Math.ceil(rows / leaf);
  let grain = 1;
  while (grain * 2 * workers * 16 <= leaves) grain *= 2;
  const cuts = Array.from({ length: workers + 1 }, (_, k) =>
    k === workers ? leaves : Math.min(leaves, Math.floor((k * leaves) / workers / grain + 0.5) * grain),
  );
  return Array.from({ length: workers }, (_, k) =>
    blocksOf(cuts[k]!, cuts[k + 1]!, leaves).map(([first, count]) => ({
      begin: first * leaf,
      end: Math.min((first + count) * leaf, rows),
      leaves: count,
    })),
  ).filter((blocks) => blocks.length > 0);
}

/** The sum of nodes that come in order of their leaves: merged like the carries of a binary counter, as docs/bits.md says. */
export class TreeSum {
  readonly #stack: { readonly leaves: number; readonly node: Float64Array }[] = [];

  /** Adds the node of the next subtree; its array is used. */
  push(leaves: number, node: Float64Array): void {
    let top = { leaves, node };
    for (let below = this.#stack.at(-1); below?.leaves === top.leaves; below = this.#stack.at(-1)) {
      this.#stack.pop();
      top = { leaves: 2 * top.leaves, node: merge(below.node, top.node) };
    }
    this.#stack.push(top);
  }

  /** The sum of all. */
  total(): Float64Array {
    return this.#stack.map(({ node }) => node).reduceRight((right, left) => merge(left, right));
  }
}

/** left += right, entry by entry. */
function merge(left: Float64Array, right: Float64Array): Float64Array {
  for (let i = 0; i < left.length; i++) left[i]! += right[i]!;
  return left;
}
