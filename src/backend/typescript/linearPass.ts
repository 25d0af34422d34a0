import type { LossKernel } from "../kernels.js";
import { linearGradient, linearScores } from "./linear.js";
import { leafRows } from "./tree.js";

/** Numbers of X between a score and its part of the gradient: they stay in the cache. */
const BLOCK = 1 << 14;

export function linearPass(
  loss: LossKernel<Float64Array>,
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Float64Array,
  parameters: Float64Array,
  offset: Float64Array | null,
  width: number,
  targets: Float64Array,
  weights: Float64Array | null,
  scores: Float64Array,
  residuals: Float64Array | null,
  scratch: Float64Array,
  lossStack: Float64Array,
  gradientStack: Float64Array,
): void {
  const leaf = leafRows(outputs);
  const block = leaf * Math.max(1, Math.floor(BLOCK / (columns * leaf)));
  for (let from = begin; from < end; from += block) {
    const to = Math.min(from + block, end);
    const z = scores.subarray((from - begin) * outputs, (to - begin) * outputs);
    const r = residuals === null ? null : residuals.subarray((from - begin) * outputs, (to - begin) * outputs);
    linearScores(columns, outputs, from, to, x, parameters, offset, z, scratch);
    const y = targets.subarray(from * width, to * width);
    const w = weights === null ? null : weights.subarray(from, to);
    loss(to - from, outputs, from / leaf, z, y, w, r, 1, lossStack);
    if (r !== null) linearGradient(columns, outputs, from, to, x, r, gradientStack);
  }
}
