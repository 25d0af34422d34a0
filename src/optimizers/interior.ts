/**
 * One step of a primal–dual interior-point method for pieces: every kink is rounded off by a logarithmic barrier, μ, which
 * goes to 0 from step to step.
 *
 * The distance of a score from its kink is over − under, both > 0; the multiplier r lies inside (below, above). On the
 * path over·(above − r) = under·(r − below) = μ.
 *
 * Sources: S. Mehrotra, "On the implementation of a primal–dual interior point method", SIAM Journal on Optimization 2
 * (1992); S. Portnoy & R. Koenker, "The Gaussian hare and the Laplacian tortoise", Statistical Science 12 (1997).
 *
 * @module
 */

import { factorLdlt, type Ldlt } from "../linalg/ldlt.js";
import type { Prepared } from "./pieces.js";

/** How far towards the edge of the box a step may go. */
const NEARLY = 0.9995;

/** A point inside. */
export interface Interior {
  /** θ: [size]. */
  readonly point: Float64Array;
  /** [rows]. */
  readonly over: Float64Array;
  readonly under: Float64Array;
  readonly multiplier: Float64Array;
}

interface Step {
  readonly point: Float64Array;
  readonly over: Float64Array;
  readonly under: Float64Array;
  readonly multiplier: Float64Array;
}

/** Puts the point inside: multipliers in the middle of their boxes, distances from the kinks as wide as they are on average. */
export function enter({ rows, size, design, kink, below, above }: Prepared, interior: Interior): void {
  const { point, over, under, multiplier } = interior;
  const distance = new Float64Array(rows);
  let mean = 0;
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    distance[i] = rowTimes(design, i, size, point) - kink[i]!;
    mean += Math.abs(distance[i]!) / rows;
    largest = Math.max(largest, Math.abs(kink[i]!));
  }
  const room = mean > 0 ? mean : largest > 0 ? largest : 1;
  for (let i = 0; i < rows; i++) {
    over[i] = Math.max(distance[i]!, 0) + 0.5 * room;
    under[i] = Math.max(-distance[i]!, 0) + 0.5 * room;
    multiplier[i] = 0.5 * (below[i]! + above[i]!);
  }
}

/** Σ over·(above − r) + under·(r − below): what the barrier still costs. */
export function complementarity({ rows, below, above }: Prepared, { over, under, multiplier }: Interior): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    sum += over[i]! * (above[i]! - multiplier[i]!) + under[i]! * (multiplier[i]! - below[i]!);
  }
  return sum;
}

/** Moves the point one predictor and corrector further; false if rounding does not let it. */
export function advanceInterior(problem: Prepared, interior: Interior): boolean {
  const { rows, size, below, above, precision } = problem;
  const { point, over, under, multiplier } = interior;
  const weights = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    weights[i] = 1 / (over[i]! / (above[i]! - multiplier[i]!) + under[i]! / (multiplier[i]! - below[i]!));
  }
  const factors = factorLdlt(gram(problem, weights), size);
  if (!factors.definite) return false;
  const before = complementarity(problem, interior);
  const zero = new Float64Array(rows);
  const predictor = stepTo(problem, interior, weights, factors, zero, zero);
  const separate = precision.every((value) => value === 0);
  const [primal, dual] = lengths(problem, interior, predictor, 1, separate);
  let after = 0;
  const over2 = new Float64Array(rows);
  const under2 = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const r = multiplier[i]! + dual * predictor.multiplier[i]!;
    after += (over[i]! + primal * predictor.over[i]!) * (above[i]! - r);
    after += (under[i]! + primal * predictor.under[i]!) * (r - below[i]!);
  }
  const share = after / before;
  const barrier = (share * share * share * before) / (2 * rows);
  for (let i = 0; i < rows; i++) {
    over2[i] = barrier + predictor.over[i]! * predictor.multiplier[i]!;
    under2[i] = barrier - predictor.under[i]! * predictor.multiplier[i]!;
  }
  const step = stepTo(problem, interior, weights, factors, over2, under2);
  const [along, across] = lengths(problem, interior, step, NEARLY, separate);
  for (let j = 0; j < size; j++) point[j]! += along * step.point[j]!;
  for (let i = 0; i < rows; i++) {
    over[i]! += along * step.over[i]!;
    under[i]! += along * step.under[i]!;
    multiplier[i]! += across * step.multiplier[i]!;
  }
  const inside = over.every((value, i) => value > 0 && under[i]! > 0 && isInside(problem, interior, i));
  return inside && Math.max(along, across) > 1e-6;
}

