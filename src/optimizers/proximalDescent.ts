/**
 * What descents share that go to the minimum of a quadratic model with absolute values in it.
 *
 * @module
 */

import { advanceBacktracking, type Descent } from "./backtracking.js";
import type { L1Model } from "./l1Model.js";
import type { Evaluated, Problem, Request } from "./optimizer.js";
import { type SpreadState, isPolishing, polish } from "./polish.js";

export interface ProximalState extends SpreadState {
  /** Gradient of the smooth part at the point evaluated last. */
  smooth: Float64Array;
  /** The minimum of the model, where a full step leads: coordinates at their center are exactly there. */
  target: Float64Array;
}

/** Moves the descent on by the shortest subgradient of what was evaluated, if anything was. */
export function advanceProximal<State extends ProximalState>(
  descent: Descent<State>,
  state: State,
  problem: Problem,
  evaluated: Evaluated | null,
  decrement: string,
): Request {
  const own = evaluated === null ? null : splitGradient(state, problem, evaluated);
  const polished = own !== null && isPolishing(state);
  return toTarget(
    state,
    polished ? polish(state, problem, own, decrement) : advanceBacktracking(descent, state, problem, own),
  );
}

/** A full step leads to the target itself, not to a sum that rounds to something next to it. */
export function toTarget(state: ProximalState, request: Request): Request {
  if (request.kind === "evaluate" && request.parameters === state.trial && state.search.step === 1) {
    state.trial.set(state.target);
  }
  return request;
}

/** Keeps the gradient of the smooth part, and puts the shortest subgradient of the whole in its place. */
function splitGradient(state: ProximalState, problem: Problem, evaluated: Evaluated): Evaluated {
  const { prox } = problem;
  const at = state.phase === 0 ? state.parameters : state.trial;
  state.smooth.set(evaluated.gradient);
  if (prox === null) return evaluated;
  const gradient = evaluated.gradient.map((slope, j) => {
    const rate = prox.rate[j]!;
    const side = Math.sign(at[j]! - prox.center[j]!);
    state.smooth[j] = slope - rate * side;
    // NaN stays NaN, to be seen.
    return side !== 0 || !(Math.abs(slope) <= rate) ? slope - (side === 0 ? rate * Math.sign(slope) : 0) : 0;
  });
  return { value: evaluated.value, gradient, hessian: evaluated.hessian };
}

/** What the step changes to first order: gᵀd for the smooth part, in full for the absolute values. */
export function changeOf(
  { rate, center, point }: Pick<L1Model, "rate" | "center" | "point">,
  { smooth, gradient, direction, parameters }: ProximalState,
): number {
  let sum = 0;
  for (let j = 0; j < point.length; j++) {
    const before = parameters[j]! - center[j]!;
    const after = point[j]! - center[j]!;
    // On one side of its center a coordinate sees a gradient; the sum of large numbers that cancel is avoided.
    if (rate[j] === 0 || (before !== 0 && before > 0 === after > 0 && after !== 0)) sum += gradient[j]! * direction[j]!;
    else sum += smooth[j]! * direction[j]! + rate[j]! * (Math.abs(after) - Math.abs(before));
  }
  return sum;
}
