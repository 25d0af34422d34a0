import { checkOptions } from "../check.js";
import { factorLdlt } from "../linalg/ldlt.js";
import { dot, normInfinity, scale } from "../linalg/vector.js";
import { startArmijo } from "./armijo.js";
import { advanceBacktracking, newBacktrackingState, type Descent } from "./backtracking.js";
import { DAMPING_FACTOR, FIRST_DAMPING, dampUntilDefinite } from "./damping.js";
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

/** Share of the decrement that may lie outside the range of a singular Hessian: 2⁻²⁰. */
const OUT_OF_RANGE = 9.5367431640625e-7;

const DECREMENT = "Newton decrement²";

export type NewtonState = SpreadState;

const descent: Descent<NewtonState> = {
  order: 2,
  maxFlatTrials: 1,
  measure: measureBySpread,
  plan,
};

/**
 * Newton's method: d = −H⁻¹g by LDLᵀ, Armijo backtracking from the full step.
 *
 * Stops when the Newton decrement² W·gᵀH⁻¹g is within the tolerance; the step already computed is then taken as well if
 * it lowers the gradient, which costs one value and gradient and leaves the parameters accurate to rounding. (The
 * decrement² reported is then scaled from the last Hessian.) A coordinate that the Hessian does not determine gets step
 * 0; a Hessian that is not positive semi-definite, or whose range does not hold the gradient, gets a multiple of its
 * row sums added to the diagonal. Work and memory per step grow as size³ and size².
 *
 * @param options - None.
 * @returns The optimiser; it needs an objective with a Hessian.
 * @throws TypeError for an option.
 * @see Boyd & Vandenberghe, *Convex Optimization*, 2004, §9.5
 * @example
 * const target = objective({ data: dataset([[1], [2], [3], [4]], [0, 1, 0, 1]), likelihood: likelihoods.bernoulli() });
 * const result = minimize(target, { optimizer: optimizers.newton() });
 * result.status; // → "converged"
 * result.gradientNorm < 1e-15; // → true
 */
export function newton(options: Record<string, never> = {}): Optimizer<NewtonState> {
  checkOptions("newton", options, []);
  return Object.freeze<Optimizer<NewtonState>>({
    name: "newton",
    options: Object.freeze({}),
    needs: Object.freeze(["hessian"] as const),
    init: (start) => ({ ...newBacktrackingState(start), spread: new Float64Array(start.length), damping: 0 }),
    check: checkPhase,
    advance(state, problem, evaluated) {
      if (evaluated !== null && isPolishing(state)) return polish(state, problem, evaluated, DECREMENT);
      return advanceBacktracking(descent, state, problem, evaluated);
    },
  });
}

function plan(state: NewtonState, problem: Problem, evaluated: Evaluated): Request {
  if (normInfinity(state.gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  if (state.damping > 0 && state.iteration > 0 && state.search.halvings === 0) state.damping /= DAMPING_FACTOR;
  setDirection(state, problem, evaluated.hessian!);
  const slope = dot(state.gradient, state.direction);
  state.decrement = -slope * problem.totalWeight;
  startArmijo(state.search, state.value, slope, 1);
  return stepOrPolish(descent, state, problem, DECREMENT);
}

/** direction ← −H⁻¹g, H damped as far as it must be. */
function setDirection(state: NewtonState, problem: Problem, hessian: Float64Array): void {
  const { gradient, direction, spread } = state;
  const size = gradient.length;
  spreadOf(spread, hessian);
  const plain = factorLdlt(hessian, size);
  if (plain.definite) {
    const outOfRange = plain.solve(gradient, direction);
    const reachable = outOfRange <= OUT_OF_RANGE * dot(gradient, direction);
    if (reachable || problem.totalWeight * outOfRange <= problem.tolerance * plain.pivotTolerance) {
      state.damping = 0;
      scale(-1, direction);
      return;
    }
  }
  const { factored, damping } = dampUntilDefinite(hessian, size, state.damping === 0 ? FIRST_DAMPING : state.damping);
  state.damping = damping;
  factored.solve(gradient, direction);
  scale(-1, direction);
}
