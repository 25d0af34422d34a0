import { expFlushedPair } from "../math/exp";
import { log1pUnitPair } from "../math/log1p";
import { logOne } from "../math/log";
import { at, carry, combine, leafRows, nodeOf } from "../tree";

/** Mean loss of a leaf below which log Π(1 + t) would lose relative accuracy. */
const SMALL: f64 = 0.03125;

// With z the score, y the target: t = e^−|z|, a = 1 − y for z ≥ 0 else y (the target's share against the score's side),
// b = 1 − a, loss = a·|z| + log(1 + t), residual = ±(a − b·t)/(1 + t), + for z ≥ 0.

// @ts-ignore: decorator
@inline
function decay(z: v128): v128 {
  return expFlushedPair(f64x2.neg(f64x2.abs(z)));
}

/** a·|z|, 0 where a is 0 even at |z| = ∞. */
// @ts-ignore: decorator
@inline
function linearPart(a: v128, z: v128): v128 {
  return v128.andnot(f64x2.mul(a, f64x2.abs(z)), f64x2.eq(a, f64x2.splat(0)));
}

/** What makes a of y and b of 1 − y by exclusive or: nothing where z < 0, else the bits in which the two differ. */
// @ts-ignore: decorator
@inline
function swap(negative: v128, y: v128, other: v128): v128 {
  return v128.andnot(v128.xor(y, other), negative);
}

// @ts-ignore: decorator
@inline
function residual(a: v128, b: v128, t: v128, total: v128, negative: v128): v128 {
  const size = f64x2.div(f64x2.sub(a, f64x2.mul(b, t)), total);
  return v128.xor(size, v128.and(negative, f64x2.splat(-0.0)));
}

// @ts-ignore: decorator
@inline
function isNegative(z: v128): v128 {
  return f64x2.lt(z, f64x2.splat(0));
}

/** {@link decay} as a function of its own, for the ends of leaves. */
function decayOf(z: v128): v128 {
  return decay(z);
}

/** t of the rows of a leaf. */
const decays: usize = memory.data(512, 16);

/** Σ loss of a leaf whose rows all weigh 1: the logarithms are taken of a product; writes the gradient if there is one. */
function leafPlain(rows: i32, scores: usize, targets: usize, gradient: usize, scale: f64): f64 {
  const one = f64x2.splat(1);
  const factor = f64x2.splat(scale);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let product0 = one;
  let product1 = one;
  const whole = rows & ~3;
  // Two loops, so that what each keeps fits in registers.
  for (let i = 0; i < whole; i += 4) {
    const t0 = decay(v128.load(at(scores, i)));
    const t1 = decay(v128.load(at(scores, i), 16));
    v128.store(at(decays, i), t0);
    v128.store(at(decays, i), t1, 16);
  }
  for (let i = 0; i < whole; i += 4) {
    const z0 = v128.load(at(scores, i));
    const z1 = v128.load(at(scores, i), 16);
    const y0 = v128.load(at(targets, i));
    const y1 = v128.load(at(targets, i), 16);
    const t0 = v128.load(at(decays, i));
    const t1 = v128.load(at(decays, i), 16);
    const total0 = f64x2.add(one, t0);
    const total1 = f64x2.add(one, t1);
    const negative0 = isNegative(z0);
    const negative1 = isNegative(z1);
    const other0 = f64x2.sub(one, y0);
    const other1 = f64x2.sub(one, y1);
    const swap0 = swap(negative0, y0, other0);
    const swap1 = swap(negative1, y1, other1);
    const a0 = v128.xor(y0, swap0);
    const a1 = v128.xor(y1, swap1);
    sum0 = f64x2.add(sum0, linearPart(a0, z0));
    sum1 = f64x2.add(sum1, linearPart(a1, z1));
    product0 = f64x2.mul(product0, total0);
    product1 = f64x2.mul(product1, total1);
    if (gradient) {
      const r0 = residual(a0, v128.xor(other0, swap0), t0, total0, negative0);
      const r1 = residual(a1, v128.xor(other1, swap1), t1, total1, negative1);
      v128.store(at(gradient, i), f64x2.mul(r0, factor));
      v128.store(at(gradient, i), f64x2.mul(r1, factor), 16);
    }
  }
  for (let i = whole; i < rows; i++) {
    const z = v128.load64_splat(at(scores, i));
    const y = v128.load64_splat(at(targets, i));
    const t = decayOf(z);
    const total = f64x2.add(one, t);
    const negative = isNegative(z);
    const other = f64x2.sub(one, y);
    const swapped = swap(negative, y, other);
    const a = v128.xor(y, swapped);
    const linear = f64x2.extract_lane(linearPart(a, z), 0);
    const term = f64x2.extract_lane(total, 0);
    // Slots 0, 1 are the lanes of the first accumulator, slot 2 is the first lane of the second.
    if (i == whole) {
      sum0 = f64x2.replace_lane(sum0, 0, f64x2.extract_lane(sum0, 0) + linear);
      product0 = f64x2.replace_lane(product0, 0, f64x2.extract_lane(product0, 0) * term);
    } else if (i == whole + 1) {
      sum0 = f64x2.replace_lane(sum0, 1, f64x2.extract_lane(sum0, 1) + linear);
      product0 = f64x2.replace_lane(product0, 1, f64x2.extract_lane(product0, 1) * term);
    } else {
      sum1 = f64x2.replace_lane(sum1, 0, f64x2.extract_lane(sum1, 0) + linear);
      product1 = f64x2.replace_lane(product1, 0, f64x2.extract_lane(product1, 0) * term);
    }
    if (gradient) {
      const r = residual(a, v128.xor(other, swapped), t, total, negative);
      store<f64>(at(gradient, i), f64x2.extract_lane(r, 0) * scale);
    }
  }
  const product = f64x2.mul(product0, product1);
  const all = f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1);
  return combine(sum0, sum1) + logOne(all);
}

