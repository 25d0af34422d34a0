import { checkOptions } from "../check.js";
import { normInfinity } from "../linalg/vector.js";
import { startArmijo } from "./armijo.js";
import { newBacktrackingState, type Descent } from "./backtracking.js";
import { dampUnlessSemidefinite } from "./damping.js";
import { minimizeModel, newModel } from "./l1Model.js";
import type { Evaluated, Optimizer, Problem, Request } from "./optimizer.js";
import { checkPhase, measureBySpread, spreadOf, stepOrPolish } from "./polish.js";
import { type ProximalState, advanceProximal, changeOf } from "./proximalDescent.js";
import { stopAtZeroGradient } from "./stopping.js";

const DECREMENT = "proximal Newton decrement²";

const descent: Descent<ProximalState> = {
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
export function proximalNewton(options: Record<string, never> = {}): Optimizer<ProximalState> {
  checkOptions("proximalNewton", options, []);
  return Object.freeze<Optimizer<ProximalState>>({
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
    advance: (state, problem, evaluated) => advanceProximal(descent, state, problem, evaluated, DECREMENT),
  });
}

function plan(state: ProximalState, problem: Problem, evaluated: Evaluated): Request {
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