function isInside({ below, above }: Prepared, { multiplier }: Interior, i: number): boolean {
  return multiplier[i]! > below[i]! && multiplier[i]! < above[i]!;
}

/** The Newton step to over·(above − r) = overTarget, under·(r − below) = underTarget. */
function stepTo(
  problem: Prepared,
  { point, over, under, multiplier }: Interior,
  weights: Float64Array,
  factors: Ldlt,
  overTarget: Float64Array,
  underTarget: Float64Array,
): Step {
  const { rows, size, design, kink, below, above, precision, mean } = problem;
  const rhs = new Float64Array(size);
  for (let j = 0; j < size; j++) rhs[j] = -precision[j]! * (point[j]! - mean[j]!);
  const rest = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const missing = over[i]! - under[i]! - (rowTimes(design, i, size, point) - kink[i]!);
    const upper = overTarget[i]! / (above[i]! - multiplier[i]!) - over[i]!;
    const lower = underTarget[i]! / (multiplier[i]! - below[i]!) - under[i]!;
    rest[i] = missing + upper - lower;
    const pull = weights[i]! * rest[i]! - multiplier[i]!;
    for (let j = 0, at = i * size; j < size; j++, at++) rhs[j]! += pull * design[at]!;
  }
  factors.solve(rhs, rhs);
  const step = { point: rhs, over: rest, under: new Float64Array(rows), multiplier: new Float64Array(rows) };
  for (let i = 0; i < rows; i++) {
    const change = weights[i]! * (rowTimes(design, i, size, rhs) - rest[i]!);
    step.multiplier[i] = change;
    step.over[i] = (overTarget[i]! + over[i]! * change) / (above[i]! - multiplier[i]!) - over[i]!;
    step.under[i] = (underTarget[i]! - under[i]! * change) / (multiplier[i]! - below[i]!) - under[i]!;
  }
  return step;
}

/** How much of a step keeps everything inside, of the point and of the multipliers; at most 1. */
function lengths(
  { rows, below, above }: Prepared,
  { over, under, multiplier }: Interior,
  step: Step,
  nearly: number,
  separate: boolean,
): [number, number] {
  let primal = Infinity;
  let dual = Infinity;
  for (let i = 0; i < rows; i++) {
    if (step.over[i]! < 0) primal = Math.min(primal, -over[i]! / step.over[i]!);
    if (step.under[i]! < 0) primal = Math.min(primal, -under[i]! / step.under[i]!);
    const change = step.multiplier[i]!;
    if (change > 0) dual = Math.min(dual, (above[i]! - multiplier[i]!) / change);
    if (change < 0) dual = Math.min(dual, (below[i]! - multiplier[i]!) / change);
  }
  if (!separate) primal = dual = Math.min(primal, dual);
  return [Math.min(1, nearly * primal), Math.min(1, nearly * dual)];
}

/** Precisions and Σ weight·x·xᵀ, a packed lower triangle. */
function gram({ rows, size, design, precision }: Prepared, weights: Float64Array): Float64Array {
  const packed = new Float64Array((size * (size + 1)) / 2);
  for (let i = 0; i < rows; i++) {
    const weight = weights[i]!;
    for (let a = 0, at = 0, row = i * size; a < size; a++) {
      const factor = weight * design[row + a]!;
      if (factor === 0) at += a + 1;
      else for (let b = 0; b <= a; b++, at++) packed[at]! += factor * design[row + b]!;
    }
  }
  for (let a = 0; a < size; a++) packed[(a * (a + 3)) / 2]! += precision[a]!;
  return packed;
}

/** Row i of a row-major matrix times a vector. */
export function rowTimes(matrix: Float64Array, i: number, size: number, vector: Float64Array): number {
  let sum = 0;
  for (let j = 0, at = i * size; j < size; j++, at++) sum += matrix[at]! * vector[j]!;
  return sum;
}
