import { expNormalPair } from "./exp";

/**
 * tanh(x): for |x| < 0.55 x + x·z·P(z), z = x², P a minimax polynomial of 10 terms; else 1 − 2/(exp(2|x|) + 1) with the
 * sign of x.
 * Range: all; odd, ±0 keep their sign. 1.49 ulp measured, 2 guaranteed.
 *
 * @module
 */

/** Loaded where they are used, as in exp.ts: the numbers by their offsets. */
const NUMBERS: usize = memory.data<f64>([
  -0.33333333333332316, 0.13333333333168818, -0.05396825387593485, 0.021869485967236885, -0.00886319435370468, 0.0035917181321597678, -0.0014532074366735532, 0.0005791050693803408, -0.00021024373314994406, 5.097676257380791e-5,
]);
// @ts-ignore: decorator
@inline const P0: usize = 0;
// @ts-ignore: decorator
@inline const P1: usize = 8;
// @ts-ignore: decorator
@inline const P2: usize = 16;
// @ts-ignore: decorator
@inline const P3: usize = 24;
// @ts-ignore: decorator
@inline const P4: usize = 32;
// @ts-ignore: decorator
@inline const P5: usize = 40;
// @ts-ignore: decorator
@inline const P6: usize = 48;
// @ts-ignore: decorator
@inline const P7: usize = 56;
// @ts-ignore: decorator
@inline const P8: usize = 64;
// @ts-ignore: decorator
@inline const P9: usize = 72;

/** a·b + c, rounded twice. */
// @ts-ignore: decorator
@inline
function plus(c: usize, a: v128, b: v128): v128 {
  return f64x2.add(v128.load64_splat(NUMBERS + c), f64x2.mul(a, b));
}

// @ts-ignore: decorator
@inline
function nearZero(a: v128): v128 {
  const z = f64x2.mul(a, a);
  const w = f64x2.mul(z, z);
  const even = plus(P0, w, plus(P2, w, plus(P4, w, plus(P6, w, v128.load64_splat(NUMBERS + P8)))));
  const odd = plus(P1, w, plus(P3, w, plus(P5, w, plus(P7, w, v128.load64_splat(NUMBERS + P9)))));
  return f64x2.add(a, f64x2.mul(a, f64x2.mul(z, f64x2.add(even, f64x2.mul(z, odd)))));
}

// @ts-ignore: decorator
@inline
function awayFromZero(a: v128): v128 {
  const e = expNormalPair(f64x2.pmin(f64x2.add(a, a), f64x2.splat(44)));
  return f64x2.sub(f64x2.splat(1), f64x2.div(f64x2.splat(2), f64x2.add(e, f64x2.splat(1))));
}

// @ts-ignore: decorator
@inline
export function tanhPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const y = v128.bitselect(nearZero(a), awayFromZero(a), f64x2.lt(a, f64x2.splat(0.55)));
  return v128.or(y, v128.and(x, f64x2.splat(-0.0)));
}

/** out[i] = tanh(x[i]); an odd n takes the number after the last along. */
export function tanh(n: i32, x: usize, out: usize): void {
  for (const end = x + (<usize>n << 3); x < end; x += 16, out += 16) {
    v128.store(out, tanhPair(v128.load(x)));
  }
}
