import { fail } from "./check.js";
import { leafRows, stackDepth } from "./backend/leaves.js";
import { carry, collapse, nodeOf } from "./backend/typescript/tree.js";

/**
 * What standardising took away.
 *
 * @inline
 */
export interface Moments {
  /** Weighted mean of each column, 0 of a sparse one: [columns]. */
  readonly center: Float64Array;
  /** Weighted standard deviation of each column (ddof 0), 1 for a constant one: [columns]. */
  readonly scale: Float64Array;
}

/** Σ w·(x_ij − center_j), or of its square, per column, in leaves of rows. */
function columnSums(
  x: Float64Array,
  columns: number,
  weights: Float64Array | null,
  center: Float64Array,
  squared: boolean,
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
      for (let j = 0, at = i * columns; j < columns; j++) {
        const apart = x[at + j] - center[j];
        stack[node + j] += w * (squared ? apart * apart : apart);
      }
    }
    carry(index, columns, stack);
  }
  collapse(leaves, columns, stack);
  return stack.slice(0, columns);
}

/** The one value of a column in all rows that count, or null. */
function constantOf(x: Float64Array, columns: number, weights: Float64Array | null, column: number): number | null {
  let value: number | null = null;
  for (let i = 0, at = column; at < x.length; i++, at += columns) {
    if (weights !== null && weights[i] === 0) continue;
    if (value !== null && x[at] !== value) return null;
    value = x[at];
  }
  return value;
}

/**
 * Standardises x, [rows × columns], in place: each column less its weighted mean, divided by its weighted standard
 * deviation (ddof 0). A constant column becomes 0 and keeps scale 1; rows of weight 0 do not count. Throws a RangeError naming
 * a column whose variance overflows.
 */
export function standardize(
  x: Float64Array,
  columns: number,
  weights: Float64Array | null,
  totalWeight: number,
): Moments {
  const nowhere = new Float64Array(columns);
  const center = columnSums(x, columns, weights, nowhere, false).map((sum) => sum / totalWeight);
  // The mean of what is left corrects the rounding of the first.
  const rest = columnSums(x, columns, weights, center, false);
  for (let j = 0; j < columns; j++) center[j] += rest[j] / totalWeight;
  const squares = columnSums(x, columns, weights, center, true);
  const scale = squares.map((sum) => Math.sqrt(sum / totalWeight));
  for (let j = 0; j < columns; j++) {
    const constant = constantOf(x, columns, weights, j);
    // The squares of tiny differences underflow: such a column is left in its own units.
    if (constant !== null || scale[j] === 0) scale[j] = 1;
    if (constant !== null) center[j] = constant;
    if (!Number.isFinite(center[j]) || !Number.isFinite(scale[j])) {
      fail("range", "X", "a column with a finite mean and variance to standardize", scale[j], { column: j });
    }
  }
  for (let row = 0; row < x.length; row += columns) {
    for (let j = 0; j < columns; j++) x[row + j] = (x[row + j] - center[j]) / scale[j];
  }
  return { center, scale };
}

/** Sparse rows whose values may be changed. */
interface SparseValues {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  readonly columnIndices: Int32Array;
  readonly rowPointers: Int32Array;
}

/**
 * Divides the columns of sparse rows by their weighted standard deviations (ddof 0, zeros counted), in place; nothing is
 * taken away, so that zeros stay zeros. Sums run row after row. A constant column keeps scale 1; throws as
 * {@link standardize}.
 */
export function scaleSparse(x: SparseValues, weights: Float64Array | null, totalWeight: number): Moments {
  const { rows, columns, values, columnIndices, rowPointers } = x;
  const sum = (f: (value: number, column: number) => number): Float64Array => {
    const sums = new Float64Array(columns);
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[i];
      if (w === 0) continue;
      for (let e = rowPointers[i]; e < rowPointers[i + 1]; e++) {
        const j = columnIndices[e];
        sums[j] += w * f(values[e], j);
      }
    }
    return sums;
  };
  const mean = sum((value) => value).map((total) => total / totalWeight);
  const there = sum(() => 1);
  const squares = sum((value, j) => (value - mean[j]) * (value - mean[j]));
  const least = new Float64Array(columns).fill(Infinity);
  const largest = new Float64Array(columns).fill(-Infinity);
  sum((value, j) => {
    least[j] = Math.min(least[j], value);
    largest[j] = Math.max(largest[j], value);
    return 0;
  });
  const scale = squares.map((square, j) => {
    const zeros = Math.max(0, totalWeight - there[j]);
    const constant = there[j] === 0 || (zeros === 0 && least[j] === largest[j]);
    const sd = Math.sqrt((square + zeros * mean[j] * mean[j]) / totalWeight);
    if (!Number.isFinite(sd)) {
      fail("range", "X", "a column with a finite mean and variance to standardize", sd, { column: j });
    }
    return constant || sd === 0 ? 1 : sd;
  });
  for (let e = 0; e < values.length; e++) values[e] /= scale[columnIndices[e]];
  return { center: new Float64Array(columns), scale };
}
