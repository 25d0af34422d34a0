import type { LossKernel } from "../backend/kernels.js";
import { carry, leafRows, nodeOf } from "../backend/typescript/tree.js";

/**
 * Writes ℓ of rows begin .. end − 1 to losses[0 ..], and their ∂ℓ/∂score to `out` unless that is null. Rows of weight 0
 * may be passed over.
 */
export type LeafLoss = (
  begin: number,
  end: number,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
  out: Float64Array | null,
  losses: Float64Array,
) => void;

/** Losses of the rows of a leaf. Not there while a kernel runs: a loss that users wrote may run others. */
let spare: Float64Array | null = null;

/** The kernel that takes rows leaf by leaf. A row of weight 0 adds 0 and has gradient 0 whatever its scores. */
export function leafTwin(lossesOf: LeafLoss): LossKernel<Float64Array> {
  return (rows, columns, firstLeaf, scores, targets, weights, out, scale, stack) => {
    const leaf = leafRows(columns);
    const losses = spare ?? new Float64Array(leafRows(1));
    spare = null;
    for (let begin = 0, index = firstLeaf; begin < rows; begin += leaf, index++) {
      const end = Math.min(begin + leaf, rows);
      lossesOf(begin, end, scores, targets, weights, out, losses);
      stack[nodeOf(index, 1)] =
        weights === null ? sumOf(end - begin, losses) : weightedSumOf(end - begin, begin, weights, losses);
      if (out !== null) weigh(begin, end, columns, weights, scale, out);
      carry(index, 1, stack);
    }
    spare = losses;
  };
}

/** Σ ℓ of a leaf, in slots. */
function sumOf(rows: number, losses: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let r = 0;
  for (const whole = rows - 3; r < whole; r += 4) {
    s0 += losses[r];
    s1 += losses[r + 1];
    s2 += losses[r + 2];
    s3 += losses[r + 3];
  }
  if (r < rows) s0 += losses[r];
  if (r + 1 < rows) s1 += losses[r + 1];
  if (r + 2 < rows) s2 += losses[r + 2];
  return s0 + s2 + (s1 + s3);
}

/** Σ w·ℓ of a leaf; the slots take turns in four variables, which their combination does not see. */
function weightedSumOf(rows: number, begin: number, weights: Float64Array, losses: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let r = 0; r < rows; r++) {
    const w = weights[begin + r];
    const sum = w === 0 ? s0 : s0 + w * losses[r];
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = sum;
  }
  return s0 + s2 + (s1 + s3);
}

/** out ← w·out·scale for the rows of a leaf. */
function weigh(
  begin: number,
  end: number,
  columns: number,
  weights: Float64Array | null,
  scale: number,
  out: Float64Array,
): void {
  if (weights === null) {
    for (let k = begin * columns, last = end * columns; k < last; k++) out[k] *= scale;
    return;
  }
  for (let i = begin; i < end; i++) {
    const w = weights[i];
    for (let k = i * columns, last = k + columns; k < last; k++) out[k] = w === 0 ? 0 : w * out[k] * scale;
  }
}
