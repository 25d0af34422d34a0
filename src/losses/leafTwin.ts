import type { LossKernel } from "../backend/kernels.js";
import { carry, leafRows, nodeOf } from "../backend/typescript/tree.js";

/** ℓ of row i; writes (∂ℓ/∂score)·w·scale of the row unless `out` is null. */
export type RowLoss = (
  i: number,
  w: number,
  scores: Float64Array,
  targets: Float64Array,
  out: Float64Array | null,
  scale: number,
) => number;

/** The kernel that takes rows leaf by leaf. A row of weight 0 adds 0 and has gradient 0 whatever its scores. */
export function leafTwin(lossOf: RowLoss): LossKernel<Float64Array> {
  return (rows, columns, firstLeaf, scores, targets, weights, out, scale, stack) => {
    const leaf = leafRows(columns);
    for (let begin = 0, index = firstLeaf; begin < rows; begin += leaf, index++) {
      const end = Math.min(begin + leaf, rows);
      // The slots take turns in four variables, which their combination does not see.
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = begin; i < end; i++) {
        const w = weights === null ? 1 : weights[i];
        let sum = s0;
        if (w !== 0) sum += w * lossOf(i, w, scores, targets, out, scale);
        else out?.fill(0, i * columns, (i + 1) * columns);
        s0 = s1;
        s1 = s2;
        s2 = s3;
        s3 = sum;
      }
      stack[nodeOf(index, 1)] = s0 + s2 + (s1 + s3);
      carry(index, 1, stack);
    }
  };
}
