/**
 * What quasi-Newton methods share: a strong Wolfe line search along −H·g with an approximation H of the inverse Hessian, and
 * a certificate before the run ends, where the objective offers what that takes.
 *
 * @module
 */

import { addScaled, dot, isFinite as isFiniteVector, norm2, normInfinity, scale } from "../linalg/vector.js";
import { advanceCertificate, certifiedDecrement, invertDiagonal } from "./certificate.js";
import type { Evaluated, Problem, Request } from "./optimizer.js";
import { askCertificate, endAt, mustCertify } from "./quasiNewtonEnd.js";
import {
  type Approximation,
  CERTIFY,
  COMMON,
  FALLBACK,
  SCALE,
  SEARCH,
  START,
  type QuasiNewtonState,
} from "./quasiNewtonState.js";
import {
  isFlat,
  isUsable,
  refuseBottomless,
  refuseStart,
  secantDecrement,
  stop,
  stopAtFloor,
  stopAtZeroGradient,
} from "./stopping.js";
import { advanceStrongWolfe, hasDecrease, startStrongWolfe } from "./strongWolfe.js";

export function advanceQuasiNewton<State extends QuasiNewtonState>(
  approximation: Approximation<State>,
  state: State,
  problem: Problem,
  evaluated: Evaluated | null,
): Request {
  if (evaluated === null && approximation.common === undefined && problem.capabilities.includes("diagonal")) {
    state.phase = SCALE;
    return { kind: "multiply", parameters: state.trial, direction: null };
  }
  if (evaluated === null || state.phase === SCALE) {
    if (evaluated !== null) invertDiagonal(evaluated.product!, state.inverse);
    state.phase = START;
    return { kind: "evaluate", parameters: state.parameters, order: 1 };
  }
  if (state.phase === CERTIFY) return certify(approximation, state, problem, evaluated);
  if (state.phase === COMMON) {
    approximation.common!.take(state, evaluated);
    return plan(approximation, state, problem);
  }
  if (state.phase === START) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    state.value = evaluated.value;
    state.gradient.set(evaluated.gradient);
    return plan(approximation, state, problem);
  }
  const bottomless = refuseBottomless(evaluated.value);
  if (bottomless !== null) return bottomless;
  if (state.phase === FALLBACK) return accept(approximation, state, problem, evaluated);
  return search(approximation, state, problem, evaluated);
}

/** Moves the line search on; trial points that overflow count as too far without being evaluated. */
function search<State extends QuasiNewtonState>(
  approximation: Approximation<State>,
  state: State,
  problem: Problem,
  evaluated: Evaluated,
): Request {
  const usable = isUsable(evaluated);
  const value = usable ? evaluated.value : Infinity;
  const slope = usable ? dot(evaluated.gradient, state.direction) : NaN;
  if (Number.isNaN(state.decrement)) {
    state.decrement = secantDecrement(problem, state.search.slope0, slope, state.search.step);
  }
  let verdict = advanceStrongWolfe(state.search, value, slope);
  if (verdict === "accept") return accept(approximation, state, problem, evaluated);
  while (verdict === "again") {
    if (placeTrial(state, state.search.step)) return { kind: "evaluate", parameters: state.trial, order: 1 };
    verdict = advanceStrongWolfe(state.search, Infinity, NaN);
  }
  if (hasDecrease(state.search)) {
    state.phase = FALLBACK;
    placeTrial(state, state.search.lowStep);
    return { kind: "evaluate", parameters: state.trial, order: 1 };
  }
  if (approximation.knows(state)) {
    approximation.forget(state);
    return plan(approximation, state, problem);
  }
  if (mustCertify(state, problem)) return askCertificate(approximation, state, problem);
  return stopAtFloor(state, problem, "No step along the direction of descent lowers the objective or its slope");
}

