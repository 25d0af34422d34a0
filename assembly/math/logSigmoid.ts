import { softplusPair } from "./softplus";

/**
 * logSigmoid(x) = −softplus(−x), exactly.
 * Range: all, subnormal results included. 1.51 ulp measured, 2 guaranteed.
 *
 * @module
 */

// @ts-ignore: decorator
@inline
export function logSigmoidPair(x: v128): v128 {
  return f64x2.neg(softplusPair(f64x2.neg(x)));
}

/** out[i] = logSigmoid(x[i]); an odd n takes the number after the last along. */
export function logSigmoid(n: i32, x: usize, out: usize): void {
  for (const end = x + (<usize>n << 3); x < end; x += 16, out += 16) {
    v128.store(out, logSigmoidPair(v128.load(x)));
  }
}