/** w·(loss), 0 where w is 0. */
// @ts-ignore: decorator
@inline
function weigh(w: v128, value: v128): v128 {
  return v128.andnot(f64x2.mul(w, value), f64x2.eq(w, f64x2.splat(0)));
}

/** Σ w·loss of a leaf, each row with its own logarithm; weights 0 stands for ones, gradient 0 for none. */
function leafExact(rows: i32, scores: usize, targets: usize, weights: usize, gradient: usize, scale: f64): f64 {
  const one = f64x2.splat(1);
  const factor = f64x2.splat(scale);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  for (let i = 0; i < rows; i += 2) {
    const whole = i + 1 < rows;
    const z = whole ? v128.load(at(scores, i)) : v128.load64_zero(at(scores, i));
    const y = whole ? v128.load(at(targets, i)) : v128.load64_zero(at(targets, i));
    let w = one;
    if (weights) w = whole ? v128.load(at(weights, i)) : v128.load64_zero(at(weights, i));
    else if (!whole) w = v128.load64_zero(at(ONE, 0));
    const t = decay(z);
    const negative = isNegative(z);
    const other = f64x2.sub(one, y);
    const swapped = swap(negative, y, other);
    const a = v128.xor(y, swapped);
    const loss = weigh(w, f64x2.add(linearPart(a, z), log1pUnitPair(t)));
    if (i & 2) sum1 = f64x2.add(sum1, loss);
    else sum0 = f64x2.add(sum0, loss);
    if (gradient) {
      const r = f64x2.mul(weigh(w, residual(a, v128.xor(other, swapped), t, f64x2.add(one, t), negative)), factor);
      if (whole) v128.store(at(gradient, i), r);
      else v128.store64_lane(at(gradient, i), r, 0);
    }
  }
  return combine(sum0, sum1);
}

/** A weight of 1 for the last of an odd number of rows: the other lane then weighs 0. */
const ONE: usize = memory.data<f64>([1]);

export function binaryCrossEntropy(
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
    const size = min(rows - begin, leaf);
    const z = at(scores, begin);
    const y = at(targets, begin);
    const g = gradient ? at(gradient, begin) : 0;
    let loss: f64;
    if (weights) {
      loss = leafExact(size, z, y, at(weights, begin), g, scale);
    } else {
      loss = leafPlain(size, z, y, g, scale);
      if (loss < SMALL * <f64>size) loss = leafExact(size, z, y, 0, 0, 1);
    }
    store<f64>(nodeOf(index, 1, stack), loss);
    carry(index, 1, stack);
  }
}

/** t/(1 + t)² per row. */
function curvaturePair(z: v128): v128 {
  const t = decayOf(z);
  const total = f64x2.add(f64x2.splat(1), t);
  return f64x2.div(f64x2.div(t, total), total);
}

export function binaryCrossEntropyCurvature(
  rows: i32,
  columns: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  out: usize,
): void {
  const pairs = rows & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const w = weights ? v128.load(at(weights, i)) : f64x2.splat(1);
    v128.store(at(out, i), weigh(w, curvaturePair(v128.load(at(scores, i)))));
  }
  if (pairs < rows) {
    const w = weights ? v128.load64_splat(at(weights, pairs)) : f64x2.splat(1);
    v128.store64_lane(at(out, pairs), weigh(w, curvaturePair(v128.load64_splat(at(scores, pairs)))), 0);
  }
}
