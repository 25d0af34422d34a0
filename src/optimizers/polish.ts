import { fail } from "../check.js";
import { BACKTRACK, START, type BacktrackingState, type Descent, moveToTrial, tryStep } from "./backtracking.js";
import type { Asked, Evaluated, Problem, Request } from "./optimizer.js";
import { checkKind } from "./storedState.js";
import { isFlat, isUsable, stopWithinTolerance } from "./stopping.js";

/** Waiting for the last step, taken when the decrement is within the tolerance already. */
const POLISH = 4;

/** 4·ε: steps this small, relatively, are not worth an evaluation. */
const ROUNDING = 8.881784197001252e-16;

/** What Newton's methods keep beside the state of backtracking. */
export interface SpreadState extends BacktrackingState {
  /** 1/√|diagonal of the Hessian|: makes gradients comparable across units. */
  spread: Float64Array;
  /** Multiple of the row sums added to the Hessian's diagonal; 0 while it is positive semidefinite. */
  damping: number;
}

/** Σ |gⱼ|·spreadⱼ. */
export function measureBySpread({ spread }: SpreadState, gradient: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < gradient.length; j++) sum += Math.abs(gradient[j]!) * spread[j]!;
  return sum;
}

/** 1/√|diagonal of the Hessian|, 1 where that is 0. */
export function spreadOf(spread: Float64Array, hessian: Float64Array): void {
  for (let j = 0; j < spread.length; j++) {
    const diagonal = Math.abs(hessian[(j * (j + 3)) / 2]!);
    spread[j] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 1;
  }
}

/** Refuses a stored state in no phase of these methods, or one that waits for another evaluation than its phase does. */
export function checkPhase(state: SpreadState & { readonly reuses?: boolean }, _: Problem, asked: Asked | null): void {
  const { phase, reuses = false } = state;
  if (![0, 1, 2, 3, POLISH].includes(phase)) fail("range", "json.state.phase", "0..4", phase);
  checkKind("evaluate", asked);
  if (asked?.kind !== "evaluate") return;
  const order = phase === BACKTRACK ? 0 : phase === POLISH || (phase !== START && reuses) ? 1 : 2;
  if (asked.order !== order) fail("range", "json.order", `${order}, by the phase of the state`, asked.order);
}

/** True if the evaluation asked for was that of the last step. */
export function isPolishing({ phase }: SpreadState): boolean {
  return phase === POLISH;
}

/** The step that is planned; once the decrement is within the tolerance, a last one, or none where none is worth it. */
export function stepOrPolish<State extends SpreadState>(
  descent: Descent<State>,
  state: State,
  problem: Problem,
  decrement: string,
): Request {
  if (state.decrement > problem.tolerance) return tryStep(descent, state, problem);
  if (state.damping > 0) return stopWithinTolerance(state, problem, `damped ${decrement}`);
  if (isRoundingStep(state)) return stopWithinTolerance(state, problem, decrement);
  const request = tryStep(descent, state, problem);
  state.phase = POLISH;
  return request.kind === "evaluate" ? { ...request, order: 1 } : request;
}

/** True if no coordinate of the step is more than a few roundings of its parameter. */
function isRoundingStep({ direction, parameters }: SpreadState): boolean {
  return direction.every((value, j) => Math.abs(value) <= ROUNDING * Math.abs(parameters[j]!));
}

/** After the last step, which is kept if it lowers the gradient. */
export function polish(state: SpreadState, problem: Problem, evaluated: Evaluated, decrement: string): Request {
  const before = measureBySpread(state, state.gradient);
  const after = measureBySpread(state, evaluated.gradient);
  const lower = evaluated.value <= state.value || isFlat(evaluated.value, state.value);
  if (isUsable(evaluated) && lower && after < before) {
    moveToTrial(state, evaluated);
    state.decrement *= (after / before) * (after / before);
  }
  return stopWithinTolerance(state, problem, decrement);
}
