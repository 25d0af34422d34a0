import { LOG1P_TABLE } from "./tables";

/**
 * log(x): x = 2^k·z with z in [0.709, 1.418), then c near z from a table of 128 by the top digits of z, r = (z − c)/c,
 * log(x) = k·log 2 + log(c) + log(1 + r) with log 2 and log(c) in two parts and a minimax polynomial of degree 7. Next to
 * 1, where the table would cancel, c = 1 and r = z − 1 is exact.
 * Method: P. T. P. Tang, ACM TOMS 16 (1990) 378-400; coefficients our own.
 * Range: all; log(0) = −∞, negative gives NaN. 0.86 ulp measured, 1 guaranteed.
 *
 * @module
 */

/** Loaded where they are used, as in exp.ts: the numbers by their offsets. */
const NUMBERS: usize = memory.data<f64>([
  0.6931471805598903, 5.497923018708371e-14, -0.4999999999999909, 0.3333333333315066, -0.25000000075491696, 0.20000014389247942, -0.16665699419758717, 0.14005973299531851,
]);
// @ts-ignore: decorator
@inline const LN2_HIGH: usize = 0;
// @ts-ignore: decorator
@inline const LN2_LOW: usize = 8;
// @ts-ignore: decorator
@inline const C2: usize = 16;
// @ts-ignore: decorator
@inline const C3: usize = 24;
// @ts-ignore: decorator
@inline const C4: usize = 32;
// @ts-ignore: decorator
@inline const C5: usize = 40;
// @ts-ignore: decorator
@inline const C6: usize = 48;
// @ts-ignore: decorator
@inline const C7: usize = 56;
/** Where the entries for log begin. */
// @ts-ignore: decorator
@inline const LOG_ENTRIES: usize = 4128;
/** The bits of the least z, and what takes them to those of 1. */
// @ts-ignore: decorator
@inline const LEAST: u64 = 0x3fe6afd000000000;
// @ts-ignore: decorator
@inline const LEAST_TO_ONE: u64 = 0x0009503000000000;

/** k for a positive normal u. */
// @ts-ignore: decorator
@inline
export function logExponent(u: v128): v128 {
  const biased = i64x2.shr_u(i64x2.add(u, i64x2.splat(LEAST_TO_ONE)), 52);
  return f64x2.sub(v128.or(biased, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627371519));
}

/**
 * log(u·2^(k − k(u)) + c) for a positive normal u, |c| at most half the last digit of u and, where c is not 0, u ≤ 1e300;
 * with `exact` c counts as 0.
 */
// @ts-ignore: decorator
@inline
export function logOfSum(u: v128, k: v128, c: v128, exact: bool): v128 {
  const split = i64x2.add(u, i64x2.splat(LEAST_TO_ONE));
  const first = LOG1P_TABLE + LOG_ENTRIES + <usize>((i32x4.extract_lane(split, 1) >> 8) & 0xfe0);
  const second = LOG1P_TABLE + LOG_ENTRIES + <usize>((i32x4.extract_lane(split, 3) >> 8) & 0xfe0);
  const node0 = v128.load(first);
  const node1 = v128.load(second);
  const logarithm0 = v128.load(first, 16);
  const logarithm1 = v128.load(second, 16);
  const reciprocal = i64x2.shuffle(node0, node1, 1, 3);
  const z = i64x2.add(v128.and(split, i64x2.splat(0x000fffffffffffff)), i64x2.splat(LEAST));
  let distance = f64x2.sub(z, i64x2.shuffle(node0, node1, 0, 2));
  let low = f64x2.add(f64x2.mul(k, v128.load64_splat(NUMBERS + LN2_LOW)), i64x2.shuffle(logarithm0, logarithm1, 1, 3));
  if (!exact) {
    const scale = i64x2.sub(i64x2.splat(0x7fe0000000000000), v128.and(split, i64x2.splat(0x7ff0000000000000)));
    const small = f64x2.mul(c, scale);
    const sum = f64x2.add(distance, small);
    low = f64x2.add(low, f64x2.mul(f64x2.sub(small, f64x2.sub(sum, distance)), reciprocal));
    distance = sum;
  }
  const high = f64x2.add(f64x2.mul(k, v128.load64_splat(NUMBERS + LN2_HIGH)), i64x2.shuffle(logarithm0, logarithm1, 0, 2));
  return f64x2.add(high, logSeries(f64x2.mul(distance, reciprocal), low));
}

/** low + log(1 + r). */
// @ts-ignore: decorator
@inline
function logSeries(r: v128, low: v128): v128 {
  const r2 = f64x2.mul(r, r);
  const c2 = f64x2.add(v128.load64_splat(NUMBERS + C2), f64x2.mul(r, v128.load64_splat(NUMBERS + C3)));
  const c4 = f64x2.add(v128.load64_splat(NUMBERS + C4), f64x2.mul(r, v128.load64_splat(NUMBERS + C5)));
  const c6 = f64x2.add(v128.load64_splat(NUMBERS + C6), f64x2.mul(r, v128.load64_splat(NUMBERS + C7)));
  const polynomial = f64x2.add(c2, f64x2.mul(r2, f64x2.add(c4, f64x2.mul(r2, c6))));
  return f64x2.add(r, f64x2.add(low, f64x2.mul(r2, polynomial)));
}

/** log(x) for every x. */
function logWidePair(x: v128): v128 {
  const tiny = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  const normal = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, tiny);
  const y = logOfSum(normal, f64x2.sub(logExponent(normal), v128.and(f64x2.splat(54), tiny)), normal, true);
  const positive = v128.bitselect(y, x, f64x2.lt(x, f64x2.splat(Infinity)));
  const other = v128.bitselect(f64x2.splat(-Infinity), f64x2.splat(NaN), f64x2.eq(x, f64x2.splat(0)));
  return v128.bitselect(positive, other, f64x2.gt(x, f64x2.splat(0)));
}

/** Lanes that are not positive, normal and finite: one signed comparison after a shift of the whole range. */
// @ts-ignore: decorator
@inline
export function notNormal(x: v128): v128 {
  return i64x2.gt_s(i64x2.add(x, i64x2.splat(0x7ff0000000000000)), i64x2.splat(0xffdfffffffffffff));
}

// @ts-ignore: decorator
@inline
export function logPair(x: v128): v128 {
  return v128.any_true(notNormal(x)) ? logWidePair(x) : logOfSum(x, logExponent(x), x, true);
}

// @ts-ignore: decorator
@inline
export function logOne(x: f64): f64 {
  return f64x2.extract_lane(logPair(f64x2.splat(x)), 0);
}

/** out[i] = log(x[i]); an odd n takes the number after the last along. */
export function log(n: i32, x: usize, out: usize): void {
  for (const end = x + (<usize>n << 3); x < end; x += 16, out += 16) {
    v128.store(out, logPair(v128.load(x)));
  }
}
