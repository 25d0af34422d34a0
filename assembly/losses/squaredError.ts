import { at, carry, combine, leafRows, nodeOf } from "../tree";

/** w·x, 0 where w is 0. */
// @ts-ignore: decorator
@inline
function weigh(w: v128, x: v128): v128 {
  return v128.andnot(f64x2.mul(w, x), f64x2.eq(w, f64x2.splat(0)));
}

/** Σ w·½(z − y)² of a leaf; weights 0 stands for ones, gradient 0 for none. */
function leafLoss(rows: i32, scores: usize, targets: usize, weights: usize, gradient: usize, scale: f64): f64 {
  const half = f64x2.splat(0.5);
  const factor = f64x2.splat(scale);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  const pairs = rows & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const w = weights ? v128.load(at(weights, i)) : f64x2.splat(1);
    const r = f64x2.sub(v128.load(at(scores, i)), v128.load(at(targets, i)));
    const loss = weigh(w, f64x2.mul(half, f64x2.mul(r, r)));
    if (i & 2) sum1 = f64x2.add(sum1, loss);
    else sum0 = f64x2.add(sum0, loss);
    if (gradient) v128.store(at(gradient, i), f64x2.mul(weigh(w, r), factor));
  }
  if (pairs < rows) {
    const w = weights ? v128.load64_splat(at(weights, pairs)) : f64x2.splat(1);
    const r = f64x2.sub(v128.load64_splat(at(scores, pairs)), v128.load64_splat(at(targets, pairs)));
    const loss = v128.and(weigh(w, f64x2.mul(half, f64x2.mul(r, r))), i64x2(-1, 0));
    if (pairs & 2) sum1 = f64x2.add(sum1, loss);
    else sum0 = f64x2.add(sum0, loss);
    if (gradient) v128.store64_lane(at(gradient, pairs), f64x2.mul(weigh(w, r), factor), 0);
  }
  return combine(sum0, sum1);
}

export function squaredError(
  rows: i32,
  columns: i32,
  firstLeaf: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  gradient: usize,
  scale: f64,
  stack: usize,
): void {
  const leaf = leafRows(columns);
  for (let begin = 0, index = firstLeaf; begin < rows; begin += leaf, index++) {
    const w = weights ? at(weights, begin) : 0;
    const g = gradient ? at(gradient, begin) : 0;
    const loss = leafLoss(min(rows - begin, leaf), at(scores, begin), at(targets, begin), w, g, scale);
    store<f64>(nodeOf(index, 1, stack), loss);
    carry(index, 1, stack);
  }
}

export function squaredErrorCurvature(
  rows: i32,
  columns: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  out: usize,
): void {
  for (let i = 0; i < rows; i++) store<f64>(at(out, i), weights ? load<f64>(at(weights, i)) : 1);
}
