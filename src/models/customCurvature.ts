/**
 * Second derivatives of a model of one's own: what the loss bends between the scores of a row, and what the scores bend.
 *
 * @module
 */

import { dotSlots } from "../backend/typescript/vector.js";
import type { LossKernels } from "../losses/loss.js";
import type { CustomModelRows, Leaf } from "./customRows.js";

type Curvature = LossKernels["curvature"];
type Add = (leaf: Leaf, node: Float64Array) => void;

/** Calls back with the rows of a leaf that count, and the derivatives of each by its scores. */
export function eachThatCounts(
  { features, residuals, weights }: Leaf,
  outputs: number,
  visit: (row: number, features: Float64Array, slopes: Float64Array) => void,
): void {
  features.forEach((row, r) => {
    if (weights === null || weights[r] !== 0) visit(r, row, residuals.subarray(r * outputs, (r + 1) * outputs));
  });
}

/** The derivatives of a row's scores by θ, one score after the other. */
function slopesOf(model: CustomModelRows, theta: Float64Array, row: Float64Array, outputs: number): Float64Array[] {
  const unit = new Float64Array(outputs);
  return Array.from({ length: outputs }, (_, k) => {
    const slopes = new Float64Array(model.size);
    unit.fill(0);
    unit[k] = 1;
    model.gradient(theta, row, unit, slopes);
    return slopes;
  });
}

/** Σ_l C_kl·values_l of row r of a leaf of `count` rows, C its curvatures by pairs. */
function pulled(
  pairs: Float64Array,
  count: number,
  r: number,
  k: number,
  values: (l: number) => number,
  outputs: number,
) {
  let sum = 0;
  for (let l = 0; l < outputs; l++) {
    const pair = k >= l ? (k * (k + 1)) / 2 + l : (l * (l + 1)) / 2 + k;
    sum += pairs[pair * count + r] * values(l);
  }
  return sum;
}

const pairsOf = (outputs: number): number => (outputs * (outputs + 1)) / 2;

/**
 * Hessian times a direction v of the rows of a leaf: the curvature of the loss between the scores, Jᵀ(C·(J·v)) with J the
 * derivatives of a row's scores by θ, then that of the scores themselves.
 */
export function addProduct(
  model: CustomModelRows,
  outputs: number,
  theta: Float64Array,
  direction: Float64Array,
  curvature: Curvature,
): Add {
  const { size } = model;
  const pulls = new Float64Array(outputs);
  const bent = new Float64Array(model.hessianVector === undefined ? (size * (size + 1)) / 2 : 0);
  return (block, node) => {
    const count = block.features.length;
    const pairs = new Float64Array(count * pairsOf(outputs));
    curvature.twin(count, outputs, block.scores, block.targets, block.weights, pairs);
    eachThatCounts(block, outputs, (r, row, residuals) => {
      const moves = slopesOf(model, theta, row, outputs).map((slopes) => dotSlots(size, slopes, 0, direction, 0));
      for (let k = 0; k < outputs; k++) pulls[k] = pulled(pairs, count, r, k, (l) => moves[l], outputs);
      model.gradient(theta, row, pulls, node);
      if (model.hessianVector !== undefined) return model.hessianVector(theta, row, residuals, direction, node);
      bent.fill(0);
      model.hessian!(theta, row, residuals, bent);
      addSymmetric(size, bent, direction, node);
    });
  };
}

/** out ← out + H·v, H a packed lower triangle, entry after entry. */
function addSymmetric(size: number, packed: Float64Array, v: Float64Array, out: Float64Array): void {
  for (let a = 0, at = 0; a < size; a++) {
    for (let b = 0; b < a; b++, at++) {
      out[a] += packed[at] * v[b];
      out[b] += packed[at] * v[a];
    }
    out[a] += packed[at++] * v[a];
  }
}

/**
 * Gradient and second derivatives of the rows of a leaf, one after the other in a node: JᵀCJ, what the loss bends between the
 * scores, and, where the model states it, what the scores bend themselves. Without that it is the matrix of Gauss and Newton.
 */
export function addCurvature(model: CustomModelRows, outputs: number, theta: Float64Array, curvature: Curvature): Add {
  const { size } = model;
  const pull = new Float64Array(size);
  return (block, node) => {
    const count = block.features.length;
    const pairs = new Float64Array(count * pairsOf(outputs));
    curvature.twin(count, outputs, block.scores, block.targets, block.weights, pairs);
    const [gradient, hessian] = [node.subarray(0, size), node.subarray(size)];
    eachThatCounts(block, outputs, (r, row, residuals) => {
      model.gradient(theta, row, residuals, gradient);
      const slopes = slopesOf(model, theta, row, outputs);
      for (let k = 0; k < outputs; k++) {
        for (let b = 0; b < size; b++) pull[b] = pulled(pairs, count, r, k, (l) => slopes[l][b], outputs);
        for (let a = 0, at = 0; a < size; a++) {
          for (let b = 0; b <= a; b++, at++) hessian[at] += slopes[k][a] * pull[b];
        }
      }
      model.hessian?.(theta, row, residuals, hessian);
    });
  };
}
