import { pushGradient, scoresOfLeaf, transpose } from "./linear";
import { at, leafRows } from "./tree";

/** `loss`: where its kernel stands in the table. */
export function linearPass(
  loss: i32,
  columns: i32,
  outputs: i32,
  begin: i32,
  end: i32,
  x: usize,
  parameters: usize,
  offset: usize,
  width: i32,
  targets: usize,
  weights: usize,
  scores: usize,
  residuals: usize,
  scratch: usize,
  lossStack: usize,
  gradientStack: usize,
): void {
  const leaf = leafRows(outputs);
  const bytes = (<usize>columns) << 3;
  if (outputs > 1) transpose(columns, outputs, parameters, scratch);
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const rows = min(end - row, leaf);
    const first = x + <usize>row * bytes;
    const z = at(scores, (row - begin) * outputs);
    const r = residuals ? at(residuals, (row - begin) * outputs) : 0;
    const shift = offset ? offset + (<usize>row * <usize>outputs << 3) : 0;
    scoresOfLeaf(columns, outputs, rows, first, parameters, scratch, shift, z);
    const y = targets + (<usize>row * <usize>width << 3);
    const w = weights ? at(weights, row) : 0;
    call_indirect<void>(loss, rows, outputs, index, z, y, w, r, <f64>1, lossStack);
    if (r) pushGradient(columns, outputs, index, rows, first, r, gradientStack);
  }
}
