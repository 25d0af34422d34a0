/**
 * Householder reflections H = I − τ·v·vᵀ on columns stored one after another (column-major).
 *
 * @module
 */

import { dotRange } from "./vector.js";

/**
 * Makes the reflection that maps column `x[start .. end)` onto a multiple of its first unit vector, and returns τ. On
 * return x[start] holds that multiple (the diagonal entry of R) and x(start .. end) the tail of v, whose head is 1.
 * τ = 0 (no reflection) if the tail is zero.
 */
export function makeReflection(x: Float64Array, start: number, end: number): number {
  const head = x[start]!;
  const tail = dotRange(x, start + 1, x, start + 1, end - start - 1);
  if (tail === 0) return 0;
  const norm = Math.sqrt(head * head + tail);
  const image = head > 0 ? -norm : norm;
  const pivot = head - image;
  for (let i = start + 1; i < end; i++) x[i] = x[i]! / pivot;
  x[start] = image;
  return -pivot / image;
}

/** Applies the reflection whose tail stands in `v(vStart .. vStart + length)` to `y[yStart .. yStart + length)`. */
export function applyReflection(
  tau: number,
  v: Float64Array,
  vStart: number,
  y: Float64Array,
  yStart: number,
  length: number,
): void {
  if (tau === 0) return;
  const factor = tau * (y[yStart]! + dotRange(v, vStart + 1, y, yStart + 1, length - 1));
  y[yStart] = y[yStart]! - factor;
  for (let i = 1; i < length; i++) y[yStart + i] = y[yStart + i]! - factor * v[vStart + i]!;
}
