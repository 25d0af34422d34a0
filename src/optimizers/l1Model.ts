/**
 * The minimum of a quadratic plus absolute values, ½(β − θ)ᵀH(β − θ) + gᵀ(β − θ) + Σ rate·|β − center|, H positive
 * semidefinite: coordinate descent finds out which coordinates leave their center, and to which side; with these settled
 * the rest is linear equations, which are solved exactly. Their solution counts as far as no coordinate crosses its
 * center: there it stops, and the next equations have one coordinate less.
 *
 * Sources: J. Friedman, T. Hastie & R. Tibshirani, Journal of Statistical Software 33 (2010); H. Lee, A. Battle, R. Raina
 * & A. Ng, "Efficient sparse coding algorithms", NIPS 19 (2007).
 *
 * @module
 */

import { factorLdlt } from "../linalg/ldlt.js";
import { pivotOrder } from "../linalg/pivotOrder.js";

/** Rounds of both kinds, sweeps in a round, and equations solved in a round, at most. */
const ROUNDS = 200;
const SWEEPS = 12;
const SOLUTIONS = 50;

/** A coordinate leaves its center when the slope exceeds its rate by this factor, 1 + 2⁻⁴³: less is rounding. */
const LEAVE = 1.0000000000001137;

/** Share of its rate that a coordinate's equation may be off, 2⁻³⁰, before coordinates are exchanged. */
const UNSOLVED = 9.313225746154785e-10;

/** A quadratic with absolute values, its Hessian [size × size] row by row. */
export interface L1Model {
  readonly size: number;
  readonly hessian: Float64Array;
  readonly rate: Float64Array;
  readonly center: Float64Array;
  /** Where it is now. */
  readonly point: Float64Array;
  /** The gradient of the quadratic there. */
  readonly slope: Float64Array;
}

/** The model at θ of the smooth gradient and the packed lower triangle of the Hessian. */
export function newModel(
  packed: Float64Array,
  gradient: Float64Array,
  parameters: Float64Array,
  { rate, center }: { readonly rate: Float64Array; readonly center: Float64Array },
): L1Model {
  const size = parameters.length;
  const hessian = new Float64Array(size * size);
  for (let a = 0, at = 0; a < size; a++) {
    for (let b = 0; b <= a; b++, at++) hessian[a * size + b] = hessian[b * size + a] = packed[at]!;
  }
  return { size, hessian, rate, center, point: parameters.slice(), slope: gradient.slice() };
}

/** Moves the model's point to its minimum, as far as rounding and the bounds on work allow. */
export function minimizeModel(model: L1Model): void {
  for (let round = 0; round < ROUNDS; round++) {
    let settled = 0;
    for (let sweep = 0; sweep < SWEEPS && settled < 2; sweep++) settled = sweepOnce(model) ? 0 : settled + 1;
    for (let solved = 0; solved < SOLUTIONS && !solveSupport(model); solved++);
    if (!anyLeaves(model)) return;
  }
}

/** Minimises over one coordinate after the other; true if any left its center, returned to it or crossed it. */
function sweepOnce(model: L1Model): boolean {
  const { size, hessian, rate, center, point, slope } = model;
  let changed = false;
  for (let j = 0; j < size; j++) {
    const curvature = hessian[j * size + j]!;
    const distance = point[j]! - center[j]!;
    if (!(curvature > 0)) {
      // Nothing holds it but its absolute value.
      if (distance !== 0 && rate[j]! > 0) moveTo(model, j, center[j]!);
      continue;
    }
    if (distance === 0 && Math.abs(slope[j]!) <= rate[j]! * LEAVE) continue;
    const pull = curvature * distance - slope[j]!;
    const excess = Math.abs(pull) - rate[j]!;
    const after = excess > 0 ? (Math.sign(pull) * excess) / curvature : 0;
    if (rate[j]! > 0 && Math.sign(after) !== Math.sign(distance)) changed = true;
    moveTo(model, j, center[j]! + after);
  }
  return changed;
}

