import { beyondNormal, expEntry, expExponent, expOfPair, expPair, expSteps, expTail } from "../math/exp";
import { at, carry, combine, leafRows, nodeOf } from "../tree";

// With z the score, y the target: loss = e^z − y·z, residual = e^z − y. e^z = base + rest, base the nearest entry of the
// table of exp: (base − y) + rest keeps its digits where e^z is near y.

/** y·z, 0 where y is 0 even at |z| = ∞. */
// @ts-ignore: decorator
@inline
function linearPart(y: v128, z: v128): v128 {
  return v128.andnot(f64x2.mul(y, z), f64x2.eq(y, f64x2.splat(0)));
}

/** e − line, ∞ where e is. */
// @ts-ignore: decorator
@inline
function less(e: v128, line: v128): v128 {
  const infinite = f64x2.splat(Infinity);
  return v128.bitselect(infinite, f64x2.sub(e, line), f64x2.eq(e, infinite));
}

/** w·x, 0 where w is 0. */
// @ts-ignore: decorator
@inline
function weigh(w: v128, x: v128): v128 {
  return v128.andnot(f64x2.mul(w, x), f64x2.eq(w, f64x2.splat(0)));
}

/** Σ w·loss of a leaf; weights 0 stands for ones, gradient 0 for none. */
function leafLoss(rows: i32, scores: usize, targets: usize, weights: usize, gradient: usize, scale: f64): f64 {
  const factor = f64x2.splat(scale);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  for (let i = 0; i < rows; i += 2) {
    const whole = i + 1 < rows;
    const z = whole ? v128.load(at(scores, i)) : v128.load64_zero(at(scores, i));
    const y = whole ? v128.load(at(targets, i)) : v128.load64_zero(at(targets, i));
    const steps = expSteps(z);
    const first = expEntry(steps, 0);
    const second = expEntry(steps, 1);
    const base = i64x2.add(i64x2.shuffle(first, second, 1, 3), expExponent(steps));
    const rest = f64x2.mul(base, expTail(z, steps, i64x2.shuffle(first, second, 0, 2)));
    const line = linearPart(y, z);
    let loss = f64x2.sub(f64x2.add(base, rest), line);
    let r = f64x2.add(f64x2.sub(base, y), rest);
    const beyond = beyondNormal(z);
    if (v128.any_true(beyond)) {
      const e = expOfPair(z);
      loss = v128.bitselect(less(e, line), loss, beyond);
      r = v128.bitselect(f64x2.sub(e, y), r, beyond);
    }
    if (weights) {
      const w = whole ? v128.load(at(weights, i)) : v128.load64_zero(at(weights, i));
      loss = weigh(w, loss);
      r = weigh(w, r);
    }
    if (!whole) loss = v128.and(loss, i64x2(-1, 0));
    // The accumulators take turns, which their combination does not see.
    const next = f64x2.add(sum0, loss);
    sum0 = sum1;
    sum1 = next;
    if (gradient) {
      r = f64x2.mul(r, factor);
      if (whole) v128.store(at(gradient, i), r);
      else v128.store64_lane(at(gradient, i), r, 0);
    }
  }
  return combine(sum0, sum1);
}

export function poisson(
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

export function poissonCurvature(
  rows: i32,
  columns: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  out: usize,
): void {
  for (let i = 0; i < rows; i += 2) {
    const whole = i + 1 < rows;
    let h = expPair(whole ? v128.load(at(scores, i)) : v128.load64_zero(at(scores, i)));
    if (weights) h = weigh(whole ? v128.load(at(weights, i)) : v128.load64_zero(at(weights, i)), h);
    if (whole) v128.store(at(out, i), h);
    else v128.store64_lane(at(out, i), h, 0);
  }
}
