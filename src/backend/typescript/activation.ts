/**
 * What hidden units make of their sums, where no other kernel does it.
 *
 * @module
 */

/** z ← z where it is > 0, else leak·z, or +0 for a leak of 0; slopes, unless null: 1 or leak. NaN stays. */
export function rectify(n: number, leak: number, z: Float64Array, slopes: Float64Array | null): void {
  for (let i = 0; i < n; i++) {
    const x = z[i];
    const below = leak !== 0 ? leak * x : x <= 0 ? 0 : x;
    z[i] = x > 0 ? x : below;
    if (slopes !== null) slopes[i] = x > 0 ? 1 : leak === 0 ? below : leak;
  }
}

/** out[i] = 1 − a[i]². */
export function tanhSlopes(n: number, a: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = 1 - a[i] * a[i];
}

/** out[i] = a[i]·(1 − a[i]). */
export function sigmoidSlopes(n: number, a: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = a[i] * (1 - a[i]);
}
