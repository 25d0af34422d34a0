/**
 * The exact minimum of pieces: some rows are held at their kinks, the others stay on their sides; with these settled the
 * rest is linear equations. A row is let go when its multiplier leaves its box, and the way there is followed across
 * kinks for as long as the objective falls.
 *
 * Sources: I. Barrodale & F. Roberts, "An improved algorithm for discrete L1 linear approximation", SIAM Journal on
 * Numerical Analysis 10 (1973); R. Fletcher, *Practical Methods of Optimization*, 2nd ed., 1987, §10.3 and §14.3.
 *
 * @module
 */

import { type Vertex, distances, equations, restore, squared } from "./heldRows.js";
import { rowTimes } from "./interior.js";
import type { Prepared } from "./pieces.js";

/** Share of its box by which a multiplier may be outside: rounding. */
const OUTSIDE = 1e-9;

/** Changes and slopes below this share of the terms they are made of are rounding. */
const LEVEL = 1e-11;

/** What a move came to. */
export type Move = "moved" | "done" | "stuck";

/** One step: to the minimum over the rows held, or to where the objective rises; or away from a row that is let go. */
export function move(problem: Prepared, vertex: Vertex): Move {
  const { rows, size, design, precision, mean } = problem;
  const { point, multiplier, held } = vertex;
  const distance = distances(problem, point);
  const active = Array.from(held.keys()).filter((i) => held[i] === 1);
  const slope = new Float64Array(size);
  const terms = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    slope[j] = precision[j]! * (point[j]! - mean[j]!);
    terms[j] = Math.abs(slope[j]!);
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0, at = i * size; j < size; j++, at++) {
      const term = multiplier[i]! * design[at]!;
      if (held[i] === 0) slope[j]! += term;
      terms[j]! += Math.abs(term);
    }
  }
  let lu = equations(problem, active, precision);
  let ray = false;
  if (!lu.regular) {
    ray = true;
    lu = equations(
      problem,
      active,
      precision.map((value, j) => Math.max(value, terms[j]!) || 1),
    );
    if (!lu.regular) return "stuck";
  }
  const rhs = new Float64Array(size + active.length);
  for (let j = 0; j < size; j++) rhs[j] = -slope[j]!;
  const solution = lu.solve(rhs);
  let step: Float64Array = solution.slice(0, size);
  if (!step.every(Number.isFinite)) return "stuck";
  if (ray && step.every((value) => Math.abs(value) <= LEVEL)) {
    step = levelDirection(problem, active, vertex);
    if (step.every((value) => value === 0)) return "stuck";
    const reached = search(problem, vertex, distance, step, slope, "level");
    return reached === "whole" ? "stuck" : reached;
  }
  const noise = !ray && isNoise(problem, point, step, terms);
  const moved = noise ? "whole" : search(problem, vertex, distance, step, slope, ray ? "ray" : "newton");
  if (moved !== "whole") return moved;
  active.forEach((i, a) => (multiplier[i] = solution[size + a]!));
  restore(problem, vertex, lu);
  return release(problem, vertex, active);
}

/** True if a step changes no score and no slope of the penalty by more than rounding. */
function isNoise(problem: Prepared, point: Float64Array, step: Float64Array, sums: Float64Array): boolean {
  const { rows, size, design, kink, precision } = problem;
  if (step.some((value, j) => precision[j]! * Math.abs(value) > LEVEL * sums[j]!)) return false;
  for (let i = 0; i < rows; i++) {
    let terms = Math.abs(kink[i]!);
    for (let j = 0; j < size; j++) terms += Math.abs(design[i * size + j]! * point[j]!);
    if (Math.abs(rowTimes(design, i, size, step)) > LEVEL * terms) return false;
  }
  return true;
}

/** Lets the row go whose multiplier is farthest outside its box: "done" if none is. */
function release({ below, above }: Prepared, { multiplier, held }: Vertex, active: readonly number[]): Move {
  let worst = -1;
  let most = OUTSIDE;
  for (const i of active) {
    const outside = Math.max(below[i]! - multiplier[i]!, multiplier[i]! - above[i]!) / (above[i]! - below[i]!);
    if (outside > most) {
      most = outside;
      worst = i;
    }
  }
  for (const i of active) {
    if (i === worst || worst < 0) multiplier[i] = Math.min(Math.max(multiplier[i]!, below[i]!), above[i]!);
  }
  if (worst < 0) return "done";
  held[worst] = 0;
  return "moved";
}

