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
import type { Optimizer, Problem, Request } from "./optimizer.js";
import { stopAtZeroGradient, stopWithinTolerance } from "./stopping.js";

const descent: Descent<BacktrackingState> = {
  order: 1,
  maxFlatTrials: 40,
  measure: (_, gradient) => norm2(gradient),
  plan,
};

/** Options of gradient descent. */
export interface GradientDescentOptions {
  /** "armijo" (the default): backtracking from twice the last step; a number > 0: that step, always. */
  readonly step?: "armijo" | number;
}

/**
 * Gradient descent: θ ← θ − t·∇F(θ).
 *
 * With "armijo" the first trial moves by max(1, |θ|); a step taken without backtracking is doubled for the next one.
 * Its decrement² is an estimate: W·|g|²·t. It needs about condition · log(1/accuracy) iterations: prefer `lbfgs` or
 * `newton`.
 *
 * @param options - `step`: "armijo" (default), or a number > 0, the same for every step.
 * @returns The optimiser; it needs value and gradient.
 * @throws TypeError for a step that is neither; RangeError unless it is finite and > 0.
 * @see Armijo, "Minimization of functions having Lipschitz continuous first partial derivatives", Pacific Journal of
 *   Mathematics 16 (1966)
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * const optimizer = optimizers.gradientDescent({ step: 0.25 });
 * minimize(bowl, { optimizer, start: [1], maxIterations: 3 }).parameters; // → [0.125]
 */
export function gradientDescent(
  options: GradientDescentOptions = {},
): Optimizer<BacktrackingState> | Optimizer<FixedStepState> {
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
  if (typeof step !== "number") fail("type", "step", '"armijo" or a number > 0', step);
  checkNumber("step", step, { exclusiveMin: 0 });
  return Object.freeze<Optimizer<FixedStepState>>({
    ...common,
    init: newFixedStepState,
    advance: (state, problem, evaluated) => advanceFixedStep(step, 0, state, problem, evaluated),
  });
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
