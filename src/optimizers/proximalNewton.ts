import { checkOptions } from "../check.js";
import { normInfinity } from "../linalg/vector.js";
import { startArmijo } from "./armijo.js";
import { advanceBacktracking, newBacktrackingState, type Descent } from "./backtracking.js";
import { dampUnlessSemidefinite } from "./damping.js";
import { type L1Model, minimizeModel, newModel } from "./l1Model.js";
import type { Evaluated, Optimizer, Problem, Request } from "./optimizer.js";
import {
  type SpreadState,
  checkPhase,
  isPolishing,
  measureBySpread,
  polish,
  spreadOf,
  stepOrPolish,
} from "./polish.js";
import { stopAtZeroGradient } from "./stopping.js";

const DECREMENT = "proximal Newton decrement²";

export interface ProximalNewtonState extends SpreadState {
  /** Gradient of the smooth part at the point evaluated last. */
  smooth: Float64Array;
  /** The minimum of the model, where a full step leads: coordinates at their center are exactly there. */
  target: Float64Array;
}

const descent: Descent<ProximalNewtonState> = {
  order: 2,
  maxFlatTrials: 1,
  measure: measureBySpread,
  plan,
};

/**
 * Proximal Newton: a quadratic model of the smooth part with the absolute values kept as they are, minimised by
 * coordinate descent and, once it is settled which coordinates stay at their center, by LDLᵀ; Armijo backtracking from
 * the full step. For objectives with an L1 part, whose zeros are exact.
 *
 * Stops when the decrement² of the model, W·(−gᵀd − Σ rate·(|θ + d − center| − |θ − center|)), which is Newton's without
 * an L1 part, is within the tolerance; the step already computed is then taken as well if it lowers the gradient. The
 * gradient of a result is the shortest subgradient: 0 at the optimum. Work and memory per step grow as size³ and size².
 *
 * @param options - None.
 * @returns The optimiser; it needs an objective with a Hessian.
 * @throws TypeError for an option.
 * @see Lee, Sun & Saunders, "Proximal Newton-type methods for minimizing composite functions", SIAM Journal on
 *   Optimization 24 (2014)
 * @example
 * const data = dataset([[1, 0], [2, 1], [3, 0], [4, 1]], [0, 1, 0, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli(), prior: priors.laplace({ scale: 1 }) });
 * const result = minimize(target, { optimizer: optimizers.proximalNewton() });
 * result.status; // → "converged"
 * result.parameters[1]; // → 0
 */
export function proximalNewton(options: Record<string, never> = {}): Optimizer<ProximalNewtonState> {
  checkOptions("proximalNewton", options, []);
  return Object.freeze<Optimizer<ProximalNewtonState>>({
    name: "proximalNewton",
    options: Object.freeze({}),
    needs: Object.freeze(["hessian"] as const),
    uses: Object.freeze(["prox"] as const),
    init: (start) => ({
      ...newBacktrackingState(start),
      spread: new Float64Array(start.length),
      smooth: new Float64Array(start.length),
      target: new Float64Array(start.length),
      damping: 0,
    }),
    check: checkPhase,
    advance(state, problem, evaluated) {
      const own = evaluated === null ? null : splitGradient(state, problem, evaluated);
      const polished = own !== null && isPolishing(state);
      const request = polished
        ? polish(state, problem, own, DECREMENT)
        : advanceBacktracking(descent, state, problem, own);
      // A full step leads to the target itself, not to a sum that rounds to something next to it.
      if (request.kind === "evaluate" && request.parameters === state.trial && state.search.step === 1) {
        state.trial.set(state.target);
      }
      return request;
    },
  });
}

/** Keeps the gradient of the smooth part, and puts the shortest subgradient of the whole in its place. */
export function splitGradient(state: ProximalNewtonState, problem: Problem, evaluated: Evaluated): Evaluated {
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

function plan(state: ProximalNewtonState, problem: Problem, evaluated: Evaluated): Request {
  if (normInfinity(state.gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  spreadOf(state.spread, evaluated.hessian!);
  const { size } = problem;
  const prox = problem.prox ?? { rate: new Float64Array(size), center: new Float64Array(size) };
  const { hessian, damping } = dampUnlessSemidefinite(evaluated.hessian!, state.damping, state.smooth, prox.rate);
  state.damping = damping;
  const model = newModel(hessian, state.smooth, state.parameters, prox);
  minimizeModel(model);
  state.target.set(model.point);
  state.direction.set(model.point.map((value, j) => value - state.parameters[j]!));
  const change = changeOf(model, state);
  state.decrement = -change * problem.totalWeight;
  startArmijo(state.search, state.value, change, 1);
  return stepOrPolish(descent, state, problem, DECREMENT);
}

/** What the step changes to first order: gᵀd for the smooth part, in full for the absolute values. */
export function changeOf(
  { rate, center, point }: Pick<L1Model, "rate" | "center" | "point">,
  { smooth, gradient, direction, parameters }: ProximalNewtonState,
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
