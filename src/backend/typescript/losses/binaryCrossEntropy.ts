import { expFlushedOne } from "../math/exp.js";
import { logOne } from "../math/log.js";
import { log1pUnitOne } from "../math/log1p.js";
import { carry, leafRows, nodeOf } from "../tree.js";

/** Mean loss of a leaf below which log Π(1 + t) would lose relative accuracy. */
const SMALL = 0.03125;

// With z the score, y the target: t = e^−|z|, a = 1 − y for z ≥ 0 else y (the target's share against the score's side),
// b = 1 − a, loss = a·|z| + log(1 + t), residual = ±(a − b·t)/(1 + t), + for z ≥ 0.

function linearPart(z: number, y: number): number {
  const a = z < 0 ? y : 1 - y;
  return a === 0 ? 0 : a * Math.abs(z);
}

function residual(z: number, y: number, t: number): number {
  return z < 0 ? -((y - (1 - y) * t) / (1 + t)) : (1 - y - y * t) / (1 + t);
}

// Slots take turns in four variables: their combination does not see where they end.

/** Σ loss of a leaf whose rows all weigh 1: the logarithms are taken of a product; writes the gradient if there is one. */
function leafPlain(
  begin: number,
  end: number,
  scores: Float64Array,
  targets: Float64Array,
  gradient: Float64Array | null,
  scale: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let p0 = 1;
  let p1 = 1;
  let p2 = 1;
  let p3 = 1;
  for (let i = begin; i < end; i++) {
    const z = scores[i];
    const y = targets[i];
    const t = expFlushedOne(-Math.abs(z));
    if (gradient !== null) gradient[i] = residual(z, y, t) * scale;
    const sum = s0 + linearPart(z, y);
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = sum;
    const product = p0 * (1 + t);
    p0 = p1;
    p1 = p2;
    p2 = p3;
    p3 = product;
  }
  return s0 + s2 + (s1 + s3) + logOne(p0 * p2 * (p1 * p3));
}

/** Σ w·loss of a leaf, each row with its own logarithm. */
function leafExact(
  begin: number,
  end: number,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
  gradient: Float64Array | null,
  scale: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = begin; i < end; i++) {
    const z = scores[i];
    const y = targets[i];
    const w = weights === null ? 1 : weights[i];
    const t = expFlushedOne(-Math.abs(z));
    if (gradient !== null) gradient[i] = (w === 0 ? 0 : w * residual(z, y, t)) * scale;
    const sum = w === 0 ? s0 : s0 + w * (linearPart(z, y) + log1pUnitOne(t));
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = sum;
  }
  return s0 + s2 + (s1 + s3);
}

export function binaryCrossEntropy(
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
    let loss: number;
    if (weights !== null) {
      loss = leafExact(begin, end, scores, targets, weights, gradient, scale);
    } else {
      loss = leafPlain(begin, end, scores, targets, gradient, scale);
      if (loss < SMALL * (end - begin)) loss = leafExact(begin, end, scores, targets, null, null, 1);
    }
    stack[nodeOf(index, 1)] = loss;
    carry(index, 1, stack);
  }
}

export function binaryCrossEntropyCurvature(
  rows: number,
  _columns: number,
  scores: Float64Array,
  _targets: Float64Array,
  weights: Float64Array | null,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[i];
    const t = expFlushedOne(-Math.abs(scores[i]));
    const total = 1 + t;
    out[i] = w === 0 ? 0 : w * (t / total / total);
  }
}
