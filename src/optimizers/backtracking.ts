/**
 * Descent with Armijo backtracking: any direction composed with that step length. The full step is tried with everything
 * the direction needs, since it is usually taken; shorter ones with the value alone, then once more in full.
 *
 * @module
 */

import { addScaled, dot, isFinite as isFiniteVector, normInfinity } from "../linalg/vector.js";
import { judgeArmijo, newArmijo, shorten, type Armijo } from "./armijo.js";
import type { Evaluated, MachineState, Order, Problem, Request } from "./optimizer.js";
import { isUsable, refuseBottomless, refuseStart, secantDecrement, stop, stopAtFloor } from "./stopping.js";

/** Where the machine stands: which evaluation it waits for. */
export const START = 0;
export const FULL = 1;
export const BACKTRACK = 2;
const CONFIRM = 3;

/** Where values are flat, the gradient must shrink by this factor, 1 − 2⁻¹⁰: less could go on forever. */
const LESS = 0.9990234375;

export interface BacktrackingState extends MachineState {
  phase: number;
  direction: Float64Array;
  trial: Float64Array;
  search: Armijo;
}

/** A direction and what goes with it. */
export interface Descent<State extends BacktrackingState> {
  readonly order: Order;
  /** Trials with a flat value and no better gradient after which rounding has won. */
  readonly maxFlatTrials: number;
  /** Size of a gradient at the current iterate; compared where values are flat. */
  measure(state: State, gradient: Float64Array): number;
  /** After a new iterate: sets direction, decrement and `search`, then calls {@link tryStep}; or stops. */
  plan(state: State, problem: Problem, evaluated: Evaluated): Request;
}

export function newBacktrackingState(start: Float64Array): BacktrackingState {
  const size = start.length;
  return {
    parameters: Float64Array.from(start),
    value: NaN,
    gradient: new Float64Array(size).fill(NaN),
    iteration: 0,
    decrement: NaN,
    phase: START,
    direction: new Float64Array(size),
    trial: new Float64Array(size),
    search: newArmijo(),
  };
}

export function advanceBacktracking<State extends BacktrackingState>(
  descent: Descent<State>,
  state: State,
  problem: Problem,
  evaluated: Evaluated | null,
): Request {
  if (evaluated === null) {
    state.phase = START;
    return { kind: "evaluate", parameters: state.parameters, order: descent.order };
  }
  if (state.phase === START) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    if (!isComplete(evaluated, descent.order)) return stop("diverged", "The Hessian at the start is not finite.");
    state.value = evaluated.value;
    state.gradient.set(evaluated.gradient);
    return descent.plan(state, problem, evaluated);
  }
  const bottomless = refuseBottomless(evaluated.value);
  if (bottomless !== null) return bottomless;
  const { search } = state;
  if (state.phase === FULL && Number.isNaN(state.decrement)) {
    state.decrement = secantDecrement(problem, search.slope, dot(evaluated.gradient, state.direction), search.step);
  }
  const verdict = judgeArmijo(search, evaluated.value);
  if (state.phase === BACKTRACK) {
    if (verdict === "reject") return tryShorter(descent, state, problem);
    state.phase = CONFIRM;
    return { kind: "evaluate", parameters: state.trial, order: descent.order };
  }
  if (verdict === "reject" || !isComplete(evaluated, descent.order)) return tryShorter(descent, state, problem);
  const bound = LESS * descent.measure(state, state.gradient);
  if (verdict === "flat" && !(descent.measure(state, evaluated.gradient) <= bound)) {
    search.flatTrials++;
    return tryShorter(descent, state, problem);
  }
  moveToTrial(state, evaluated);
  return descent.plan(state, problem, evaluated);
}

/** Makes the trial point the iterate. */
export function moveToTrial(state: BacktrackingState, evaluated: Evaluated): void {
  state.parameters.set(state.trial);
  state.value = evaluated.value;
  state.gradient.set(evaluated.gradient);
  state.iteration++;
}

/** Asks for the first trial of `state.search` along `state.direction`. */
export function tryStep<State extends BacktrackingState>(
  descent: Descent<State>,
  state: State,
  problem: Problem,
): Request {
  if (!isFiniteVector(state.direction)) {
    return stop("diverged", "The direction of descent overflowed: the objective is too steep or too flat.");
  }
  state.phase = FULL;
  if (placeTrial(state)) return { kind: "evaluate", parameters: state.trial, order: descent.order };
  return tryShorter(descent, state, problem);
}

function tryShorter<State extends BacktrackingState>(descent: Descent<State>, state: State, problem: Problem): Request {
  if (state.search.flatTrials <= descent.maxFlatTrials) {
    while (shorten(state.search)) {
      if (!placeTrial(state)) continue;
      state.phase = BACKTRACK;
      return { kind: "evaluate", parameters: state.trial, order: 0 };
    }
  }
  return stopAtFloor(state, problem, "No step along the direction of descent lowers the objective or its gradient");
}

/** trial ← θ + step·direction; false if that overflows. */
function placeTrial(state: BacktrackingState): boolean {
  state.trial.set(state.parameters);
  addScaled(state.search.step, state.direction, state.trial);
  return isFiniteVector(state.trial);
}

function isComplete(evaluated: Evaluated, order: Order): boolean {
  return isUsable(evaluated) && (order < 2 || normInfinity(evaluated.hessian!) < Infinity);
}