/** Takes a product of the certificate; once it is valid, the end or a Newton step. */
function certify<State extends QuasiNewtonState>(
  approximation: Approximation<State>,
  state: State,
  problem: Problem,
  evaluated: Evaluated,
): Request {
  const { certificate, direction, parameters, gradient } = state;
  const { common } = approximation;
  if (common !== undefined && certificate.cg.steps < 0) common.take(state, evaluated);
  const solve = common && ((vector: Float64Array): void => common.solve(state, vector));
  const request = advanceCertificate(certificate, problem, parameters, gradient, evaluated, solve);
  if (request !== null) return request;
  state.certified = true;
  state.decrement = certifiedDecrement(certificate, problem);
  if (certificate.indefinite && turnDownhill(state)) return descend(state, 1);
  const end = endAt(approximation, state, problem);
  if (end !== null) return end;
  direction.set(certificate.cg.solution);
  if (!(dot(gradient, direction) < 0)) turnDownhill(state);
  return descend(state, 1);
}

/** Takes the direction along which the curvature was found negative, downhill; false where that cannot be told. */
function turnDownhill({ certificate, direction, gradient }: QuasiNewtonState): boolean {
  direction.set(certificate.cg.direction);
  if (dot(gradient, direction) > 0) scale(-1, direction);
  return dot(gradient, direction) < 0 && isFiniteVector(direction);
}

/** Makes the trial point the iterate. */
function accept<State extends QuasiNewtonState>(
  approximation: Approximation<State>,
  state: State,
  problem: Problem,
  evaluated: Evaluated,
): Request {
  const { parameters, gradient, trial, direction } = state;
  const flat = isFlat(evaluated.value, state.value);
  for (let j = 0; j < trial.length; j++) {
    direction[j] = trial[j]! - parameters[j]!;
    gradient[j] = evaluated.gradient[j]! - gradient[j]!;
  }
  approximation.learn(state, direction, gradient);
  state.certified = false;
  parameters.set(trial);
  gradient.set(evaluated.gradient);
  state.value = evaluated.value;
  state.iteration++;
  const size = normInfinity(gradient.map((slope, j) => slope * Math.sqrt(state.inverse[j]!)));
  if (!flat || size < state.smallestGradient) {
    state.smallestGradient = size;
    state.stalled = 0;
  } else {
    state.stalled++;
  }
  return plan(approximation, state, problem);
}

/** After a new iterate: the next direction and its first trial, or the end. */
function plan<State extends QuasiNewtonState>(
  approximation: Approximation<State>,
  state: State,
  problem: Problem,
): Request {
  const { gradient, direction } = state;
  if (normInfinity(gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  if (approximation.common?.due(state) === true) {
    state.phase = COMMON;
    return { kind: "common", parameters: state.parameters };
  }
  approximation.apply(state, gradient, direction);
  let slope = dot(gradient, direction);
  if (!(slope < 0) && approximation.knows(state)) {
    approximation.forget(state);
    approximation.apply(state, gradient, direction);
    slope = dot(gradient, direction);
  }
  const scaled = approximation.common !== undefined || problem.capabilities.includes("diagonal");
  if (!state.certified && (approximation.knows(state) || scaled || slope === 0))
    state.decrement = -slope * problem.totalWeight;
  const end = endAt(approximation, state, problem);
  if (end !== null) return end;
  return descend(state, approximation.knows(state) || scaled ? 1 : Math.min(1 / norm2(gradient), 1e300));
}

/** Begins the search along the direction. */
function descend(state: QuasiNewtonState, step: number): Request {
  const slope = dot(state.gradient, state.direction);
  if (!(slope < 0) || !isFiniteVector(state.direction)) {
    return stop("diverged", "The slope along the direction of descent overflowed or vanished.");
  }
  startStrongWolfe(state.search, state.value, slope, step);
  state.phase = SEARCH;
  while (!placeTrial(state, state.search.step)) {
    if (advanceStrongWolfe(state.search, Infinity, NaN) !== "again") {
      return stop("diverged", "Every step along the direction of descent overflows.");
    }
  }
  return { kind: "evaluate", parameters: state.trial, order: 1 };
}

/** trial ← θ + step·direction; false if that overflows. */
function placeTrial(state: QuasiNewtonState, step: number): boolean {
  state.trial.set(state.parameters);
  addScaled(step, state.direction, state.trial);
  return isFiniteVector(state.trial);
}
