import { EXP_TABLE } from "./tables";

/**
 * exp(x), table-driven: k = round(x·128/log 2), r = x − k·log 2/128 with log 2/128 in two parts, then
 * 2^(k/128)·exp(r) from a table of 128 (base, tail) pairs and a minimax polynomial of degree 5.
 * Method: P. T. P. Tang, ACM TOMS 15 (1989) 144-157; coefficients our own.
 * Range: all; subnormal results are rounded once more. 0.51 ulp measured (0.76 for subnormal results), 1 guaranteed.
 *
 * @module
 */

/** 1.5·2^52: adding it rounds to an integer, which then stands in the low bits. */
// @ts-ignore: decorator
@inline export const ROUNDING: f64 = 6755399441055744;
/**
 * 128/log 2; log 2/128 = high + low, k·high exact for |k| < 2^18; the coefficients of degrees 2 to 5. Loaded where they are
 * used: an engine builds a vector of a literal anew in every round of a loop, in three instructions.
 */
const NUMBERS: usize = memory.data<f64>([
  184.6649652337873, 0.0054152123482253955, -1.0082281460997769e-13, 0.49999999999996786, 0.16666666666665883,
  0.041666680842610014, 0.00833333585621217, 6755399441055744,
]);
// @ts-ignore: decorator
@inline const STEPS_PER_UNIT: usize = 0;
// @ts-ignore: decorator
@inline const STEP_HIGH: usize = 8;
// @ts-ignore: decorator
@inline const STEP_LOW: usize = 16;
// @ts-ignore: decorator
@inline const C2: usize = 24;
// @ts-ignore: decorator
@inline const C3: usize = 32;
// @ts-ignore: decorator
@inline const C4: usize = 40;
// @ts-ignore: decorator
@inline const C5: usize = 48;
// @ts-ignore: decorator
@inline const ROUND: usize = 56;
/** Up to this magnitude neither the result nor a digit that matters on the way to it is subnormal. */
// @ts-ignore: decorator
@inline export const NORMAL: f64 = 650;
// @ts-ignore: decorator
@inline export const FLUSH: f64 = -690;

/** ROUNDING + k. */
// @ts-ignore: decorator
@inline
export function expSteps(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, v128.load64_splat(NUMBERS + STEPS_PER_UNIT)), v128.load64_splat(NUMBERS, ROUND));
}

/** The table entry {tail, base} for lane 0 or 1 of `steps`. */
// @ts-ignore: decorator
@inline
export function expEntry(steps: v128, lane: i32): v128 {
  const k = lane == 0 ? i32x4.extract_lane(steps, 0) : i32x4.extract_lane(steps, 2);
  return v128.load(EXP_TABLE + (<usize>(k & 127) << 4));
}

/** The exponent ⌊k/128⌋, in place in a double. */
// @ts-ignore: decorator
@inline
export function expExponent(steps: v128): v128 {
  return v128.and(i64x2.shl(steps, 45), i64x2.splat(0xfff0000000000000));
}

/** tail + exp(r) − 1. */
// @ts-ignore: decorator
@inline
export function expTail(x: v128, steps: v128, tail: v128): v128 {
  const k = f64x2.sub(steps, v128.load64_splat(NUMBERS + ROUND));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, v128.load64_splat(NUMBERS + STEP_HIGH))), f64x2.mul(k, v128.load64_splat(NUMBERS, STEP_LOW)));
  const r2 = f64x2.mul(r, r);
  const low = f64x2.add(v128.load64_splat(NUMBERS + C2), f64x2.mul(r, v128.load64_splat(NUMBERS, C3)));
  const high = f64x2.add(v128.load64_splat(NUMBERS + C4), f64x2.mul(r, v128.load64_splat(NUMBERS, C5)));
  return f64x2.add(f64x2.add(f64x2.add(tail, r), f64x2.mul(r2, low)), f64x2.mul(f64x2.mul(r2, r2), high));
}

/** exp(x) for −690 ≤ x ≤ 704; anything else gives garbage, NaN gives NaN. */
// @ts-ignore: decorator
@inline
export function expNormalPair(x: v128): v128 {
  const steps = expSteps(x);
  const a = expEntry(steps, 0);
  const b = expEntry(steps, 1);
  const base = i64x2.add(i64x2.shuffle(a, b, 1, 3), expExponent(steps));
  const tail = expTail(x, steps, i64x2.shuffle(a, b, 0, 2));
  return f64x2.add(base, f64x2.mul(base, tail));
}

/** exp(x) for every x: the exponent is applied in two halves, so that it overflows or underflows by itself. */
function expWidePair(x: v128): v128 {
  const near = f64x2.pmax(f64x2.pmin(x, f64x2.splat(750)), f64x2.splat(-750));
  const steps = expSteps(near);
  const a = expEntry(steps, 0);
  const b = expEntry(steps, 1);
  const base = i64x2.shuffle(a, b, 1, 3);
  const tail = expTail(near, steps, i64x2.shuffle(a, b, 0, 2));
  const first = i32x4.shr_s(steps, 8);
  const second = i32x4.sub(i32x4.shr_s(steps, 7), first);
  const y = f64x2.add(base, f64x2.mul(base, tail));
  return f64x2.mul(f64x2.mul(y, powerOfTwo(first)), powerOfTwo(second));
}

/** 2^e for e in the low half of each lane, −1023 < e < 1024. */
// @ts-ignore: decorator
@inline
function powerOfTwo(e: v128): v128 {
  return i64x2.shl(i64x2.add(e, i64x2.splat(1023)), 52);
}

/** Lanes of |x| > 650 or NaN. */
// @ts-ignore: decorator
@inline
export function beyondNormal(x: v128): v128 {
  return i64x2.gt_s(f64x2.abs(x), f64x2.splat(NORMAL));
}

// @ts-ignore: decorator
@inline
export function expPair(x: v128): v128 {
  return v128.any_true(beyondNormal(x)) ? expWidePair(x) : expNormalPair(x);
}

/** exp of a pair, as a function of its own for what happens seldom. */
export function expOfPair(x: v128): v128 {
  return expPair(x);
}

/** exp(x) for x ≤ 0 or NaN, +0 for x < −690. */
// @ts-ignore: decorator
@inline
export function expFlushedPair(x: v128): v128 {
  return v128.andnot(expNormalPair(x), f64x2.lt(x, f64x2.splat(FLUSH)));
}

/** out[i] = exp(x[i]); an odd n takes the number after the last along. */
export function exp(n: i32, x: usize, out: usize): void {
  const end = x + (<usize>n << 3);
  for (const whole = end - 24; x < whole; x += 32, out += 32) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    if (v128.any_true(v128.or(beyondNormal(x0), beyondNormal(x1)))) {
      v128.store(out, expWidePair(x0));
      v128.store(out, expWidePair(x1), 16);
    } else {
      const e0 = expNormalPair(x0);
      const e1 = expNormalPair(x1);
      v128.store(out, e0);
      v128.store(out, e1, 16);
    }
  }
  for (; x < end; x += 16, out += 16) v128.store(out, expPair(v128.load(x)));
}
