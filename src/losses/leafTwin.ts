import type { LossKernel } from "../backend/kernels.js";
import { carry, leafRows, nodeOf } from "../backend/typescript/tree.js";

/** Σ w·ℓ of the rows begin .. end; writes the gradient unless `out` is null. */
export type Leaf = (
  begin: number,
  end: number,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
  out: Float64Array | null,
  scale: number,
) => number;

/** The kernel that takes rows leaf by leaf. */
export function leafTwin(leafOf: Leaf): LossKernel<Float64Array> {
  return (rows, columns, firstLeaf, scores, targets, weights, out, scale, stack) => {
    const leaf = leafRows(columns);
    for (let begin = 0, index = firstLeaf; begin < rows; begin += leaf, index++) {
      const end = Math.min(begin + leaf, rows);
      stack[nodeOf(index, 1)] = leafOf(begin, end, scores, targets, weights, out, scale);
      carry(index, 1, stack);
    }
  };
}
