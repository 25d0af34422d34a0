/**
 * Vectors as Float64Array. Sums run in the four slots of docs/bits.md: element i goes to slot i mod 4 and the slots are
 * combined as (s₀ + s₂) + (s₁ + s₃).
 *
 * @module
 */

/** Σ a[i]·b[i] over the first `a.length` elements. */
export function dot(a: Float64Array, b: Float64Array): number {
  return dotRange(a, 0, b, 0, a.length);
}

/** Σ a[aStart + i]·b[bStart + i] for i < length. */
export function dotRange(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[aStart + i]! * b[bStart + i]!;
    s1 += a[aStart + i + 1]! * b[bStart + i + 1]!;
    s2 += a[aStart + i + 2]! * b[bStart + i + 2]!;
    s3 += a[aStart + i + 3]! * b[bStart + i + 3]!;
  }
  if (whole < length) s0 += a[aStart + whole]! * b[bStart + whole]!;
  if (whole + 1 < length) s1 += a[aStart + whole + 1]! * b[bStart + whole + 1]!;
  if (whole + 2 < length) s2 += a[aStart + whole + 2]! * b[bStart + whole + 2]!;
  return s0 + s2 + (s1 + s3);
}

/** y ← y + factor·x. */
export function addScaled(factor: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] = y[i]! + factor * x[i]!;
}

/** x ← factor·x. */
export function scale(factor: number, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] = factor * x[i]!;
}

/** max |x[i]|; 0 for an empty vector, NaN if any element is NaN. */
export function normInfinity(x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]!);
    if (!(size <= largest)) largest = size;
    if (largest !== largest) return NaN;
  }
  return largest;
}

/** √(Σ x[i]²), without overflow or underflow on the way. */
export function norm2(x: Float64Array): number {
  const largest = normInfinity(x);
  if (!(largest > 0 && largest < Infinity)) return largest;
  if (largest > 1e-140 && largest < 1e140) return Math.sqrt(dot(x, x));
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const ratio = x[i]! / largest;
    sum += ratio * ratio;
  }
  return largest * Math.sqrt(sum);
}

/** True if no element is NaN or infinite. */
export function isFinite(x: Float64Array): boolean {
  return normInfinity(x) < Infinity;
}
