/**
 * Armijo backtracking: halve the step until F(θ + t·d) ≤ F(θ) + 2⁻¹¹·t·∇Fᵀd.
 *
 * When the two values differ by rounding alone they decide nothing; the caller then compares a measure of the gradient.
 *
 * @module
 */

import { isFlat } from "./stopping.js";

/** Sufficient decrease: 2⁻¹¹. */
const SIGMA = 0.00048828125;

/** Halvings after which the direction is given up: from the longest step to the shortest there is. */
const MAX_HALVINGS = 2100;

/** A search under way: stored in the optimiser's state. */
export interface Armijo {
  /** F and ∇Fᵀd at the current iterate. */
  value: number;
  slope: number;
  /** The step to try, or tried last. */
  step: number;
  halvings: number;
  /** Trials whose value was flat and whose gradient was no better. */
  flatTrials: number;
}

export function newArmijo(): Armijo {
  return { value: NaN, slope: NaN, step: 1, halvings: 0, flatTrials: 0 };
}

export function startArmijo(search: Armijo, value: number, slope: number, step: number): void {
  search.value = value;
  search.slope = slope;
  search.step = step;
  search.halvings = 0;
  search.flatTrials = 0;
}

/** What a trial value says: a sufficient decrease, a change within rounding, or neither (also for NaN and infinities). */
export function judgeArmijo(search: Armijo, trialValue: number): "lower" | "flat" | "reject" {
  if (isFlat(trialValue, search.value)) return "flat";
  return trialValue <= search.value + SIGMA * search.step * search.slope ? "lower" : "reject";
}

/** Halves the step; false once that has been done too often. */
export function shorten(search: Armijo): boolean {
  search.step /= 2;
  search.halvings++;
  return search.halvings <= MAX_HALVINGS;
}
