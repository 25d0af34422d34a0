import { expEntry, expExponent, expPair, expSteps, expTail } from "./exp";

/**
 * expm1(x): for |x| < 1/16 a minimax polynomial of degree 8, else 2^(k/128)·exp(r) − 1 from the parts of exp.ts with the
 * error of the subtraction kept (D. E. Knuth's two-sum); from 704 on expm1(x) = exp(x).
 * Range: all; ±0 keep their sign. 0.61 ulp measured, 1 guaranteed.
 *
 * @module
 */

/** Loaded where they are used, as in exp.ts: the numbers by their offsets. */
const NUMBERS: usize = memory.data<f64>([
  0.16666666666669672, 0.04166666666667335, 0.008333333286564428, 0.0013888888815945203, 0.00019843336755655602, 2.4804093076359996e-5,
]);
// @ts-ignore: decorator
@inline const C3: usize = 0;
// @ts-ignore: decorator
@inline const C4: usize = 8;
// @ts-ignore: decorator
@inline const C5: usize = 16;
// @ts-ignore: decorator
@inline const C6: usize = 24;
// @ts-ignore: decorator
@inline const C7: usize = 32;
// @ts-ignore: decorator
@inline const C8: usize = 40;
// @ts-ignore: decorator
@inline const LARGE: f64 = 704;

// @ts-ignore: decorator
@inline
function nearZero(x: v128): v128 {
  const x2 = f64x2.mul(x, x);
  const low = f64x2.add(v128.load64_splat(NUMBERS + C3), f64x2.mul(x, v128.load64_splat(NUMBERS + C4)));
  const middle = f64x2.add(v128.load64_splat(NUMBERS + C5), f64x2.mul(x, v128.load64_splat(NUMBERS + C6)));
  const high = f64x2.add(v128.load64_splat(NUMBERS + C7), f64x2.mul(x, v128.load64_splat(NUMBERS + C8)));
  const series = f64x2.add(low, f64x2.mul(x2, f64x2.add(middle, f64x2.mul(x2, high))));
  return f64x2.add(x, f64x2.add(f64x2.mul(f64x2.splat(0.5), x2), f64x2.mul(f64x2.mul(x2, x), series)));
}

/** expm1(x) for x ≤ 704, away from 0. */
// @ts-ignore: decorator
@inline
function awayFromZero(x: v128): v128 {
  const near = f64x2.pmax(x, f64x2.splat(-60));
  const steps = expSteps(near);
  const a = expEntry(steps, 0);
  const b = expEntry(steps, 1);
  const base = i64x2.add(i64x2.shuffle(a, b, 1, 3), expExponent(steps));
  const less = f64x2.sub(base, f64x2.splat(1));
  const subtracted = f64x2.sub(less, base);
  const error = f64x2.sub(f64x2.sub(base, f64x2.sub(less, subtracted)), f64x2.add(f64x2.splat(1), subtracted));
  const tail = f64x2.mul(base, expTail(near, steps, i64x2.shuffle(a, b, 0, 2)));
  return f64x2.add(less, f64x2.add(error, tail));
}

function expm1WidePair(x: v128, y: v128): v128 {
  return v128.bitselect(expPair(x), y, f64x2.gt(x, f64x2.splat(LARGE)));
}

// @ts-ignore: decorator
@inline
export function expm1Pair(x: v128): v128 {
  const small = f64x2.lt(f64x2.abs(x), f64x2.splat(0.0625));
  const magnitude = v128.bitselect(nearZero(x), awayFromZero(x), small);
  const y = v128.or(magnitude, v128.and(x, f64x2.splat(-0.0)));
  return v128.any_true(f64x2.gt(x, f64x2.splat(LARGE))) ? expm1WidePair(x, y) : y;
}

/** out[i] = expm1(x[i]); an odd n takes the number after the last along. */
export function expm1(n: i32, x: usize, out: usize): void {
  for (const end = x + (<usize>n << 3); x < end; x += 16, out += 16) {
    v128.store(out, expm1Pair(v128.load(x)));
  }
}
