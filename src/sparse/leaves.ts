/** Additions in a leaf for each number of its node, on average, at least: what zeroing and merging the node may cost. */
const SHARE = 4;

/**
 * Rows in a leaf of a sum over sparse rows: the least of 64, 128, 256, ... whose additions, `work` a row on average, are four
 * for each of the `size` numbers of its node. A function of the shape alone: docs/bits.md.
 */
export function sparseLeaf(rows: number, work: number, size: number): number {
  let leaf = 64;
  while (leaf < rows && leaf * work < SHARE * size) leaf *= 2;
  return leaf;
}
