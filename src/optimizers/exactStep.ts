/**
 * The minimum of φ(t) = F(θ + t·d) along a line: Newton's method on φ', kept inside a bracket. A trial is too far where φ is
 * above φ(0), rises, or is not finite.
 *
 * @module
 */

import { isFlat } from "./stopping.js";

/** 2⁻²⁶: the slope counts as 0 at this share of that at 0. */
const EXACT = 1.4901161193847656e-8;

/** Trials of Newton's, after which the bracket is halved; and those after which it is small enough. */
const NEWTON_TRIALS = 20;
const MAX_TRIALS = 100;

/** A search under way: stored in the optimiser's state. */
export interface ExactStep {
  value0: number;
  slope0: number;
  /** The step to try, or tried last. */
  step: number;
  trials: number;
  /** The longest step known to be too short, and the shortest known to be too far. */
  low: number;
  high: number;
}

export function newExactStep(): ExactStep {
  return { value0: NaN, slope0: NaN, step: 1, trials: 0, low: 0, high: Infinity };
}

/** Starts from φ(0) = value, φ'(0) = slope < 0, with `step` as the first trial. */
export function startExactStep(search: ExactStep, value: number, slope: number, step: number): void {
  Object.assign(search, newExactStep(), { value0: value, slope0: slope, step });
}

/**
 * Takes φ, φ' and φ'' at `search.step`. "accept": `search.step` is the minimum but for 2⁻²⁶ of the slope, or as near as
 * trials come. "again": it is the next trial. "fail": no step lowers φ, or φ falls without end.
 */
export function advanceExactStep(
  search: ExactStep,
  value: number,
  slope: number,
  curvature: number,
): "accept" | "again" | "fail" {
  const { value0, slope0, step } = search;
  const usable = Number.isFinite(value) && Number.isFinite(slope);
  const lower = usable && (value <= value0 || isFlat(value, value0));
  if (lower && Math.abs(slope) <= -EXACT * slope0) return "accept";
  if (lower && slope < 0) search.low = step;
  else search.high = step;
  const { low, high } = search;
  search.trials++;
  const newton = usable && search.trials <= NEWTON_TRIALS ? step - slope / curvature : NaN;
  if (newton > low && newton < high) search.step = newton;
  else search.step = high < Infinity ? low + (high - low) / 2 : 4 * step;
  const stuck = search.step === low || search.step === high || search.trials >= MAX_TRIALS;
  if (!stuck && search.step < Infinity) return "again";
  search.step = low;
  return low > 0 && high < Infinity ? "accept" : "fail";
}
