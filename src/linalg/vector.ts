/**
 * Vectors as Float64Array: sums in the slots, leaves and tree of docs/bits.md.
 *
 * @module
 */

import { LEAF, SMALL_STACK } from "../backend/leaves.js";
import { carry, collapse, nodeOf } from "../backend/typescript/tree.js";
import { dotSlots, sumSlots } from "../backend/typescript/vector.js";

export { areFinite as isFinite } from "../backend/typescript/vector.js";

const stack = /*#__PURE__*/ new Float64Array(SMALL_STACK);

/** Σ x[i], in leaves. */
export function sum(x: Float64Array): number {
  for (let begin = 0, leaf = 0; begin < x.length; begin += LEAF, leaf++) {
    push(leaf, sumSlots(begin, Math.min(begin + LEAF, x.length), 1, x));
  }
  return total(x.length);
}

/** Σ a[i]·b[i] over the first `a.length` elements, in leaves. */
export function dot(a: Float64Array, b: Float64Array): number {
  for (let begin = 0, leaf = 0; begin < a.length; begin += LEAF, leaf++) {
    push(leaf, dotSlots(Math.min(a.length - begin, LEAF), a, begin, b, begin));
  }
  return total(a.length);
}

function push(leaf: number, value: number): void {
  stack[nodeOf(leaf, 1)] = value;
  carry(leaf, 1, stack);
}

function total(length: number): number {
  collapse(Math.ceil(length / LEAF), 1, stack);
  return stack[0]!;
}

/** Σ a[aStart + i]·b[bStart + i] for i < length, one leaf whatever the length. */
export function dotRange(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  return dotSlots(length, a, aStart, b, bStart);
}

/** y ← y + factor·x. */
export function addScaled(factor: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i]! += factor * x[i]!;
}

/** x ← factor·x. */
export function scale(factor: number, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] = factor * x[i]!;
}

/** max |x[i]|; 0 for an empty vector, NaN if any element is NaN. */
export function normInfinity(x: Float64Array): number {
  // Math.max keeps NaN. Two maxima, so that one need not wait for the other.
  let even = 0;
  let odd = 0;
  for (let i = 1; i < x.length; i += 2) {
    even = Math.max(even, Math.abs(x[i - 1]!));
    odd = Math.max(odd, Math.abs(x[i]!));
  }
  return Math.max(even, odd, x.length % 2 === 1 ? Math.abs(x[x.length - 1]!) : 0);
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
