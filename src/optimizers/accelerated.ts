/**
 * Accelerated proximal gradient steps with backtracking and restart: what `nesterov` and `fista` share.
 *
 * From y a step leads to x⁺ = prox(y − s·M⁻¹·∇f(y)), s halved until f(x⁺) ≤ f(y) + ∇f(y)ᵀ(x⁺ − y) + |x⁺ − y|²/2s; lengths are
 * in M, the diagonal of the Hessian at 0 where the objective offers it. Then y ← x⁺ + (t − 1)/t⁺·(x⁺ − x), or the momentum
 * is dropped where it points uphill (B. O'Donoghue and E. Candès, "Adaptive restart for accelerated gradient schemes",
 * 2015).
 *
 * @module
 */

import { fail } from "../check.js";
import { dot, isFinite as isFiniteVector, normInfinity } from "../linalg/vector.js";
import {
  advanceCertificate,
  canCertify,
  certifiedDecrement,
  invertDiagonal,
  newCertificate,
  startCertificate,
  type Certificate,
} from "./certificate.js";
import type { Evaluated, MachineState, Problem, Request } from "./optimizer.js";
import { shortestSubgradient, stepTo, valueOfKinks } from "./proximalStep.js";
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

/** Which evaluation the machine waits for. */
const SCALE = 0;
const START = 1;
const TRIAL = 2;
const AHEAD = 3;
const CERTIFY = 4;

/** Halvings of one step after which it is given up. */
const MAX_HALVINGS = 60;

/** Iterations with a flat value and no smaller gradient after which rounding has won. */
const PATIENCE = 60;

/** Where a certificate finds an estimate too small, the next one must be smaller by this. */
const TIGHTEN = 0.015625;

export interface AcceleratedState extends MachineState {
  phase: number;
  /** Where the gradient was taken, the value there without kinks, and the gradient without kinks. */
  ahead: Float64Array;
  smoothValue: number;
  smooth: Float64Array;
  trial: Float64Array;
  /** 1/L, and the step's number of halvings. */
  step: number;
  halvings: number;
  /** t of the momentum, 1 after a restart. */
  momentum: number;
  inverse: Float64Array;
  certificate: Certificate;
  certified: boolean;
  /** Share of the tolerance that the estimate must reach before a certificate is asked for. */
  share: number;
  smallestGradient: number;
  stalled: number;
}

export function newAcceleratedState(start: Float64Array): AcceleratedState {
  const size = start.length;
  return {
    parameters: Float64Array.from(start),
    value: NaN,
    gradient: new Float64Array(size).fill(NaN),
    iteration: 0,
    decrement: NaN,
    phase: SCALE,
    ahead: Float64Array.from(start),
    smoothValue: NaN,
    smooth: new Float64Array(size),
    trial: new Float64Array(size),
    step: 1,
    halvings: 0,
    momentum: 1,
    inverse: new Float64Array(size).fill(1),
    certificate: newCertificate(size),
    certified: false,
    share: 1,
    smallestGradient: Infinity,
    stalled: 0,
  };
}

/** Refuses a stored state in no phase of these methods. */
export function checkAccelerated({ phase }: AcceleratedState): void {
  if (![SCALE, START, TRIAL, AHEAD, CERTIFY].includes(phase)) fail("range", "json.state.phase", "0..4", phase);
}

export function advanceAccelerated(state: AcceleratedState, problem: Problem, evaluated: Evaluated | null): Request {
  if (evaluated === null && problem.capabilities.includes("diagonal")) {
    state.phase = SCALE;
    return { kind: "multiply", parameters: state.trial, direction: null };
  }
  if (evaluated === null || state.phase === SCALE) {
    if (evaluated !== null) invertDiagonal(evaluated.product!, state.inverse);
    state.phase = START;
    return { kind: "evaluate", parameters: state.parameters, order: 1 };
  }
  if (state.phase === CERTIFY) return certify(state, problem, evaluated);
  if (state.phase === START) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    keep(state, problem, evaluated, state.parameters);
    return stepFrom(state, problem, evaluated, state.parameters);
  }
  const bottomless = refuseBottomless(evaluated.value);
  if (bottomless !== null) return bottomless;
  if (state.phase === TRIAL) return judge(state, problem, evaluated);
  if (isUsable(evaluated)) return stepFrom(state, problem, evaluated, state.ahead);
  return restart(state);
}

