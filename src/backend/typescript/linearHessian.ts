import { carry, leafRows, nodeOf } from "./tree.js";

export function linearHessian(
  columns: number,
  outputs: number,
  pairs: number,
  begin: number,
  end: number,
  x: Float64Array,
  curvature: Float64Array,
  stack: Float64Array,
): void {
  const leaf = leafRows(outputs);
  const triangle = ((columns + 1) * (columns + 2)) / 2;
  const size = pairs * triangle;
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const last = Math.min(row + leaf, end);
    const node = nodeOf(index, size);
    stack.fill(0, node, node + size);
    for (let pair = 0; pair < pairs; pair++) {
      const h = pair * (end - begin) - begin;
      for (let i = row; i < last; i++)
        addOuterProduct(columns, x, i * columns, curvature[h + i], stack, node + pair * triangle);
    }
    carry(index, size, stack);
  }
}

/** Adds h·(1, x)(1, x)ᵀ, its lower triangle, to stack[g ...]. */
function addOuterProduct(
  columns: number,
  x: Float64Array,
  row: number,
  h: number,
  stack: Float64Array,
  g: number,
): void {
  stack[g++] += h;
  for (let a = 0; a < columns; a++) {
    const v = h * x[row + a];
    stack[g++] += v;
    for (let b = 0; b <= a; b++) stack[g++] += v * x[row + b];
  }
}
