import { linearGradient, scoresOf, transpose } from "./linear";
import { at, leafRows } from "./tree";

/** Numbers of X between a score and its part of the gradient: they stay in the second-level cache. */
const BLOCK: i32 = 1 << 14;

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
  const block = leaf * max(1, BLOCK / max(1, columns * leaf));
  if (outputs > 1) transpose(columns, outputs, parameters, scratch);
  for (let from = begin; from < end; from += block) {
    const rows = min(end - from, block);
    const first = x + (<usize>from * <usize>columns << 3);
    const z = at(scores, (from - begin) * outputs);
    const r = residuals ? at(residuals, (from - begin) * outputs) : 0;
    const shift = offset ? offset + (<usize>from * <usize>outputs << 3) : 0;
    scoresOf(columns, outputs, rows, first, parameters, scratch, shift, z);
    const y = targets + (<usize>from * <usize>width << 3);
    const w = weights ? at(weights, from) : 0;
    call_indirect<void>(loss, rows, outputs, from / leaf, z, y, w, r, <f64>1, lossStack);
    if (r) linearGradient(columns, outputs, from, from + rows, x, r, gradientStack);
  }
}