/** Takes value and gradient at `from` apart from the kinks and tries a step from there. */
function stepFrom(state: AcceleratedState, problem: Problem, evaluated: Evaluated, from: Float64Array): Request {
  if (from !== state.ahead) state.ahead.set(from);
  state.smoothValue = evaluated.value - valueOfKinks(problem, from);
  for (let j = 0; j < from.length; j++) {
    const side = problem.prox === null ? 0 : problem.prox.rate[j]! * Math.sign(from[j]! - problem.prox.center[j]!);
    state.smooth[j] = evaluated.gradient[j]! - side;
  }
  if (normInfinity(state.gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  state.halvings = 0;
  return tryStep(state, problem);
}

function tryStep(state: AcceleratedState, problem: Problem): Request {
  for (; state.halvings <= MAX_HALVINGS; halve(state)) {
    stepTo(problem, state.ahead, state.smooth, state.inverse, state.step, state.trial);
    if (!isFiniteVector(state.trial)) continue;
    state.phase = TRIAL;
    return { kind: "evaluate", parameters: state.trial, order: 1 };
  }
  return stopAtFloor(state, problem, "No step along the gradient lowers the objective as its slope foretells");
}

function halve(state: AcceleratedState): void {
  state.step /= 2;
  state.halvings++;
}

/** Takes the step or halves it. */
function judge(state: AcceleratedState, problem: Problem, evaluated: Evaluated): Request {
  const { ahead, trial, smooth, inverse, parameters } = state;
  const move = trial.map((value, j) => value - ahead[j]!);
  const length = move.reduce((sum, value, j) => sum + (value * value) / inverse[j]!, 0);
  const smoothValue = evaluated.value - valueOfKinks(problem, trial);
  const model = state.smoothValue + dot(smooth, move) + length / (2 * state.step);
  const fits = isUsable(evaluated) && (smoothValue <= model || isFlat(smoothValue, model));
  if (!fits) {
    halve(state);
    return tryStep(state, problem);
  }
  const uphill = move.reduce((sum, value, j) => sum + (value * (trial[j]! - parameters[j]!)) / inverse[j]!, 0) < 0;
  const last = Float64Array.from(parameters);
  state.iteration++;
  state.decrement = (problem.totalWeight * length) / state.step;
  keep(state, problem, evaluated, trial);
  if (state.decrement <= state.share * problem.tolerance) return end(state, problem);
  if (state.stalled >= PATIENCE) {
    return stopAtFloor(state, problem, `The last ${PATIENCE} steps lowered neither the objective nor its gradient`);
  }
  if (uphill) {
    state.momentum = 1;
    if (state.halvings === 0) state.step *= 2;
    return stepFrom(state, problem, evaluated, trial);
  }
  const next = (1 + Math.sqrt(1 + 4 * state.momentum * state.momentum)) / 2;
  const share = (state.momentum - 1) / next;
  state.momentum = next;
  if (share === 0) return stepFrom(state, problem, evaluated, trial);
  for (let j = 0; j < ahead.length; j++) ahead[j] = trial[j]! + share * (trial[j]! - last[j]!);
  if (!isFiniteVector(ahead)) return restart(state);
  state.phase = AHEAD;
  return { kind: "evaluate", parameters: ahead, order: 1 };
}

/** Drops the momentum, and begins again at the iterate. */
function restart(state: AcceleratedState): Request {
  state.momentum = 1;
  state.ahead.set(state.parameters);
  state.phase = AHEAD;
  return { kind: "evaluate", parameters: state.ahead, order: 1 };
}

/** Makes a point the iterate. */
function keep(state: AcceleratedState, problem: Problem, evaluated: Evaluated, point: Float64Array): void {
  const flat = isFlat(evaluated.value, state.value);
  state.parameters.set(point);
  state.value = evaluated.value;
  state.gradient.set(shortestSubgradient(problem, evaluated.gradient, point));
  state.certified = false;
  const size = normInfinity(state.gradient.map((slope, j) => slope * Math.sqrt(state.inverse[j]!)));
  state.stalled = flat && !(size < state.smallestGradient) ? state.stalled + 1 : 0;
  if (state.stalled === 0) state.smallestGradient = size;
}

/** The estimate is small enough: the end, or a certificate. */
function end(state: AcceleratedState, problem: Problem): Request {
  if (problem.prox !== null || !canCertify(problem)) {
    return stopWithinTolerance(state, problem, "estimate W·|step|²/s of the decrement²");
  }
  state.phase = CERTIFY;
  return startCertificate(state.certificate, problem, state.parameters, state.gradient);
}

/** Takes a product of the certificate; once the decrement is known, the end, or on with a smaller share. */
function certify(state: AcceleratedState, problem: Problem, evaluated: Evaluated): Request {
  const { certificate } = state;
  const request = advanceCertificate(certificate, problem, state.parameters, state.gradient, evaluated);
  if (request !== null) return request;
  state.certified = true;
  state.decrement = certifiedDecrement(certificate, problem);
  if (certificate.indefinite) {
    return stop("stationary", "The gradient is within the tolerance, where the Hessian has negative curvature.");
  }
  if (state.decrement <= problem.tolerance) {
    return stopWithinTolerance(state, problem, "Newton decrement², bounded by conjugate gradients,");
  }
  state.share *= TIGHTEN;
  return restart(state);
}
