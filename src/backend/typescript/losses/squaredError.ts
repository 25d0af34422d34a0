import { carry, leafRows, nodeOf } from "../tree.js";

/** Slots of the sum of a leaf. */
const sums = /*#__PURE__*/ new Float64Array(4);

export function squaredError(
  rows: number,
  columns: number,
  firstLeaf: number,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
  gradient: Float64Array | null,
  scale: number,
  stack: Float64Array,
): void {
  const leaf = leafRows(columns);
  for (let begin = 0, index = firstLeaf; begin < rows; begin += leaf, index++) {
    sums.fill(0);
    for (let i = begin, end = Math.min(begin + leaf, rows); i < end; i++) {
      const w = weights === null ? 1 : weights[i];
      const r = scores[i] - targets[i];
      if (w !== 0) sums[(i - begin) & 3] += w * (0.5 * (r * r));
      if (gradient !== null) gradient[i] = (w === 0 ? 0 : w * r) * scale;
    }
    stack[nodeOf(index, 1)] = sums[0] + sums[2] + (sums[1] + sums[3]);
    carry(index, 1, stack);
  }
}

export function squaredErrorCurvature(
  rows: number,
  _columns: number,
  _scores: Float64Array,
  _targets: Float64Array,
  weights: Float64Array | null,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) out[i] = weights === null ? 1 : weights[i];
}
