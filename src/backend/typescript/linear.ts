import { addSquares } from "./squares.js";
import { carry, leafRows, nodeOf } from "./tree.js";
import { dotSlots, sumSlots } from "./vector.js";

export function linearScores(
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Float64Array,
  parameters: Float64Array,
  offset: Float64Array | null,
  scores: Float64Array,
  _scratch: Float64Array,
): void {
  for (let i = begin; i < end; i++) {
    const row = i * columns;
    for (let k = 0; k < outputs; k++) {
      const first = k * (columns + 1);
      let score: number;
      if (outputs === 1) {
        score = dotSlots(columns, x, row, parameters, 1);
      } else {
        score = 0;
        for (let j = 0; j < columns; j++) score += x[row + j] * parameters[first + 1 + j];
      }
      score += parameters[first];
      if (offset !== null) score += offset[i * outputs + k];
      scores[(i - begin) * outputs + k] = score;
    }
  }
}

export function linearGradient(
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Float64Array,
  residuals: Float64Array,
  stack: Float64Array,
): void {
  rowSums(addProducts, columns, outputs, begin, end, x, residuals, stack);
}

export function linearSquares(
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Float64Array,
  curvature: Float64Array,
  stack: Float64Array,
): void {
  rowSums(addSquares, columns, outputs, begin, end, x, curvature, stack);
}

/** Σ r of every leaf, and what `add` adds of its rows. */
function rowSums(
  add: typeof addSquares,
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Float64Array,
  factors: Float64Array,
  stack: Float64Array,
): void {
  const leaf = leafRows(outputs);
  const size = outputs * (columns + 1);
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const last = Math.min(row + leaf, end);
    const node = nodeOf(index, size);
    stack.fill(0, node, node + size);
    add(columns, outputs, row, last, x, factors, begin * outputs, stack, node);
    for (let k = 0; k < outputs; k++) {
      const [first, after] = [(row - begin) * outputs + k, (last - begin) * outputs + k];
      stack[node + k * (columns + 1)] = sumSlots(first, after, outputs, factors);
    }
    carry(index, size, stack);
  }
}

/** Adds Σ r·x of rows row .. last, four at a time. */
function addProducts(
  columns: number,
  outputs: number,
  row: number,
  last: number,
  x: Float64Array,
  residuals: Float64Array,
  shift: number,
  stack: Float64Array,
  node: number,
): void {
  let i = row;
  for (; i + 4 <= last; i += 4) {
    const x0 = i * columns;
    const x1 = x0 + columns;
    const x2 = x1 + columns;
    const x3 = x2 + columns;
    for (let k = 0; k < outputs; k++) {
      const r = i * outputs + k - shift;
      const r0 = residuals[r];
      const r1 = residuals[r + outputs];
      const r2 = residuals[r + 2 * outputs];
      const r3 = residuals[r + 3 * outputs];
      const g = node + k * (columns + 1) + 1;
      for (let j = 0; j < columns; j++) {
        stack[g + j] = stack[g + j] + r0 * x[x0 + j] + r1 * x[x1 + j] + r2 * x[x2 + j] + r3 * x[x3 + j];
      }
    }
  }
  for (; i < last; i++) {
    for (let k = 0; k < outputs; k++) {
      const r = residuals[i * outputs + k - shift];
      const g = node + k * (columns + 1) + 1;
      for (let j = 0; j < columns; j++) stack[g + j] += r * x[i * columns + j];
    }
  }
}
