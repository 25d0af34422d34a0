import { NORMAL, expNormalPair, expOfPair } from "./math/exp";
import { at } from "./tree";

/** The larger of each lane; a NaN in b is passed over. */
// @ts-ignore: decorator
@inline
export function larger(a: v128, b: v128): v128 {
  return f64x2.pmax(a, b);
}

/** exp(x − max), 0 at the maxima. */
// @ts-ignore: decorator
@inline
export function others(e: v128, isMaximum: v128): v128 {
  return v128.andnot(e, isMaximum);
}

/** Columns up to which two rows are taken at once, one in each lane. */
export const SHORT: i32 = 64;

/** exp(x − max) of the two short rows done last: [columns] pairs. */
export const shortRows: usize = memory.data(1024, 16);

/** The same with 0 in place of the maxima. */
const shortOthers: usize = memory.data(1024, 16);

/** Maxima and rests of the two short rows done last. */
export const shortMaxima: usize = memory.data(16, 16);
export const shortRests: usize = memory.data(16, 16);

/**
 * The log-sum-exp nodes of two short rows, one in each lane: no sums across lanes are left. The order of operations in a
 * lane is that of a single row; slots take turns, which their combination does not see.
 */
export function twoShortRows(columns: i32, x0: usize, x1: usize): void {
  let max = f64x2.splat(-Infinity);
  let low = f64x2.splat(Infinity);
  const pairs = columns & ~1;
  for (let k = 0; k < pairs; k += 2) {
    const a = v128.load(at(x0, k));
    const b = v128.load(at(x1, k));
    const first = f64x2.shuffle(a, b, 0, 2);
    const second = f64x2.shuffle(a, b, 1, 3);
    v128.store(at(shortRows, 2 * k), first);
    v128.store(at(shortRows, 2 * k), second, 16);
    max = larger(larger(max, first), second);
    low = f64x2.pmin(f64x2.pmin(low, first), second);
  }
  if (pairs < columns) {
    const last = f64x2.replace_lane(v128.load64_splat(at(x0, pairs)), 1, load<f64>(at(x1, pairs)));
    v128.store(at(shortRows, 2 * pairs), last);
    max = larger(max, last);
    low = f64x2.pmin(low, last);
  }
  max = f64x2.add(max, f64x2.splat(0));
  const near = i64x2.all_true(f64x2.ge(f64x2.sub(low, max), f64x2.splat(-NORMAL)));
  let maxima = f64x2.splat(0);
  // Two loops, so that what each keeps fits in registers, and the first without calls where no difference is large.
  let k = 0;
  if (near) {
    for (; k < pairs; k += 2) {
      const first = v128.load(at(shortRows, 2 * k));
      const second = v128.load(at(shortRows, 2 * k), 16);
      const top0 = f64x2.eq(first, max);
      const top1 = f64x2.eq(second, max);
      maxima = i64x2.add(maxima, i64x2.add(top0, top1));
      const e0 = expNormalPair(f64x2.sub(first, max));
      const e1 = expNormalPair(f64x2.sub(second, max));
      v128.store(at(shortRows, 2 * k), e0);
      v128.store(at(shortRows, 2 * k), e1, 16);
      v128.store(at(shortOthers, 2 * k), others(e0, top0));
      v128.store(at(shortOthers, 2 * k), others(e1, top1), 16);
    }
  }
  for (; k < columns; k++) {
    const pair = v128.load(at(shortRows, 2 * k));
    const top = f64x2.eq(pair, max);
    maxima = i64x2.add(maxima, top);
    const e = expOfPair(f64x2.sub(pair, max));
    v128.store(at(shortRows, 2 * k), e);
    v128.store(at(shortOthers, 2 * k), others(e, top));
  }
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (k = 0; k < pairs; k += 2) {
    const next0 = f64x2.add(s0, v128.load(at(shortOthers, 2 * k)));
    const next1 = f64x2.add(s1, v128.load(at(shortOthers, 2 * k), 16));
    s0 = s2;
    s1 = s3;
    s2 = next0;
    s3 = next1;
  }
  if (pairs < columns) s0 = f64x2.add(s0, v128.load(at(shortOthers, 2 * pairs)));
  v128.store(shortMaxima, max);
  // The maxima beside the first: small integers, by way of 2^52.
  const extra = i64x2.sub(i64x2.splat(0x4330000000000000 - 1), maxima);
  const more = f64x2.sub(extra, f64x2.splat(4503599627370496));
  v128.store(shortRests, f64x2.add(f64x2.add(f64x2.add(s0, s2), f64x2.add(s1, s3)), more));
}

/** 1/Σ exp(x − max) of the two short rows; NaN where a maximum is infinite. */
export function shortInverses(): v128 {
  const max = v128.load(shortMaxima);
  const one = f64x2.splat(1);
  const inverse = f64x2.div(one, f64x2.add(one, v128.load(shortRests)));
  return v128.bitselect(inverse, f64x2.splat(NaN), f64x2.eq(f64x2.sub(max, max), f64x2.splat(0)));
}

/** out ← exp(x − max)·factor of the two short rows, back in rows. */
export function spreadShortRows(columns: i32, factors: v128, out0: usize, out1: usize): void {
  const pairs = columns & ~1;
  for (let k = 0; k < pairs; k += 2) {
    const first = f64x2.mul(v128.load(at(shortRows, 2 * k)), factors);
    const second = f64x2.mul(v128.load(at(shortRows, 2 * k), 16), factors);
    v128.store(at(out0, k), f64x2.shuffle(first, second, 0, 2));
    v128.store(at(out1, k), f64x2.shuffle(first, second, 1, 3));
  }
  if (pairs < columns) {
    const last = f64x2.mul(v128.load(at(shortRows, 2 * pairs)), factors);
    v128.store64_lane(at(out0, pairs), last, 0);
    v128.store64_lane(at(out1, pairs), last, 1);
  }
}
