/** Slots, leaves and the tree of every reduction: docs/bits.md. */

export { LEAF, leafRows } from "../leaves.js";

/** Number of 1 bits of a non-negative 32-bit integer. */
export function popcount(bits: number): number {
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count++;
  return count;
}

/** Where the node of leaf number `leaf` is written. */
export function nodeOf(leaf: number, size: number): number {
  return popcount(leaf) * size;
}

/** stack[target + i] += stack[source + i]; size entries. */
function merge(size: number, stack: Float64Array, target: number, source: number): void {
  for (let i = 0; i < size; i++) stack[target + i] += stack[source + i];
}

/** Carries after leaf number `leaf` was written. */
export function carry(leaf: number, size: number, stack: Float64Array): void {
  let top = nodeOf(leaf, size);
  for (let bits = leaf; bits & 1; bits >>= 1) {
    merge(size, stack, top - size, top);
    top -= size;
  }
}

/** Merges what is left after `leaves` leaves; the total is then the first node. */
export function collapse(leaves: number, size: number, stack: Float64Array): void {
  if (leaves === 0) stack.fill(0, 0, size);
  for (let depth = popcount(leaves) - 1; depth > 0; depth--) merge(size, stack, (depth - 1) * size, depth * size);
}
