/**
 * Gradient descent with a fixed step length, v ← momentum·v − step·∇F(θ), θ ← θ + v, whatever the value does. The best
 * iterate is kept.
 *
 * @module
 */

import { addScaled, dot, normInfinity } from "../linalg/vector.js";
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

/** Iterations without a better iterate, the value flat, after which rounding has won. */
const PATIENCE = 100;

const PLAIN = "estimate W·|g|²·step of the decrement²";
const HEAVY = "estimate W·|g|²·step/(1 − momentum) of the decrement²";

export interface FixedStepState extends MachineState {
  started: boolean;
  current: Float64Array;
  velocity: Float64Array;
  /** Iterations since the last better iterate. */
  stalled: number;
}

export function newFixedStepState(start: Float64Array): FixedStepState {
  return {
    parameters: Float64Array.from(start),
    value: NaN,
    gradient: new Float64Array(start.length).fill(NaN),
    iteration: 0,
    decrement: NaN,
    started: false,
    current: Float64Array.from(start),
    velocity: new Float64Array(start.length),
    stalled: 0,
  };
}

export function advanceFixedStep(
  step: number,
  momentum: number,
  state: FixedStepState,
  problem: Problem,
  evaluated: Evaluated | null,
): Request {
  if (evaluated === null) return { kind: "evaluate", parameters: state.current, order: 1 };
  if (!state.started) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    state.started = true;
    keep(state, evaluated);
  } else {
    const bottomless = refuseBottomless(evaluated.value);
    if (bottomless !== null) return bottomless;
    if (!isUsable(evaluated)) return diverged(step);
    state.iteration++;
    if (isBetter(state, evaluated)) keep(state, evaluated);
    else state.stalled++;
  }
  const { gradient } = evaluated;
  state.decrement = problem.totalWeight * dot(gradient, gradient) * (step / (1 - momentum));
  if (normInfinity(gradient) === 0) {
    keep(state, evaluated);
    return stopAtZeroGradient(state, problem);
  }
  if (state.decrement <= problem.tolerance) {
    keep(state, evaluated);
    return stopWithinTolerance(state, problem, momentum === 0 ? PLAIN : HEAVY);
  }
  if (state.stalled >= PATIENCE && isFlat(evaluated.value, state.value)) {
    return stopAtFloor(state, problem, `The last ${PATIENCE} steps lowered neither the objective nor its gradient`);
  }
  const { velocity } = state;
  for (let j = 0; j < velocity.length; j++) velocity[j] = momentum * velocity[j]! - step * gradient[j]!;
  addScaled(1, velocity, state.current);
  if (!(normInfinity(state.current) < Infinity)) return diverged(step);
  return { kind: "evaluate", parameters: state.current, order: 1 };
}

function diverged(step: number): Request {
  return stop("diverged", `With the fixed step ${step} the iterates left the region where the objective is finite.`);
}

function isBetter(state: FixedStepState, evaluated: Evaluated): boolean {
  if (!isFlat(evaluated.value, state.value)) return evaluated.value < state.value;
  return normInfinity(evaluated.gradient) < normInfinity(state.gradient);
}

function keep(state: FixedStepState, evaluated: Evaluated): void {
  state.parameters.set(state.current);
  state.value = evaluated.value;
  state.gradient.set(evaluated.gradient);
  state.stalled = 0;
}
