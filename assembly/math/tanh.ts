import { expNormalPair } from "./exp";

/**
 * tanh(x): for |x| < 0.55 x + x·z·P(z), z = x², P a minimax polynomial of 10 terms; else 1 − 2/(exp(2|x|) + 1) with the
 * sign of x.
 * Range: all; odd, ±0 keep their sign. 1.49 ulp measured, 2 guaranteed.
 *
 * @module
 */

// @ts-ignore: decorator
@inline const P0: f64 = -0.33333333333332316;
// @ts-ignore: decorator
@inline const P1: f64 = 0.13333333333168818;
// @ts-ignore: decorator
@inline const P2: f64 = -0.05396825387593485;
// @ts-ignore: decorator
@inline const P3: f64 = 0.021869485967236885;
// @ts-ignore: decorator
@inline const P4: f64 = -0.00886319435370468;
// @ts-ignore: decorator
@inline const P5: f64 = 0.0035917181321597678;
// @ts-ignore: decorator
@inline const P6: f64 = -0.0014532074366735532;
// @ts-ignore: decorator
@inline const P7: f64 = 0.0005791050693803408;
// @ts-ignore: decorator
@inline const P8: f64 = -0.00021024373314994406;
// @ts-ignore: decorator
@inline const P9: f64 = 5.097676257380791e-5;

/** a·b + c, rounded twice. */
// @ts-ignore: decorator
@inline
function plus(c: f64, a: v128, b: v128): v128 {
  return f64x2.add(f64x2.splat(c), f64x2.mul(a, b));
}

// @ts-ignore: decorator
@inline
function nearZero(a: v128): v128 {
  const z = f64x2.mul(a, a);
  const w = f64x2.mul(z, z);
  const even = plus(P0, w, plus(P2, w, plus(P4, w, plus(P6, w, f64x2.splat(P8)))));
  const odd = plus(P1, w, plus(P3, w, plus(P5, w, plus(P7, w, f64x2.splat(P9)))));
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
