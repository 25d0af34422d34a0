/** Σ x[i] for i = begin, begin + stride, ... < end, in slots. */
export function sumSlots(begin: number, end: number, stride: number, x: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = begin;
  for (const whole = end - 3 * stride; i < whole; i += 4 * stride) {
    s0 += x[i];
    s1 += x[i + stride];
    s2 += x[i + 2 * stride];
    s3 += x[i + 3 * stride];
  }
  if (i < end) s0 += x[i];
  if (i + stride < end) s1 += x[i + stride];
  if (i + 2 * stride < end) s2 += x[i + 2 * stride];
  return s0 + s2 + (s1 + s3);
}

/** Σ x[xBegin + i]·y[yBegin + i] in slots, one leaf whatever n. */
export function dotSlots(n: number, x: Float64Array, xBegin: number, y: Float64Array, yBegin: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (const whole = n - 3; i < whole; i += 4) {
    s0 += x[xBegin + i] * y[yBegin + i];
    s1 += x[xBegin + i + 1] * y[yBegin + i + 1];
    s2 += x[xBegin + i + 2] * y[yBegin + i + 2];
    s3 += x[xBegin + i + 3] * y[yBegin + i + 3];
  }
  if (i < n) s0 += x[xBegin + i] * y[yBegin + i];
  if (i + 1 < n) s1 += x[xBegin + i + 1] * y[yBegin + i + 1];
  if (i + 2 < n) s2 += x[xBegin + i + 2] * y[yBegin + i + 2];
  return s0 + s2 + (s1 + s3);
}

/** True if no element is NaN or infinite: 0 times such a one is NaN. Four sums, so that none waits for the others. */
export function areFinite(x: Float64Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const fours = x.length - (x.length % 4);
  for (let i = 0; i < fours; i += 4) {
    a += x[i]! * 0;
    b += x[i + 1]! * 0;
    c += x[i + 2]! * 0;
    d += x[i + 3]! * 0;
  }
  for (let i = fours; i < x.length; i++) a += x[i]! * 0;
  return a + b + c + d === 0;
}