function moveTo({ size, hessian, point, slope }: L1Model, j: number, value: number): void {
  const step = value - point[j]!;
  point[j] = value;
  if (step === 0) return;
  for (let k = 0, at = j * size; k < size; k++, at++) slope[k]! += hessian[at]! * step;
}

/** True if some coordinate at its center would gain by leaving it. */
function anyLeaves({ size, hessian, rate, center, point, slope }: L1Model): boolean {
  for (let j = 0; j < size; j++) {
    if (point[j] !== center[j] || !(hessian[j * size + j]! > 0)) continue;
    if (Math.abs(slope[j]!) > rate[j]! * LEAVE && rate[j]! > 0) return true;
  }
  return false;
}

/** Coordinates that are free or away from their centers. */
function supportOf({ size, rate, center, point }: L1Model): number[] {
  const support: number[] = [];
  for (let j = 0; j < size; j++) if (rate[j] === 0 || point[j] !== center[j]) support.push(j);
  return support;
}

/** Solves for the support, signs kept; false if a coordinate reached its center on the way: there is more to do. */
function solveSupport(model: L1Model): boolean {
  const { size, hessian, rate } = model;
  const unsorted = supportOf(model);
  if (unsorted.length === 0) return true;
  const { order, rank } = pivotOrder(principalPart(model, unsorted), unsorted.length);
  const support = Array.from(order, (a) => unsorted[a]!);
  const basis = support.slice(0, rank);
  const factors = factorLdlt(principalPart(model, basis), rank);
  if (!factors.definite) return true;
  const step = Float64Array.from(basis, (j) => -excessOf(model, j));
  factors.solve(step, step);
  if (!moveAlong(model, basis, step, Math.min(1, reach(model, basis, step)))) return false;
  const unsolved = UNSOLVED * support.reduce((largest, j) => Math.max(largest, rate[j]!), 0);
  for (const j of support.slice(rank)) {
    // The basis determines this coordinate: one of them goes, towards whatever the absolute values gain by that.
    const excess = excessOf(model, j);
    if (!(Math.abs(excess) > unsolved)) continue;
    factors.solve(
      Float64Array.from(basis, (k) => -hessian[k * size + j]!),
      step,
    );
    const exchange = Float64Array.of(...step, 1).map((value) => -Math.sign(excess) * value);
    const moved = [...basis, j];
    const far = reach(model, moved, exchange);
    if (far < Infinity && !moveAlong(model, moved, exchange, far)) return false;
  }
  return true;
}

/** The packed lower triangle of the Hessian for some coordinates, in their order. */
function principalPart({ size, hessian }: L1Model, indices: readonly number[]): Float64Array {
  const entries = indices.flatMap((j, a) => indices.slice(0, a + 1).map((k) => hessian[j * size + k]!));
  return Float64Array.from(entries);
}

/** The slope of the whole model along a coordinate of the support. */
function excessOf({ rate, center, point, slope }: L1Model, j: number): number {
  return slope[j]! + rate[j]! * Math.sign(point[j]! - center[j]!);
}

/** What share of its step brings a coordinate to its center; NaN, Infinity or negative if none does. */
function share({ rate, center, point }: L1Model, j: number, step: number): number {
  return rate[j]! > 0 ? (center[j]! - point[j]!) / step : Infinity;
}

/** How far along the step the first coordinate reaches its center. */
function reach(model: L1Model, support: readonly number[], step: Float64Array): number {
  return support.reduce((far, j, a) => {
    const own = share(model, j, step[a]!);
    return own > 0 && own < far ? own : far;
  }, Infinity);
}

/** Moves so far along the step. Coordinates that reach their center by then stay there: false if there are any. */
function moveAlong(model: L1Model, support: readonly number[], step: Float64Array, far: number): boolean {
  let whole = true;
  support.forEach((j, a) => {
    const own = share(model, j, step[a]!);
    const arrives = own > 0 && own <= far;
    if (arrives) whole = false;
    moveTo(model, j, arrives ? model.center[j]! : model.point[j]! + step[a]! * far);
  });
  return whole;
}
