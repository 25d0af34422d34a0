import { at } from "./tree";

/**
 * What hidden units make of their sums, where no other kernel does it. An odd n takes the number after the last along.
 *
 * @module
 */

/** z ← z where it is > 0, else leak·z, or +0 for a leak of 0; slopes, unless null: 1 or leak. NaN stays. */
export function rectify(n: i32, leak: f64, z: usize, slopes: usize): void {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const low = f64x2.splat(leak);
  for (const end = at(z, n); z < end; z += 16) {
    const x = v128.load(z);
    const positive = f64x2.gt(x, zero);
    // What is neither above nor below is NaN, which a leak multiplies and 0 lets through.
    const below = leak == 0 ? v128.andnot(x, f64x2.le(x, zero)) : f64x2.mul(low, x);
    v128.store(z, v128.bitselect(x, below, positive));
    if (slopes) {
      v128.store(slopes, v128.bitselect(one, leak == 0 ? below : low, positive));
      slopes += 16;
    }
  }
}

/** out[i] = 1 − a[i]². */
export function tanhSlopes(n: i32, a: usize, out: usize): void {
  for (const end = at(a, n); a < end; a += 16, out += 16) {
    const y = v128.load(a);
    v128.store(out, f64x2.sub(f64x2.splat(1), f64x2.mul(y, y)));
  }
}

/** out[i] = a[i]·(1 − a[i]). */
export function sigmoidSlopes(n: i32, a: usize, out: usize): void {
  for (const end = at(a, n); a < end; a += 16, out += 16) {
    const y = v128.load(a);
    v128.store(out, f64x2.mul(y, f64x2.sub(f64x2.splat(1), y)));
  }
}
