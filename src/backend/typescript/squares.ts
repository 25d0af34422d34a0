/** Adds Σ (c·x)·x of rows row .. last to a node [outputs × (1 + columns)], row after row; those of row i from i·outputs − shift. */
export function addSquares(
  columns: number,
  outputs: number,
  row: number,
  last: number,
  x: Float64Array,
  curvature: Float64Array,
  shift: number,
  stack: Float64Array,
  node: number,
): void {
  for (let k = 0; k < outputs; k++) {
    const g = node + k * (columns + 1) + 1;
    for (let i = row; i < last; i++) {
      const c = curvature[i * outputs + k - shift];
      for (let j = 0, at = i * columns; j < columns; j++, at++) stack[g + j] += c * x[at] * x[at];
    }
  }
}
