import { expTable, powersOfTwo } from "../../tables.js";
import { expOne, expSteps, expTail } from "../math/exp.js";
import { carry, leafRows, nodeOf } from "../tree.js";

// With z the score, y the target: loss = e^z − y·z, residual = e^z − y. e^z = base + rest, base the nearest entry of the
// table of exp: (base − y) + rest keeps its digits where e^z is near y.

/** Σ w·loss of a leaf, ones without weights; the slots take turns in four variables: their combination does not see where they end. */
function leafLoss(
  begin: number,
  end: number,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
  gradient: Float64Array | null,
  scale: number,
): number {
  const table = expTable;
  const powers = powersOfTwo;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = begin; i < end; i++) {
    const z = scores[i];
    const y = targets[i];
    const line = y === 0 ? 0 : y * z;
    let loss: number;
    let r: number;
    if (Math.abs(z) <= 650) {
      const k = expSteps(z);
      const j = (k & 127) << 1;
      const base = table[j + 1] * powers[(k >> 7) + 1074];
      const rest = base * expTail(z, k, table[j]);
      loss = base + rest - line;
      r = base - y + rest;
    } else {
      const e = expOne(z);
      loss = e === Infinity ? e : e - line;
      r = e - y;
    }
    const w = weights === null ? 1 : weights[i];
    if (gradient !== null) gradient[i] = (w === 0 ? 0 : w * r) * scale;
    const sum = w === 0 ? s0 : s0 + w * loss;
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = sum;
  }
  return s0 + s2 + (s1 + s3);
}

export function poisson(
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
    stack[nodeOf(index, 1)] = leafLoss(begin, Math.min(begin + leaf, rows), scores, targets, weights, gradient, scale);
    carry(index, 1, stack);
  }
}

export function poissonCurvature(
  rows: number,
  _columns: number,
  scores: Float64Array,
  _targets: Float64Array,
  weights: Float64Array | null,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[i];
    out[i] = w === 0 ? 0 : w * expOne(scores[i]);
  }
}
