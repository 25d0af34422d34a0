/**
 * Steepest descent with a step length that a search along the line finds: exact, or one that meets the strong Wolfe
 * conditions. Where the objective offers "line" the trials are asked for along it, and only the step taken is evaluated in
 * full.
 *
 * @module
 */

import { addScaled, dot, isFinite as isFiniteVector, norm2, normInfinity } from "../linalg/vector.js";
import { type ExactStep, advanceExactStep, newExactStep, startExactStep } from "./exactStep.js";
import type { Evaluated, MachineState, Problem, Request } from "./optimizer.js";
import {
  isFlat,
  isUsable,
  refuseBottomless,
  refuseStart,
  stop,
  stopAtFloor,
  stopAtZeroGradient,
  stopWithinTolerance,
} from "./stopping.js";
import { type StrongWolfe, advanceStrongWolfe, hasDecrease, newStrongWolfe, startStrongWolfe } from "./strongWolfe.js";

/** Which evaluation the machine waits for. */
const START = 0;
const SEARCH = 1;
const TAKE = 2;

/** Flat iterations in a row without a smaller gradient after which rounding has won. */
const PATIENCE = 100;

export interface SearchedState<Search = ExactStep | StrongWolfe> extends MachineState {
  phase: number;
  direction: Float64Array;
  trial: Float64Array;
  search: Search;
  /** The step taken last; 0 before there is one. */
  taken: number;
  /** Smallest gradient since the value last changed by more than rounding, and iterations since. */
  smallestGradient: number;
  stalled: number;
}

/** How a step length is found. */
export interface StepSearch<Search extends { step: number }> {
  make(): Search;
  start(search: Search, value: number, slope: number, step: number): void;
  advance(search: Search, value: number, slope: number, curvature: number): "accept" | "again" | "fail";
  /** The step to take where the search failed; 0 if there is none. */
  fallback(search: Search): number;
}

export const exactSearch: StepSearch<ExactStep> = {
  make: newExactStep,
  start: startExactStep,
  advance: advanceExactStep,
  fallback: () => 0,
};

export const wolfeSearch: StepSearch<StrongWolfe> = {
  make: newStrongWolfe,
  start: startStrongWolfe,
  advance: advanceStrongWolfe,
  fallback: (search) => (hasDecrease(search) ? search.lowStep : 0),
};

export function newSearchedState<Search extends { step: number }>(
  { make }: StepSearch<Search>,
  start: Float64Array,
): SearchedState<Search> {
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
    search: make(),
    taken: 0,
    smallestGradient: Infinity,
    stalled: 0,
  };
}

export function advanceSearchedDescent<Search extends { step: number }>(
  by: StepSearch<Search>,
  state: SearchedState<Search>,
  problem: Problem,
  evaluated: Evaluated | null,
): Request {
  if (evaluated === null) return { kind: "evaluate", parameters: state.parameters, order: 1 };
  if (state.phase === START) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    state.value = evaluated.value;
    state.gradient.set(evaluated.gradient);
    return plan(by, state, problem);
  }
  const bottomless = refuseBottomless(evaluated.value);
  if (bottomless !== null) return bottomless;
  if (state.phase === TAKE) return take(by, state, problem, evaluated);
  const { slope = dot(evaluated.gradient, state.direction), curvature = NaN } = evaluated;
  const verdict = by.advance(state.search, evaluated.value, slope, curvature);
  if (verdict === "again") return trial(by, state, problem);
  const byLine = problem.capabilities.includes("line");
  if (verdict === "accept" && !byLine) return take(by, state, problem, evaluated);
  const step = verdict === "accept" ? state.search.step : by.fallback(state.search);
  return step > 0 ? evaluateAt(state, step) : giveUp(state, problem);
}

/** After a new iterate: the next direction and the first trial along it, or the end. */
function plan<Search extends { step: number }>(
  by: StepSearch<Search>,
  state: SearchedState<Search>,
  problem: Problem,
): Request {
  const { gradient, direction, taken } = state;
  const square = dot(gradient, gradient);
  if (normInfinity(gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  if (taken > 0) state.decrement = problem.totalWeight * square * taken;
  if (state.decrement <= problem.tolerance) {
    return stopWithinTolerance(state, problem, "estimate W·|g|²·step of the decrement²");
  }
  if (state.stalled >= PATIENCE) {
    return stopAtFloor(state, problem, `The last ${PATIENCE} steps lowered neither the objective nor its gradient`);
  }
  if (!(square > 0 && square < Infinity)) {
    return stop("diverged", "The slope along the direction of descent overflowed or vanished.");
  }
  for (let j = 0; j < gradient.length; j++) direction[j] = -gradient[j]!;
  const step = taken > 0 ? taken : Math.max(1, norm2(state.parameters)) / norm2(gradient);
  by.start(state.search, state.value, -square, Math.min(step, 1e300));
  return trial(by, state, problem);
}

/** Asks for the trial of the search; points that overflow count as too far without being evaluated. */
function trial<Search extends { step: number }>(
  by: StepSearch<Search>,
  state: SearchedState<Search>,
  problem: Problem,
): Request {
  const { parameters, direction, search } = state;
  state.phase = SEARCH;
  while (!place(state, search.step)) {
    if (by.advance(search, Infinity, NaN, NaN) !== "again") {
      const step = by.fallback(search);
      return step > 0 ? evaluateAt(state, step) : giveUp(state, problem);
    }
  }
  if (problem.capabilities.includes("line")) return { kind: "line", parameters, direction, step: search.step };
  return { kind: "evaluate", parameters: state.trial, order: 1 };
}

/** trial ← θ + step·direction; false if that overflows. */
function place(state: SearchedState<unknown>, step: number): boolean {
  state.trial.set(state.parameters);
  addScaled(step, state.direction, state.trial);
  return isFiniteVector(state.trial);
}

function evaluateAt(state: SearchedState<{ step: number }>, step: number): Request {
  state.phase = TAKE;
  state.search.step = step;
  place(state, step);
  return { kind: "evaluate", parameters: state.trial, order: 1 };
}

/** Makes the trial point the iterate, unless rounding along the line deceived the search. */
function take<Search extends { step: number }>(
  by: StepSearch<Search>,
  state: SearchedState<Search>,
  problem: Problem,
  evaluated: Evaluated,
): Request {
  const { value, gradient } = state;
  const flat = isFlat(evaluated.value, value);
  if (!isUsable(evaluated) || !(flat || evaluated.value < value)) return giveUp(state, problem);
  state.parameters.set(state.trial);
  gradient.set(evaluated.gradient);
  state.value = evaluated.value;
  state.taken = state.search.step;
  state.iteration++;
  const size = normInfinity(gradient);
  if (!flat || size < state.smallestGradient) {
    state.smallestGradient = size;
    state.stalled = 0;
  } else {
    state.stalled++;
  }
  return plan(by, state, problem);
}

function giveUp(state: MachineState, problem: Problem): Request {
  return stopAtFloor(state, problem, "No step along the direction of descent lowers the objective or its slope");
}
