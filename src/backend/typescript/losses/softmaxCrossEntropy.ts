import { expOne } from "../math/exp.js";
import { expShifted, inverseTotal, rowNode } from "../logSumExp.js";
import { LEAF, carry, leafRows, nodeOf } from "../tree.js";
import { leafExact, leafPlain, margins, masses, rests } from "./softmaxLeaf.js";

// A row with scores z, largest score m and rest s = Σ exp(z_k − m) without the first maximum's own 1:
// loss = Q·log1p(s) + Σ q_k·(m − z_k), q the target distribution, Q = Σ q_k; one class y: q_y = 1.
// gradient = Q·exp(z_k − m)/(1 + s) − q_k; for one class y at the maximum: −s/(1 + s).

/** The log-sum-exp nodes of one row. */
const node = /*#__PURE__*/ new Float64Array(80);

/** gradient ← exp(z − m)·factor; a row of one leaf holds exp(z − m) in `gradient` already. */
function spread(columns: number, scores: Float64Array, begin: number, factor: number, gradient: Float64Array): void {
  const end = begin + columns;
  if (columns <= LEAF) for (let k = begin; k < end; k++) gradient[k] *= factor;
  else for (let k = begin; k < end; k++) gradient[k] = expOne(scores[k] - node[0]) * factor;
}

export function softmaxCrossEntropy(
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
    const end = Math.min(begin + leaf, rows);
    for (let i = begin; i < end; i++) {
      const row = i * columns;
      const w = weights === null ? 1 : weights[i];
      const y = row + targets[i];
      const zy = scores[y];
      rowNode(columns, scores, row, gradient, row, node);
      const m = node[0];
      const s = node[1];
      rests[i - begin] = s;
      margins[i - begin] = m - zy;
      if (gradient === null) continue;
      if (w === 0) {
        gradient.fill(0, row, row + columns);
      } else {
        const share = w * scale;
        const factor = inverseTotal(node) * share;
        spread(columns, scores, row, factor, gradient);
        gradient[y] = zy === m ? -(s * factor) : gradient[y] - share;
      }
    }
    stack[nodeOf(index, 1)] = weights === null ? leafPlain(end - begin) : leafExact(end - begin, begin, weights, null);
    carry(index, 1, stack);
  }
}

/** Slots of the sums over the classes of a row. */
const slots = /*#__PURE__*/ new Float64Array(4);

/** Σ q_k in slots, one leaf whatever K. */
function mass(columns: number, targets: Float64Array, row: number): number {
  slots.fill(0);
  for (let k = 0; k < columns; k++) slots[k & 3] += targets[row + k];
  return slots[0] + slots[2] + (slots[1] + slots[3]);
}

/** Σ q_k·(m − z_k) in slots, one leaf whatever K; terms with q_k = 0 are 0. */
function margin(columns: number, targets: Float64Array, scores: Float64Array, row: number, m: number): number {
  slots.fill(0);
  for (let k = 0; k < columns; k++) {
    const q = targets[row + k];
    if (q !== 0) slots[k & 3] += q * (m - scores[row + k]);
  }
  return slots[0] + slots[2] + (slots[1] + slots[3]);
}

export function softmaxCrossEntropyDistributions(
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
    const end = Math.min(begin + leaf, rows);
    for (let i = begin; i < end; i++) {
      const row = i * columns;
      const w = weights === null ? 1 : weights[i];
      rowNode(columns, scores, row, gradient, row, node);
      const total = mass(columns, targets, row);
      rests[i - begin] = node[1];
      masses[i - begin] = total;
      margins[i - begin] = margin(columns, targets, scores, row, node[0]);
      if (gradient === null) continue;
      if (w === 0) {
        gradient.fill(0, row, row + columns);
      } else {
        const share = w * scale;
        spread(columns, scores, row, inverseTotal(node) * (total * share), gradient);
        for (let k = row; k < row + columns; k++) gradient[k] -= targets[k] * share;
      }
    }
    stack[nodeOf(index, 1)] = leafExact(end - begin, begin, weights, masses);
    carry(index, 1, stack);
  }
}

/** Probabilities of a row, and of all other classes together; grown for longer rows, which only the twin takes. */
let probabilities = /*#__PURE__*/ new Float64Array(LEAF);
let complements = /*#__PURE__*/ new Float64Array(LEAF);

/** w·Q·p_k·([k = l] − p_l) of one row. */
function curvatureRow(
  rows: number,
  columns: number,
  i: number,
  scores: Float64Array,
  factor: number,
  out: Float64Array,
): void {
  const row = i * columns;
  if (columns > probabilities.length) {
    probabilities = new Float64Array(columns);
    complements = new Float64Array(columns);
  }
  rowNode(columns, scores, row, probabilities, 0, node);
  if (columns > LEAF) expShifted(columns, scores.subarray(row, row + columns), node[0], 1, probabilities);
  const inverse = inverseTotal(node);
  for (let k = 0; k < columns; k++) {
    const p = probabilities[k] * inverse;
    probabilities[k] = p;
    complements[k] = scores[row + k] === node[0] ? node[1] * inverse : 1 - p;
  }
  let pair = 0;
  for (let k = 0; k < columns; k++) {
    const p = factor * probabilities[k];
    for (let l = 0; l < k; l++) out[pair++ * rows + i] = factor === 0 ? 0 : -(p * probabilities[l]);
    out[pair++ * rows + i] = factor === 0 ? 0 : p * complements[k];
  }
}

export function softmaxCrossEntropyCurvature(
  rows: number,
  columns: number,
  scores: Float64Array,
  _targets: Float64Array,
  weights: Float64Array | null,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) curvatureRow(rows, columns, i, scores, weights === null ? 1 : weights[i], out);
}

export function softmaxCrossEntropyDistributionsCurvature(
  rows: number,
  columns: number,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[i];
    const factor = w === 0 ? 0 : w * mass(columns, targets, i * columns);
    curvatureRow(rows, columns, i, scores, factor, out);
  }
}
