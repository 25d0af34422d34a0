/**
 * Rows held at their kinks: which to begin with, and the equations that they make.
 *
 * @module
 */

import { type Lu, factorLu } from "../linalg/lu.js";
import { type Interior, rowTimes } from "./interior.js";
import type { Prepared } from "./pieces.js";

/** Share of a row that must be left of it beside rows already held for it to be held too. */
const INDEPENDENT = 1e-7;

/** Where the search stands. */
export interface Vertex {
  /** θ: [size]. */
  readonly point: Float64Array;
  /** [rows]: the end of its box on whose side a row is; of rows that are held, in between. */
  readonly multiplier: Float64Array;
  /** [rows]: 1 for rows that are held at their kinks. */
  readonly held: Float64Array;
}

/** Distance of the scores from their kinks: [rows]. */
export function distances({ rows, size, design, kink }: Prepared, point: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => rowTimes(design, i, size, point) - kink[i]!);
}

/** Rows to begin with: those that the interior point holds closest to their kinks, as far as they are independent. */
export function guessHeld(problem: Prepared, interior: Interior, vertex: Vertex): void {
  const { multiplier, held } = vertex;
  const { rows, size, design, below, above } = problem;
  held.fill(0);
  const closeness = Float64Array.from({ length: rows }, (_, i) => {
    const up = above[i]! - interior.multiplier[i]!;
    const down = interior.multiplier[i]! - below[i]!;
    return 1 / (interior.over[i]! / up + interior.under[i]! / down);
  });
  const distance = distances(problem, interior.point);
  const room = distance.reduce((sum, value) => sum + Math.abs(value) / rows, 0);
  const isNear = (i: number): boolean => {
    const width = above[i]! - below[i]!;
    const inside = Math.min(above[i]! - interior.multiplier[i]!, interior.multiplier[i]! - below[i]!) / width;
    return inside * room > Math.abs(distance[i]!);
  };
  const near = Array.from(closeness.keys()).filter(isNear);
  near.sort((i, k) => closeness[k]! - closeness[i]! || i - k);
  const basis: Float64Array[] = [];
  for (const i of near) {
    if (basis.length === size) break;
    const rest = design.slice(i * size, (i + 1) * size);
    const whole = squared(rest);
    for (let pass = 0; pass < 2; pass++) for (const vector of basis) removePart(rest, vector);
    const left = squared(rest);
    if (!(left > INDEPENDENT * INDEPENDENT * whole)) continue;
    const length = Math.sqrt(left);
    basis.push(rest.map((value) => value / length));
    held[i] = 1;
  }
  for (let i = 0; i < rows; i++) {
    const middle = 0.5 * (below[i]! + above[i]!);
    const upper = held[i] === 1 || near.includes(i) ? interior.multiplier[i]! > middle : distance[i]! > 0;
    multiplier[i] = held[i] === 1 ? interior.multiplier[i]! : upper ? above[i]! : below[i]!;
  }
  const active = Array.from(held.keys()).filter((i) => held[i] === 1);
  const lu = equations(problem, active, new Float64Array(size).fill(1));
  if (lu.regular) restore(problem, vertex, lu);
}

export function squared(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

function removePart(vector: Float64Array, unit: Float64Array): void {
  const part = rowTimes(vector, 0, vector.length, unit);
  for (let j = 0; j < vector.length; j++) vector[j]! -= part * unit[j]!;
}

/** The equations for a step d with rows held: [P Dᵀ; D 0]·[d; r] = [−g; −distance]. */
export function equations(problem: Prepared, held: readonly number[], precision: Float64Array): Lu {
  const { size, design } = problem;
  const total = size + held.length;
  const matrix = new Float64Array(total * total);
  for (let j = 0; j < size; j++) matrix[j * (total + 1)] = precision[j]!;
  held.forEach((i, a) => {
    for (let j = 0; j < size; j++) {
      const entry = design[i * size + j]!;
      matrix[(size + a) * total + j] = entry;
      matrix[j * total + size + a] = entry;
    }
  });
  return factorLu(matrix, total);
}

/** Takes away what rounding has put between the rows held and their kinks. */
export function restore(problem: Prepared, { point, held }: Vertex, lu: Lu): void {
  const { size } = problem;
  const active = Array.from(held.keys()).filter((i) => held[i] === 1);
  const distance = distances(problem, point);
  const rhs = new Float64Array(size + active.length);
  active.forEach((i, a) => (rhs[size + a] = -distance[i]!));
  const step = lu.solve(rhs);
  if (step.every(Number.isFinite)) for (let j = 0; j < size; j++) point[j]! += step[j]!;
}
