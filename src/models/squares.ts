import { leafRows } from "../backend/leaves.js";
import { carry, nodeOf } from "../backend/typescript/tree.js";
import { sumSlots } from "../backend/typescript/vector.js";
import type { Features } from "../features.js";

/** Pushes, per leaf, the node [outputs × (1 + columns)] of Σ C_kk and Σ C_kk·x². */
export function addSquares(
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Features,
  diagonal: Float64Array,
  stack: Float64Array,
): void {
  const leaf = leafRows(outputs);
  const size = outputs * (columns + 1);
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const last = Math.min(row + leaf, end);
    const node = nodeOf(index, size);
    stack.fill(0, node, node + size);
    for (let k = 0; k < outputs; k++) {
      const g = node + k * (columns + 1);
      stack[g] = sumSlots((row - begin) * outputs + k, (last - begin) * outputs + k, outputs, diagonal);
      for (let i = row; i < last; i++) {
        const h = diagonal[(i - begin) * outputs + k];
        for (let j = 0, at = i * columns; j < columns; j++, at++) stack[g + 1 + j] += h * x[at] * x[at];
      }
    }
    carry(index, size, stack);
  }
}
