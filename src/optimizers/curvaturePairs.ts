/**
 * The last few steps s and gradient changes y, as an approximation of the inverse Hessian (the two-loop recursion of
 * J. Nocedal, "Updating quasi-Newton matrices with limited storage", 1980).
 *
 * @module
 */

import { addScaled, dot, norm2 } from "../linalg/vector.js";

/** 2⁻³³: a pair whose step and gradient change are closer than this to a right angle says nothing. */
const MIN_COSINE = 1.1641532182693481e-10;

export interface Pairs {
  /** [memory × size], a ring. */
  steps: Float64Array;
  changes: Float64Array;
  /** [memory]: sᵀy of each pair, and room for the recursion. */
  products: Float64Array;
  weights: Float64Array;
  /** Pairs held, and where the next one goes. */
  count: number;
  next: number;
  /** sᵀy/yᵀy of the newest pair: the inverse Hessian before the pairs act on it, as a multiple of a diagonal. */
  scale: number;
}

export function newPairs(memory: number, size: number): Pairs {
  return {
    steps: new Float64Array(memory * size),
    changes: new Float64Array(memory * size),
    products: new Float64Array(memory),
    weights: new Float64Array(memory),
    count: 0,
    next: 0,
    scale: 1,
  };
}

export function forget(pairs: Pairs): void {
  pairs.count = 0;
  pairs.next = 0;
  pairs.scale = 1;
}

/**
 * sᵀy and sᵀy/yᵀy, in units in which the diagonal `inverse` of an inverse Hessian is 1; null unless the curvature is usefully
 * positive.
 */
export function curvatureOfPair(
  step: Float64Array,
  change: Float64Array,
  inverse?: Float64Array,
): { readonly product: number; readonly scale: number } | null {
  const product = dot(step, change);
  const [s, y] = inverse === undefined ? [step, change] : inUnits(step, change, inverse);
  const square = dot(y, y);
  const useful = product > MIN_COSINE * norm2(s) * norm2(y) && square > 0 && product / square < Infinity;
  return useful ? { product, scale: product / square } : null;
}

/** Keeps the pair, over the oldest if there is no room, unless its curvature is not usefully positive. */
export function remember(pairs: Pairs, step: Float64Array, change: Float64Array, inverse?: Float64Array): void {
  const curvature = curvatureOfPair(step, change, inverse);
  if (curvature === null) return;
  const { next } = pairs;
  const memory = pairs.products.length;
  pairs.steps.set(step, next * step.length);
  pairs.changes.set(change, next * step.length);
  pairs.products[next] = curvature.product;
  pairs.scale = curvature.scale;
  pairs.next = (next + 1) % memory;
  pairs.count = Math.min(pairs.count + 1, memory);
}

/** The scale sᵀy/yᵀM⁻¹y of the newest pair under another M⁻¹. */
export function scaleBy(pairs: Pairs, precondition: (vector: Float64Array) => void): void {
  const { products, changes, count, next } = pairs;
  if (count === 0) return;
  const k = (next - 1 + products.length) % products.length;
  const size = changes.length / products.length;
  const change = stored(changes, k, size);
  const solved = change.slice();
  precondition(solved);
  const scale = products[k]! / dot(change, solved);
  pairs.scale = scale > 0 && scale < Infinity ? scale : 1;
}

function inUnits(
  step: Float64Array,
  change: Float64Array,
  inverse: Float64Array,
): [step: Float64Array, change: Float64Array] {
  const units = inverse.map((value) => Math.sqrt(value));
  return [step.map((value, j) => value / units[j]!), change.map((value, j) => value * units[j]!)];
}

/** direction ← −H·gradient, H = scale·diag(inverse), or scale·`precondition`, before the pairs act on it. */
export function applyInverse(
  pairs: Pairs,
  gradient: Float64Array,
  direction: Float64Array,
  inverse?: Float64Array,
  precondition?: (vector: Float64Array) => void,
): void {
  const { products, weights, count, next } = pairs;
  const memory = products.length;
  const size = gradient.length;
  for (let j = 0; j < size; j++) direction[j] = -gradient[j]!;
  for (let age = 0; age < count; age++) {
    const k = (next - 1 - age + memory) % memory;
    weights[k] = dot(stored(pairs.steps, k, size), direction) / products[k]!;
    addScaled(-weights[k]!, stored(pairs.changes, k, size), direction);
  }
  const plain = inverse === undefined || precondition !== undefined;
  for (let j = 0; j < size; j++) direction[j] = direction[j]! * (pairs.scale * (plain ? 1 : inverse[j]!));
  precondition?.(direction);
  for (let age = count - 1; age >= 0; age--) {
    const k = (next - 1 - age + memory) % memory;
    const correction = dot(stored(pairs.changes, k, size), direction) / products[k]!;
    addScaled(weights[k]! - correction, stored(pairs.steps, k, size), direction);
  }
}

function stored(vectors: Float64Array, k: number, size: number): Float64Array {
  return vectors.subarray(k * size, (k + 1) * size);
}
