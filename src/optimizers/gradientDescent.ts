import { checkNumber, checkOptions, fail } from "../check.js";
import { dot, norm2, normInfinity } from "../linalg/vector.js";
import { startArmijo } from "./armijo.js";
import {
  advanceBacktracking,
  newBacktrackingState,
  tryStep,
  type BacktrackingState,
  type Descent,
} from "./backtracking.js";
import { advanceFixedStep, newFixedStepState, type FixedStepState } from "./fixedStep.js";
import type { Capability, Optimizer, Problem, Request } from "./optimizer.js";
import {
  type SearchedState,
  advanceSearchedDescent,
  exactSearch,
  newSearchedState,
  wolfeSearch,
  type StepSearch,
} from "./searchedDescent.js";
import { stopAtZeroGradient, stopWithinTolerance } from "./stopping.js";

const descent: Descent<BacktrackingState> = {
  order: 1,
  maxFlatTrials: 40,
  measure: (_, gradient) => norm2(gradient),
  plan,
};

/** Options of gradient descent. */
export interface GradientDescentOptions {
  /**
   * "armijo" (the default): backtracking from twice the last step; "wolfe": one that meets the strong Wolfe conditions;
   * "exact": the minimum along the line; a number > 0: that step, always.
   */
  readonly step?: "armijo" | "wolfe" | "exact" | number;
}

/**
 * Gradient descent: θ ← θ − t·∇F(θ).
 *
 * The first trial moves by max(1, |θ|), later ones as far as the last step; with "armijo" a step taken without backtracking
 * is doubled for the next one. "exact" needs an objective with values along a line, as all of linear models have: each trial
 * then costs one loss a row, no pass over X; "wolfe" uses them where they are there. Its decrement² is an estimate:
 * W·|g|²·t. It needs about condition · log(1/accuracy) iterations: prefer `lbfgs` or `newton`.
 *
 * @param options - `step`: "armijo" (default), "wolfe", "exact", or a number > 0, the same for every step.
 * @returns The optimiser; it needs value and gradient, with "exact" also the capability "line".
 * @throws TypeError for a step that is neither; RangeError unless it is finite and > 0.
 * @see Armijo, "Minimization of functions having Lipschitz continuous first partial derivatives", Pacific Journal of
 *   Mathematics 16 (1966)
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §3.1
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * const optimizer = optimizers.gradientDescent({ step: 0.25 });
 * minimize(bowl, { optimizer, start: [1], maxIterations: 3 }).parameters; // → [0.125]
 */
export function gradientDescent(
  options: GradientDescentOptions = {},
): Optimizer<BacktrackingState> | Optimizer<FixedStepState> | Optimizer<SearchedState> {
  checkOptions("gradientDescent", options, ["step"]);
  const { step = "armijo" } = options;
  const common = { name: "gradientDescent", options: Object.freeze({ step }), needs: Object.freeze([]) };
  if (step === "armijo") {
    return Object.freeze<Optimizer<BacktrackingState>>({
      ...common,
      init: newBacktrackingState,
      check(state) {
        if (![0, 1, 2, 3].includes(state.phase)) fail("range", "json.state.phase", "0..3", state.phase);
      },
      advance: (state, problem, evaluated) => advanceBacktracking(descent, state, problem, evaluated),
    });
  }
  if (step === "exact") return searched(common, exactSearch, ["line"], []);
  if (step === "wolfe") return searched(common, wolfeSearch, [], ["line"]);
  if (typeof step !== "number") fail("type", "step", '"armijo", "wolfe", "exact" or a number > 0', step);
  checkNumber("step", step, { exclusiveMin: 0 });
  return Object.freeze<Optimizer<FixedStepState>>({
    ...common,
    init: newFixedStepState,
    advance: (state, problem, evaluated) => advanceFixedStep(step, 0, state, problem, evaluated),
  });
}

function searched<Search extends { step: number }>(
  common: Pick<Optimizer, "name" | "options">,
  by: StepSearch<Search>,
  needs: Capability[],
  uses: Capability[],
): Optimizer<SearchedState> {
  return Object.freeze<Optimizer<SearchedState<Search>>>({
    ...common,
    needs: Object.freeze(needs),
    uses: Object.freeze(uses),
    init: (start) => newSearchedState(by, start),
    check(state) {
      if (![0, 1, 2].includes(state.phase)) fail("range", "json.state.phase", "0..2", state.phase);
    },
    advance: (state, problem, evaluated) => advanceSearchedDescent(by, state, problem, evaluated),
  }) as unknown as Optimizer<SearchedState>;
}

function plan(state: BacktrackingState, problem: Problem): Request {
  const { gradient, direction, search } = state;
  if (normInfinity(gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  const slope = -dot(gradient, gradient);
  let step = search.halvings === 0 ? 2 * search.step : search.step;
  if (state.iteration > 0 || slope === 0) state.decrement = -slope * problem.totalWeight * search.step;
  if (state.iteration === 0) step = Math.max(1, norm2(state.parameters)) / norm2(gradient);
  if (state.decrement <= problem.tolerance) {
    return stopWithinTolerance(state, problem, "estimate W·|g|²·step of the decrement²");
  }
  for (let j = 0; j < gradient.length; j++) direction[j] = -gradient[j]!;
  startArmijo(search, state.value, slope, Math.min(step, 1e300));
  return tryStep(descent, state, problem);
}
