/**
 * When to stop, in one voice for all optimisers. The Newton decrement² is on the sum scale: it estimates twice the
 * distance of F from its minimum, in nats, and its root the distance of θ in standard errors.
 *
 * @module
 */

import { EPSILON } from "../constants.js";
import { isFinite as isFiniteVector } from "../linalg/vector.js";
import type { Evaluated, MachineState, Problem, Request, Status } from "./optimizer.js";

/** Values closer than this, relatively, cannot be told apart: 16·ε. */
const FLAT = 16 * EPSILON;

/** A value below this is taken as a descent without end. */
const BOTTOM = -1e300;

/** True if two values differ by no more than rounding. */
export function isFlat(value: number, reference: number): boolean {
  return Math.abs(value - reference) <= FLAT * Math.abs(reference);
}

/** True if value and gradient are usable: the value finite, no entry of the gradient NaN or infinite. */
export function isUsable(evaluated: Evaluated): boolean {
  return Number.isFinite(evaluated.value) && isFiniteVector(evaluated.gradient);
}

export function stop(status: Status, reason: string): Request {
  return { kind: "stop", status, reason };
}

function success(problem: Problem): Status {
  return problem.convex === false ? "stationary" : "converged";
}

/** The end of a run at a start that cannot be used, or null if it can. */
export function refuseStart(evaluated: Evaluated): Request | null {
  if (evaluated.value === -Infinity) return stop("unbounded", "The objective is -Infinity at the starting point.");
  if (!Number.isFinite(evaluated.value)) {
    return stop(
      "diverged",
      `The objective is ${evaluated.value} at the starting point, so there is no direction to go: give a \`start\` in its ` +
        "domain (of a loss on probabilities, say, one whose scores lie between 0 and 1).",
    );
  }
  if (!isUsable(evaluated))
    return stop("diverged", "The gradient at the starting point holds NaN or infinite entries.");
  return null;
}

/** The end of a run whose objective falls without bound, or null. */
export function refuseBottomless(value: number): Request | null {
  if (value >= BOTTOM || value !== value) return null;
  return stop("unbounded", `The objective fell below ${BOTTOM}: it seems to have no lower bound.`);
}

/** The end of a run at a point whose gradient is exactly zero. */
export function stopAtZeroGradient(state: MachineState, problem: Problem): Request {
  if (problem.convex === true || (problem.convex === null && state.iteration > 0)) {
    return stop("converged", "The gradient is exactly zero.");
  }
  return stop("stationary", "The gradient is exactly zero; whether the point is a minimum is not known.");
}

/**
 * A first estimate of the decrement², from the slope along one direction at the iterate and at a trial: slope²/curvature.
 * Too small if the direction is far from Newton's. NaN if the slope does not rise.
 */
export function secantDecrement(problem: Problem, slope: number, trialSlope: number, step: number): number {
  return trialSlope > slope ? problem.totalWeight * slope * ((slope / (trialSlope - slope)) * step) : NaN;
}

/** The end of a run whose decrement is within the tolerance; `how` says what the decrement is. */
export function stopWithinTolerance(state: MachineState, problem: Problem, how: string): Request {
  const decrement = state.decrement.toPrecision(3);
  return stop(success(problem), `The ${how} is ${decrement}, within the tolerance of ${problem.tolerance}.`);
}

/** What the rounding of the objective alone leaves of a decrement² or a gap, on the sum scale; 0 before there is a value. */
export function roundingFloor({ value }: MachineState, { totalWeight }: Problem): number {
  return Number.isFinite(value) ? 64 * EPSILON * Math.abs(totalWeight * value) : 0;
}

/**
 * The end of a run that rounding lets go no further: a success if what is left to gain is within the tolerance or the
 * rounding of the objective itself, else the limit of the precision.
 */
export function stopAtFloor(state: MachineState, problem: Problem, what: string): Request {
  const floor = roundingFloor(state, problem);
  const { decrement } = state;
  if (Number.isNaN(decrement)) {
    return stop("precision-limit", `${what}: the objective and its gradient seem to contradict each other.`);
  }
  if (decrement <= Math.max(problem.tolerance, floor)) {
    return stop(
      success(problem),
      `${what}; the decrement is ${decrement.toPrecision(3)}, within the rounding of the objective.`,
    );
  }
  return stop(
    "precision-limit",
    `${what}, though the decrement is still ${decrement.toPrecision(3)}: the objective or its gradient is not accurate ` +
      "enough to go on.",
  );
}
