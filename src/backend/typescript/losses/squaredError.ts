import { carry, leafRows, nodeOf } from "../tree.js";

/** Σ ½(z − y)² of a leaf, in slots; writes the gradient. */
function leafPlain(
  begin: number,
  end: number,
  scores: Float64Array,
  targets: Float64Array,
  gradient: Float64Array,
  scale: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = begin;
  for (const whole = end - 3; i < whole; i += 4) {
    let r = scores[i] - targets[i];
    gradient[i] = r * scale;
    s0 += 0.5 * (r * r);
    r = scores[i + 1] - targets[i + 1];
    gradient[i + 1] = r * scale;
    s1 += 0.5 * (r * r);
    r = scores[i + 2] - targets[i + 2];
    gradient[i + 2] = r * scale;
    s2 += 0.5 * (r * r);
    r = scores[i + 3] - targets[i + 3];
    gradient[i + 3] = r * scale;
    s3 += 0.5 * (r * r);
  }
  for (let slot = 0; i < end; i++, slot++) {
    const r = scores[i] - targets[i];
    gradient[i] = r * scale;
    const term = 0.5 * (r * r);
    if (slot === 0) s0 += term;
    else if (slot === 1) s1 += term;
    else s2 += term;
  }
  return s0 + s2 + (s1 + s3);
}

/** Σ w·½(z − y)² of a leaf, ones without weights; the slots take turns in four variables: their combination does not see where they end. */
function leafGeneral(
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
    const w = weights === null ? 1 : weights[i];
    const r = scores[i] - targets[i];
    if (gradient !== null) gradient[i] = (w === 0 ? 0 : w * r) * scale;
    const sum = w === 0 ? s0 : s0 + w * (0.5 * (r * r));
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = sum;
  }
  return s0 + s2 + (s1 + s3);
}

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
    const end = Math.min(begin + leaf, rows);
    stack[nodeOf(index, 1)] =
      weights === null && gradient !== null
        ? leafPlain(begin, end, scores, targets, gradient, scale)
        : leafGeneral(begin, end, scores, targets, weights, gradient, scale);
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
