/**
 * The Hessian of many outputs by one matrix for all of them, (I − 11ᵀ/K) ⊗ S + P: its inverse costs one factorisation. S is
 * taken at an iterate (at equal probabilities it is the Hessian of a softmax, and up to a factor the bound of D. Böhning,
 * "Multinomial logistic regression algorithm", 1992), P is what the prior adds to its diagonal. Of one output it is the
 * Hessian of a sample of the rows.
 *
 * @module
 */

import { type Ldlt, factorLdlt } from "../linalg/ldlt.js";
import type { Evaluated } from "./optimizer.js";

/** Iterations before it is taken anew; each time as many and twice those before. */
const FIRST_AGE = 5;

export interface CommonHessian {
  /** S + P: packed lower triangle of one output. */
  packed: Float64Array;
  /** P of one output, the mean over outputs. */
  ridge: Float64Array;
  /** From which iteration on it is taken anew. */
  next: number;
}

export function newCommonHessian(size: number, outputs: number): CommonHessian {
  const width = size / outputs;
  return { packed: new Float64Array((width * (width + 1)) / 2), ridge: new Float64Array(width), next: 0 };
}

/** Takes S + P and P at an iterate. */
export function takeCommonHessian(common: CommonHessian, iteration: number, { hessian, product }: Evaluated): void {
  common.packed = Float64Array.from(hessian!);
  common.ridge.set(product!);
  if (iteration >= common.next) common.next = 2 * iteration + FIRST_AGE;
}

/** The diagonal of S + P for every output: near that of the Hessian. */
export function diagonalOf({ packed, ridge }: CommonHessian, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    const j = i % ridge.length;
    return packed[(j * (j + 3)) / 2]!;
  });
}

/** Of matrices in states: a state that was read from JSON is factored again. */
const factors = /*#__PURE__*/ new WeakMap<Float64Array, Ldlt>();

/** vector ← (common Hessian)⁻¹·vector; 0 along what it does not act on. */
export function solveCommonHessian({ packed, ridge }: CommonHessian, vector: Float64Array): void {
  const width = ridge.length;
  const outputs = vector.length / width;
  let factored = factors.get(packed);
  if (factored === undefined) factors.set(packed, (factored = factorLdlt(packed, width)));
  if (outputs === 1) return solveAlone(factored, packed, vector);
  const mean = new Float64Array(width);
  for (let at = 0; at < vector.length; at += width) for (let j = 0; j < width; j++) mean[j]! += vector[at + j]!;
  const rest = new Float64Array(width);
  const own = new Float64Array(width);
  for (let j = 0; j < width; j++) mean[j] = mean[j]! / outputs;
  for (let at = 0; at < vector.length; at += width) {
    for (let j = 0; j < width; j++) own[j] = vector[at + j]! - mean[j]!;
    if (factored.definite) factored.solve(own, rest);
    for (let j = 0; j < width; j++) {
      const part = entryOf(factored, packed, j, own, rest);
      vector[at + j] = part + (ridge[j]! > 0 ? mean[j]! / ridge[j]! : 0);
    }
  }
}

/** The same for one output: S + P has all of its Hessian. */
function solveAlone(factored: Ldlt, packed: Float64Array, vector: Float64Array): void {
  const own = vector.slice();
  if (factored.definite) factored.solve(own, vector);
  for (let j = 0; j < own.length; j++) vector[j] = entryOf(factored, packed, j, own, vector);
}

/** Entry j of the solution; a coordinate that the others determine is taken by itself. */
function entryOf(
  { definite, pivots }: Ldlt,
  packed: Float64Array,
  j: number,
  own: Float64Array,
  solved: Float64Array,
): number {
  if (definite && pivots[j] !== 0) return solved[j]!;
  const diagonal = packed[(j * (j + 3)) / 2]!;
  return own[j]! / (diagonal > 0 ? diagonal : 1);
}
