import { carry, leafRows, nodeOf } from "./tree.js";
import { sumSlots } from "./vector.js";

export function linearSquares(
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Float64Array,
  curvature: Float64Array,
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
      stack[g] = sumSlots((row - begin) * outputs + k, (last - begin) * outputs + k, outputs, curvature);
      for (let i = row; i < last; i++) {
        const c = curvature[(i - begin) * outputs + k];
        for (let j = 0, at = i * columns; j < columns; j++, at++) stack[g + 1 + j] += c * x[at] * x[at];
      }
    }
    carry(index, size, stack);
  }
}
