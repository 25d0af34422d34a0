import { inverseTotal, rowNode } from "../backend/typescript/logSumExp.js";
import { LEAF } from "../backend/typescript/tree.js";

/** Classes up to which these products are there: a row is one leaf. */
export const MOST_PRODUCT_CLASSES = LEAF;

const node = /*#__PURE__*/ new Float64Array(80);
const probabilities = /*#__PURE__*/ new Float64Array(LEAF);

/**
 * Rows of w·(diag(p) − ppᵀ)·v, p the softmax of the scores, without that matrix: w·p_k·(v_k − Σ p_l·v_l), l ascending; or its
 * diagonal w·p_k·(1 − p_k) where there is no v. scores, moves, out: [rows × columns], columns at most one leaf; out may be
 * moves.
 */
export function softmaxCurvatureTimes(
  rows: number,
  columns: number,
  scores: Float64Array,
  weights: Float64Array | null,
  moves: Float64Array | null,
  out: Float64Array,
): void {
  for (let i = 0, row = 0; i < rows; i++, row += columns) {
    const w = weights === null ? 1 : weights[i];
    if (w === 0) {
      out.fill(0, row, row + columns);
      continue;
    }
    rowNode(columns, scores, row, probabilities, 0, node);
    const inverse = inverseTotal(node);
    let mean = 0;
    for (let k = 0; k < columns; k++) {
      probabilities[k] *= inverse;
      if (moves !== null) mean += probabilities[k] * moves[row + k];
    }
    for (let k = 0; k < columns; k++) {
      const rest = scores[row + k] === node[0] ? node[1] * inverse : 1 - probabilities[k];
      out[row + k] = w * probabilities[k] * (moves === null ? rest : moves[row + k] - mean);
    }
  }
}