/** A direction that keeps all that is held and costs nothing at first: towards the center of the penalty, or any. */
function levelDirection(problem: Prepared, active: readonly number[], { point }: Vertex): Float64Array {
  const { size, precision, mean } = problem;
  const lu = equations(
    problem,
    active,
    precision.map((value) => (value > 0 ? 1e30 : 1)),
  );
  const candidates = [point.map((value, j) => mean[j]! - value)];
  for (let j = 0; j < size; j++) candidates.push(Float64Array.from({ length: size }, (_, k) => (k === j ? 1 : 0)));
  for (const wish of candidates) {
    const rhs = new Float64Array(size + active.length);
    for (let j = 0; j < size; j++) rhs[j] = precision[j]! > 0 ? 0 : wish[j]!;
    const step = lu.solve(rhs).slice(0, size);
    if (squared(step) > 1e-16 * squared(wish)) return step;
  }
  return new Float64Array(size);
}

/** Goes along the step to where the objective stops falling; a kink reached there is held. */
function search(
  problem: Prepared,
  { point, multiplier, held }: Vertex,
  distance: Float64Array,
  step: Float64Array,
  slope: Float64Array,
  kind: "newton" | "ray" | "level",
): Move | "whole" {
  const { rows, size, design, below, above, precision } = problem;
  const level = kind === "level";
  const changes = new Float64Array(rows);
  const kinks: { readonly row: number; readonly at: number }[] = [];
  for (const way of level ? [1, -1] : [1]) {
    for (let i = 0; i < rows; i++) {
      if (held[i] === 1) continue;
      const change = way * rowTimes(design, i, size, step);
      let terms = 0;
      for (let j = 0; j < size; j++) terms += Math.abs(design[i * size + j]! * step[j]!);
      if (Math.abs(change) <= LEVEL * terms) continue;
      const towards = multiplier[i] === below[i] ? change > 0 : change < 0;
      if (!towards) continue;
      changes[i] = change;
      kinks.push({ row: i, at: Math.max(0, -distance[i]! / change) });
    }
    if (level && kinks.length > 0) {
      if (way < 0) for (let j = 0; j < size; j++) step[j] = -step[j]!;
      break;
    }
  }
  kinks.sort((a, b) => a.at - b.at || a.row - b.row);
  let rise = 0;
  let curvature = 0;
  for (let j = 0; j < size; j++) {
    rise += slope[j]! * step[j]!;
    curvature += precision[j]! * step[j]! * step[j]!;
  }
  if (level) rise = 0;
  let passed = -1;
  for (const { row, at } of kinks) {
    if ((kind === "newton" && passed < 0 && at >= 1) || (passed >= 0 && rise + curvature * at >= 0)) break;
    const jump = (above[row]! - below[row]!) * Math.abs(changes[row]!);
    if (level || rise + curvature * at + jump >= 0) {
      for (let j = 0; j < size; j++) point[j]! += at * step[j]!;
      held[row] = 1;
      return "moved";
    }
    multiplier[row] = multiplier[row] === below[row] ? above[row]! : below[row]!;
    rise += jump;
    passed = at;
  }
  if (kind !== "newton" && !(curvature > 0)) return "stuck";
  const whole = kind === "newton" && passed < 0;
  const end = whole ? 1 : Math.max(passed, -rise / curvature);
  for (let j = 0; j < size; j++) point[j]! += end * step[j]!;
  return whole ? "whole" : "moved";
}

/**
 * True if no other point does as well: rows whose multipliers lie inside their boxes, and the penalty, determine it. Where
 * they do not there may be others.
 */
export function isUnique(problem: Prepared, { multiplier, held }: Vertex): boolean {
  const { below, above, precision } = problem;
  const strict = Array.from(held.keys()).filter((i) => {
    const room = Math.min(multiplier[i]! - below[i]!, above[i]! - multiplier[i]!);
    return held[i] === 1 && room > OUTSIDE * (above[i]! - below[i]!);
  });
  return equations(problem, strict, precision).regular;
}
