/** Elements in a leaf of a vector reduction: docs/bits.md. */
export const LEAF = 1024;

/** Rows in a leaf of anything over rows with this many outputs: docs/bits.md. */
export function leafRows(columns: number): number {
  return columns <= 64 ? 64 : columns <= 1024 ? 16 : 1;
}

/** Nodes that the stack of a reduction over this many leaves can hold at once. */
export function stackDepth(leaves: number): number {
  let depth = 1;
  for (let rest = leaves; rest > 0; rest = Math.floor(rest / 2)) depth++;
  return depth;
}

/** Length of a stack that is deep enough for any reduction whose nodes are of at most two numbers. */
export const SMALL_STACK = 80;

/** Numbers in each of the three large regions of WebAssembly's scratch: also the longest row that it does not cut. */
export const REGION = 65536;
