/**
 * Symmetric matrices as packed lower triangles: entry (a, b), a ≥ b, at a(a+1)/2 + b.
 *
 * @module
 */

/** Entry (a, b) or (b, a). */
export function entryOf(packed: Float64Array, a: number, b: number): number {
  return a >= b ? packed[(a * (a + 1)) / 2 + b]! : packed[(b * (b + 1)) / 2 + a]!;
}

/** The same with 0 for NaN. */
export function withZeros(packed: Float64Array): Float64Array {
  return packed.map((value) => (value !== value ? 0 : value));
}

/** out ← A·x. */
export function multiply(packed: Float64Array, x: Float64Array, out: Float64Array): void {
  const p = x.length;
  out.fill(0);
  for (let a = 0, at = 0; a < p; a++) {
    for (let b = 0; b < a; b++, at++) {
      out[a]! += packed[at]! * x[b]!;
      out[b]! += packed[at]! * x[a]!;
    }
    out[a]! += packed[at++]! * x[a]!;
  }
}

/** xᵀAx. */
export function quadraticForm(packed: Float64Array, x: Float64Array): number {
  const product = new Float64Array(x.length);
  multiply(packed, x, product);
  let sum = 0;
  for (let a = 0; a < x.length; a++) sum += x[a]! * product[a]!;
  return sum;
}

/** A ← A + factor·xxᵀ. */
export function addOuter(packed: Float64Array, factor: number, x: Float64Array): void {
  for (let a = 0, at = 0; a < x.length; a++) {
    const scaled = factor * x[a]!;
    for (let b = 0; b <= a; b++, at++) packed[at]! += scaled * x[b]!;
  }
}

/** L·A·Lᵀ for a matrix L given by its rows. */
export function congruence(packed: Float64Array, rows: readonly Float64Array[]): Float64Array {
  const p = rows.length;
  const out = new Float64Array((p * (p + 1)) / 2);
  const product = new Float64Array(rows[0]?.length ?? 0);
  for (let a = 0, at = 0; a < p; a++) {
    multiply(packed, rows[a]!, product);
    for (let b = 0; b <= a; b++, at++) {
      let sum = 0;
      for (let k = 0; k < product.length; k++) sum += product[k]! * rows[b]![k]!;
      out[at] = sum;
    }
  }
  return out;
}

/** The rows of A. */
export function rowsOf(packed: Float64Array, p: number): Float64Array[] {
  return Array.from({ length: p }, (_, a) => Float64Array.from({ length: p }, (_, b) => entryOf(packed, a, b)));
}
