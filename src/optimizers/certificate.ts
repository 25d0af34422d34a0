/**
 * The Newton decrement² at an iterate, by conjugate gradients: what a method without a Hessian of its own needs before it
 * may say "converged". It costs one pass for the diagonal of the Hessian and one per step.
 *
 * @module
 */

import {
  advanceConjugateGradients,
  endConjugateGradients,
  missingOf,
  newConjugateGradients,
  startConjugateGradients,
  type ConjugateGradients,
  type Precondition,
} from "./conjugateGradients.js";
import type { Evaluated, Problem, Request } from "./optimizer.js";

/** The decrement is known well enough once this share of it is all that may be missing. */
export const SHARE = 0.015625;

/** Steps without a sign of smaller eigenvalues before the bound counts. */
const STEADY = 3;

export interface Certificate {
  /** The Hessian has a direction of negative curvature there. */
  indefinite: boolean;
  /** Inverse of the Hessian's diagonal: [size]. */
  inverse: Float64Array;
  cg: ConjugateGradients;
}

export function newCertificate(size: number): Certificate {
  return {
    indefinite: false,
    inverse: new Float64Array(size).fill(1),
    cg: newConjugateGradients(size),
  };
}

/** Whether the objective offers what a certificate needs. */
export function canCertify({ capabilities }: Problem): boolean {
  return capabilities.includes("hessianVector");
}

/** inverse ← 1/|diagonal|; 1 where that is 0, and everywhere if it is not finite. */
export function invertDiagonal(diagonal: Float64Array, inverse: Float64Array): void {
  for (let j = 0; j < inverse.length; j++) {
    const entry = 1 / Math.abs(diagonal[j]!);
    inverse[j] = entry > 0 && entry < Infinity ? entry : 1;
  }
}

/** Begins at an iterate: the request for the diagonal, or for the first product. */
export function startCertificate(
  certificate: Certificate,
  problem: Problem,
  parameters: Float64Array,
  gradient: Float64Array,
): Request {
  certificate.indefinite = false;
  certificate.cg.steps = -1;
  if (problem.capabilities.includes("diagonal")) return { kind: "multiply", parameters, direction: null };
  return firstProduct(certificate, parameters, gradient);
}

function firstProduct(
  { cg, inverse }: Certificate,
  parameters: Float64Array,
  gradient: Float64Array,
  precondition?: Precondition,
): Request {
  startConjugateGradients(cg, gradient, inverse, precondition);
  return { kind: "multiply", parameters, direction: cg.direction };
}

/** Takes a product: the next request, or null once the decrement is known. */
export function advanceCertificate(
  certificate: Certificate,
  problem: Problem,
  parameters: Float64Array,
  gradient: Float64Array,
  evaluated: Evaluated,
  precondition?: Precondition,
): Request | null {
  const { cg, inverse } = certificate;
  const product = evaluated.product!;
  if (cg.steps < 0) {
    if (precondition === undefined) invertDiagonal(product, inverse);
    return firstProduct(certificate, parameters, gradient, precondition);
  }
  const verdict = advanceConjugateGradients(cg, product, inverse, Infinity, precondition);
  if (verdict === "again" && !isSettled(cg, problem)) return { kind: "multiply", parameters, direction: cg.direction };
  certificate.indefinite = verdict === "negative" && problem.convex !== true;
  if (verdict !== "again") {
    // What a singular Hessian does not act on counts as by the scale of the parameters: it may be all of the gradient.
    if (verdict === "singular") cg.decrement += cg.size;
    cg.size = 0;
  }
  endConjugateGradients(cg);
  return null;
}

/** Whether the decrement is known: within the tolerance, or but for a small share. */
export function isSettled(cg: ConjugateGradients, { totalWeight, tolerance, size }: Problem): boolean {
  if (!(cg.size > 0) || cg.steps >= 4 * size + 100) return true;
  if (cg.steady < STEADY && cg.steps < size) return false;
  const missing = missingOf(cg);
  const weight = totalWeight * cg.unit * cg.unit;
  return weight * (cg.decrement + missing) <= tolerance || missing <= SHARE * cg.decrement;
}

/** The decrement² on the sum scale, with what may be missing of it. */
export function certifiedDecrement({ cg }: Certificate, { totalWeight }: Problem): number {
  return totalWeight * (cg.decrement + missingOf(cg));
}
