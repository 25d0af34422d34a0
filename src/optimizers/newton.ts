import { checkOptions, fail } from "../check.js";
import { factorLdlt } from "../linalg/ldlt.js";
import { dot, normInfinity, scale } from "../linalg/vector.js";
import { startArmijo } from "./armijo.js";
import {
  advanceBacktracking,
  moveToTrial,
  newBacktrackingState,
  tryStep,
  type BacktrackingState,
  type Descent,
} from "./backtracking.js";
import { DAMPING_FACTOR, FIRST_DAMPING, MOST_DAMPING, damped, rowSums } from "./damping.js";
import type { Evaluated, Optimizer, Problem, Request } from "./optimizer.js";
import { isFlat, isUsable, stopAtZeroGradient, stopWithinTolerance } from "./stopping.js";

/** Waiting for the last step, taken when the decrement is within the tolerance already. */
const POLISH = 4;

/** Share of the decrement that may lie outside the range of a singular Hessian: 2⁻²⁰. */
const OUT_OF_RANGE = 9.5367431640625e-7;

/** 4·ε: steps this small, relatively, are not worth an evaluation. */
const ROUNDING = 8.881784197001252e-16;

const DECREMENT = "Newton decrement²";

export interface NewtonState extends BacktrackingState {
  /** 1/√|diagonal of the Hessian|: makes gradients comparable across units. */
  spread: Float64Array;
  /** Multiple of the row sums added to the Hessian's diagonal; 0 while it is positive semi-definite. */
  damping: number;
}

const descent: Descent<NewtonState> = {
  order: 2,
  maxFlatTrials: 1,
  measure: (state, gradient) => measureBy(state.spread, gradient),
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
    check(state) {
      if (![0, 1, 2, 3, POLISH].includes(state.phase)) fail("range", "json.state.phase", "0..4", state.phase);
    },
    advance(state, problem, evaluated) {
      if (evaluated !== null && state.phase === POLISH) return polish(state, problem, evaluated);
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
  if (state.decrement <= problem.tolerance) {
    if (state.damping > 0) return stopWithinTolerance(state, problem, `damped ${DECREMENT}`);
    if (isRoundingStep(state.direction, state.parameters)) return stopWithinTolerance(state, problem, DECREMENT);
    const request = tryStep(descent, state, problem);
    state.phase = POLISH;
    return request.kind === "stop" ? request : { ...request, order: 1 };
  }
  return tryStep(descent, state, problem);
}

function polish(state: NewtonState, problem: Problem, evaluated: Evaluated): Request {
  const before = measureBy(state.spread, state.gradient);
  const after = measureBy(state.spread, evaluated.gradient);
  const lower = evaluated.value <= state.value || isFlat(evaluated.value, state.value);
  if (isUsable(evaluated) && lower && after < before) {
    moveToTrial(state, evaluated);
    state.decrement *= (after / before) * (after / before);
  }
  return stopWithinTolerance(state, problem, DECREMENT);
}

/** True if no coordinate of the step is more than a few roundings of its parameter. */
export function isRoundingStep(step: Float64Array, parameters: Float64Array): boolean {
  return step.every((value, j) => Math.abs(value) <= ROUNDING * Math.abs(parameters[j]!));
}

/** Σ |gⱼ|·spreadⱼ. */
export function measureBy(spread: Float64Array, gradient: Float64Array): number {
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
  const sums = rowSums(hessian, size);
  if (state.damping === 0) state.damping = FIRST_DAMPING;
  for (; ; state.damping *= DAMPING_FACTOR) {
    const factored = factorLdlt(damped(hessian, sums, state.damping), size);
    // Beyond a damping of 1 the matrix is diagonally dominant, so the loop ends.
    if ((factored.definite && factored.rank === size) || !(state.damping < MOST_DAMPING)) {
      factored.solve(gradient, direction);
      scale(-1, direction);
      return;
    }
  }
}
