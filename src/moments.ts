import { leafRows, stackDepth } from "./backend/leaves.js";
import { carry, collapse, nodeOf } from "./backend/typescript/tree.js";

/** Centre and scale of each column. */
export interface Moments {
  readonly center: Float64Array;
  readonly scale: Float64Array;
}

/** Σ w·f(x_ij) per column, in leaves of rows. */
function columnSums(
  x: Float64Array,
  columns: number,
  weights: Float64Array | null,
  f: (value: number, column: number) => number,
): Float64Array {
  const rows = x.length / columns;
  const leaf = leafRows(1);
  const leaves = Math.ceil(rows / leaf);
  const stack = new Float64Array(stackDepth(leaves) * columns);
  for (let index = 0; index < leaves; index++) {
    const node = nodeOf(index, columns);
    stack.fill(0, node, node + columns);
    for (let i = index * leaf, end = Math.min(i + leaf, rows); i < end; i++) {
      const w = weights === null ? 1 : weights[i];
      for (let j = 0; j < columns; j++) stack[node + j] += w * f(x[i * columns + j], j);
    }
    carry(index, columns, stack);
  }
  collapse(leaves, columns, stack);
  return stack.slice(0, columns);
}

/**
 * Standardises x, [rows × columns], in place: each column less its weighted mean, divided by its weighted standard
 * deviation (ddof 0). A constant column becomes 0 and keeps scale 1.
 */
export function standardize(
  x: Float64Array,
  columns: number,
  weights: Float64Array | null,
  totalWeight: number,
): Moments {
  const rows = x.length / columns;
  const center = columnSums(x, columns, weights, (value) => value).map((sum) => sum / totalWeight);
  // The mean of what is left corrects the rounding of the first.
  const rest = columnSums(x, columns, weights, (value, j) => value - center[j]);
  for (let j = 0; j < columns; j++) center[j] += rest[j] / totalWeight;
  const squares = columnSums(x, columns, weights, (value, j) => (value - center[j]) * (value - center[j]));
  const scale = squares.map((sum) => Math.sqrt(sum / totalWeight));
  for (let j = 0; j < columns; j++) {
    let constant = true;
    for (let i = 1; i < rows && constant; i++) constant = x[i * columns + j] === x[j];
    if (constant) {
      center[j] = x[j];
      scale[j] = 1;
    }
  }
  for (let i = 0; i < x.length; i++) x[i] = (x[i] - center[i % columns]) / scale[i % columns];
  return { center, scale };
}
