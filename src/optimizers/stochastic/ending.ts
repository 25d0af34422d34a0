/**
 * How runs of stochastic optimisers end, and what they keep until then.
 *
 * @module
 */

import type { Evaluated, Problem, Request } from "../optimizer.js";
import { isFlat, stop, stopAtFloor, stopAtZeroGradient, stopWithinTolerance } from "../stopping.js";
import { leastSlope } from "./kinks.js";
import type { Common } from "./options.js";
import type { Slots } from "./rule.js";
import { largestRate } from "./schedule.js";
import { type Parts, START, type StochasticState, candidateOf } from "./state.js";

/** Steps on the whole objective without a better iterate, the value flat, after which rounding has won. */
const PATIENCE = 100;

/** Notes the best so far; `known` says whether its gradient was taken. */
export function keep(state: StochasticState, parameters: Float64Array, evaluated: Evaluated, known: boolean): void {
  state.parameters.set(parameters);
  state.value = evaluated.value;
  if (known) state.gradient.set(evaluated.gradient);
  else state.gradient.fill(NaN);
}

/** The end of a run at a minimum, as far as one can tell, or null. */
export function settle<S extends Slots>(
  { common, rule, whole }: Parts<S>,
  state: StochasticState,
  problem: Problem,
  evaluated: Evaluated,
): Request | null {
  const at = state.phase === START ? state.current : candidateOf(state);
  const slots = state.slots as S;
  let decrement = 0;
  let zero = true;
  for (let j = 0; j < at.length; j++) {
    const slope = leastSlope(evaluated.gradient[j]!, at[j]!, j, problem);
    if (slope !== 0) zero = false;
    decrement += slope * slope * rule.scale(slots, j);
  }
  if (zero) {
    keep(state, at, evaluated, true);
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  if (!whole) return null; // A start on its way to batches.
  state.decrement = problem.totalWeight * decrement * largestRate(common.schedule);
  if (state.decrement <= problem.tolerance) {
    keep(state, at, evaluated, true);
    return stopWithinTolerance(state, problem, "estimate W·Σ rate·slope² of the decrement²");
  }
  if (state.stalled >= PATIENCE && isFlat(evaluated.value, state.value)) {
    return stopAtFloor(state, problem, `The last ${PATIENCE} steps lowered neither the objective nor its gradient`);
  }
  return null;
}

/** The end of a run that has had its epochs, or does not get better, or null. */
export function tired({ epochs, patience, validation }: Common, state: StochasticState): Request | null {
  if (patience !== null && state.stalled >= patience) {
    const what = validation === null ? "the objective" : "the loss of the rows held out";
    const kept = `the parameters of epoch ${state.iteration - state.stalled} are kept`;
    return stop("iteration-limit", `Stopped early: ${what} was not lower in the last ${patience} epochs; ${kept}.`);
  }
  if (epochs === null || state.iteration < epochs) return null;
  return stop("iteration-limit", `The ${epochs} epochs asked for are done.`);
}
