/**
 * Preconditioned conjugate gradients for H·d = −g, one Hessian-vector product at a time; the preconditioner is a diagonal,
 * or what the caller solves with
 * (M. Hestenes and E. Stiefel, "Methods of conjugate gradients for solving linear systems", 1952), the trust region that of
 * T. Steihaug ("The conjugate gradient method and trust regions in large scale optimization", 1983).
 *
 * Each step adds α·rᵀM⁻¹r to gᵀH⁻¹g, Newton's decrement, which is so bounded from below; what is missing is at most
 * rᵀM⁻¹r divided by the smallest eigenvalue of M⁻¹H, of which 1/α is an upper bound.
 *
 * @module
 */

import { addScaled, dot, norm2, normInfinity, scale } from "../linalg/vector.js";

/** The smallest eigenvalue of M⁻¹H is taken to be this much smaller than the smallest 1/α seen. */
const CAUTION = 1024;

/** Curvature along a direction below this share of its squared length in M is that of a singular Hessian: 2⁻⁴⁸. */
const SINGULAR = 3.552713678800501e-15;

/** A residual this much smaller than the first, squared, is rounding: 2⁻⁸⁰. */
const ROUNDED = 8.271806125530277e-25;

/** Gradients beyond these sizes are taken in a unit of their own: their squares, or those times the Hessian, may overflow. */
const LARGE = 1e75;
const SMALL = 1e-75;

export interface ConjugateGradients {
  /** What the gradient is divided by, and so all vectors here; squares of them by its square. */
  unit: number;
  /** d, its residual H·d + g, the direction to multiply next. */
  solution: Float64Array;
  residual: Float64Array;
  direction: Float64Array;
  /** Products taken. */
  steps: number;
  /** rᵀM⁻¹r; its value at d = 0. */
  size: number;
  firstSize: number;
  /** Σ α·rᵀM⁻¹r so far: gᵀH⁻¹g from below. */
  decrement: number;
  /** Largest α, and the steps since it last doubled. */
  longest: number;
  steady: number;
}

export function newConjugateGradients(size: number): ConjugateGradients {
  return {
    unit: 1,
    solution: new Float64Array(size),
    residual: new Float64Array(size),
    direction: new Float64Array(size),
    steps: 0,
    size: NaN,
    firstSize: NaN,
    decrement: 0,
    longest: 0,
    steady: 0,
  };
}

/** vector ← M⁻¹·vector. */
export type Precondition = (vector: Float64Array) => void;

/** Starts at d = 0; `inverse` is M⁻¹, or near its diagonal where `precondition` is given; the same in all that follows. */
export function startConjugateGradients(
  cg: ConjugateGradients,
  gradient: Float64Array,
  inverse: Float64Array,
  precondition?: Precondition,
): void {
  const { residual } = cg;
  const largest = normInfinity(gradient);
  cg.unit = largest > 0 && largest < Infinity && (largest > LARGE || largest < SMALL) ? largest : 1;
  cg.solution.fill(0);
  for (let j = 0; j < gradient.length; j++) residual[j] = gradient[j]! / cg.unit;
  for (let j = 0; j < gradient.length; j++) cg.direction[j] = -(precondition ? 1 : inverse[j]!) * residual[j]!;
  precondition?.(cg.direction);
  cg.size = cg.firstSize = -dot(residual, cg.direction);
  cg.steps = 0;
  cg.decrement = 0;
  cg.longest = cg.steady = 0;
}

/** Length in the norm of M. */
export function lengthIn(inverse: Float64Array, vector: Float64Array): number {
  return norm2(vector.map((value, j) => value / Math.sqrt(inverse[j]!)));
}

/**
 * Takes H·direction. "again": multiply the next direction. "boundary": the solution was cut off at length `radius` in M.
 * "negative", "singular": the curvature along the direction is below, or close to, zero; the solution is that before it, or
 * on the boundary along it where the radius is finite.
 */
export function advanceConjugateGradients(
  cg: ConjugateGradients,
  product: Float64Array,
  inverse: Float64Array,
  radius: number,
  precondition?: Precondition,
): "again" | "boundary" | "negative" | "singular" {
  const { solution, residual, direction } = cg;
  const curvature = dot(direction, product);
  const length = lengthIn(inverse, direction);
  cg.steps++;
  if (!(curvature > SINGULAR * length * length)) {
    const negative = curvature < -SINGULAR * length * length;
    // What is left of a residual that was solved for is rounding, which a singular Hessian does not act on.
    if (!negative && cg.size <= ROUNDED * cg.firstSize) cg.size = 0;
    else if (radius < Infinity) toBoundary(cg, product, inverse, radius, curvature);
    return negative ? "negative" : "singular";
  }
  const step = cg.size / curvature;
  if (radius < Infinity) {
    const next = solution.map((value, j) => value + step * direction[j]!);
    if (!(lengthIn(inverse, next) < radius)) {
      toBoundary(cg, product, inverse, radius, curvature);
      return "boundary";
    }
  }
  addScaled(step, direction, solution);
  addScaled(step, product, residual);
  cg.decrement += step * cg.size;
  cg.steady = step > 2 * cg.longest ? 0 : cg.steady + 1;
  cg.longest = Math.max(cg.longest, step);
  const preconditioned = residual.map((value, j) => (precondition ? 1 : inverse[j]!) * value);
  precondition?.(preconditioned);
  const size = dot(residual, preconditioned);
  const ratio = size / cg.size;
  for (let j = 0; j < direction.length; j++) direction[j] = ratio * direction[j]! - preconditioned[j]!;
  cg.size = size;
  return "again";
}

/** What gᵀH⁻¹g may be more than `decrement`, cautiously estimated; without end before there was a step. */
export function missingOf({ size, longest }: ConjugateGradients): number {
  if (size === 0) return 0;
  return longest > 0 ? CAUTION * longest * size : Infinity;
}

/** Puts solution and decrement in the units of the gradient, once there are no more steps. */
export function endConjugateGradients(cg: ConjugateGradients): void {
  const { unit } = cg;
  cg.unit = 1;
  scale(unit, cg.solution);
  cg.decrement *= unit * unit;
  cg.size *= unit * unit;
  cg.firstSize *= unit * unit;
}

/** Moves the solution along the direction to the boundary. */
function toBoundary(
  cg: ConjugateGradients,
  product: Float64Array,
  inverse: Float64Array,
  radius: number,
  curvature: number,
): void {
  const { solution, residual, direction } = cg;
  const scaled = direction.map((value, j) => value / inverse[j]!);
  const share = lengthIn(inverse, solution) / radius;
  // a·σ² + 2b·σ = c, with the radius as the unit of steps: its square may overflow.
  const a = dot(direction, scaled);
  const b = dot(solution, scaled) / radius;
  const c = (1 - share) * (1 + share);
  const root = Math.sqrt(Math.max(b * b + a * c, 0));
  const step = radius * (b > 0 ? c / (b + root) : (root - b) / a);
  addScaled(step, direction, solution);
  addScaled(step, product, residual);
  cg.decrement += step * (2 * cg.size - step * curvature);
}
