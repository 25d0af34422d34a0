import { checkOptions } from "../check.js";
import { type Ldlt, factorLdlt } from "../linalg/ldlt.js";
import { dot, normInfinity, scale } from "../linalg/vector.js";
import { startArmijo } from "./armijo.js";
import { START, advanceBacktracking, newBacktrackingState, type Descent } from "./backtracking.js";
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

/**
 * Parameters from which a Hessian is used for several steps: that of 100000 x 100 takes as long as eight gradients, and a fit
 * with two Hessians and twelve gradients half as long as with seven Hessians; that of 100000 x 20 as long as one gradient.
 */
const COSTLY_SIZE = 48;

/** It is used again as long as a step with it leaves at most this share of the decrement². */
const REUSE = 0.0625;

/** Then the last step, which leaves the same share again, must leave this much less than the tolerance: 2⁻³⁰. */
const LESS = 9.313225746154785e-10;

/** State of Newton's method, and of Gauss and Newton's. */
export interface NewtonState extends SpreadState {
  /** The last Hessian, where there are enough parameters that it is used again; else empty. */
  hessian: Float64Array;
  /** True while it is used again. */
  reuses: boolean;
}

/** Factors of the Hessians that states hold: made again for a state that was stored. */
const factors = /*#__PURE__*/ new WeakMap<Float64Array, Ldlt>();

/**
 * Newton's method: d = −H⁻¹g by LDLᵀ, Armijo backtracking from the full step.
 *
 * Stops when the Newton decrement² W·gᵀH⁻¹g is within the tolerance; the step already computed is then taken as well if
 * it lowers the gradient, which costs one value and gradient and leaves the parameters accurate to rounding. (The
 * decrement² reported is then scaled from the last Hessian.) A coordinate that the Hessian does not determine gets step
 * 0; a Hessian that is not positive semi-definite, or whose range does not hold the gradient, gets a multiple of its
 * row sums added to the diagonal. Work and memory per step grow as size³ and size². From 48 parameters on a Hessian serves
 * as long as a step with it leaves at most a sixteenth of the decrement²; the run then goes on beyond the tolerance until
 * its last step is as good as Newton's.
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
  return newtonBy("hessian", { name: "newton", decrement: "Newton decrement²" });
}

/** Newton's method by the matrix that an objective has for order 2. */
export function newtonBy(
  matrix: "hessian" | "gaussNewton",
  { name, decrement }: { readonly name: string; readonly decrement: string },
): Optimizer<NewtonState> {
  const planned: Descent<NewtonState>["plan"] = (state, problem, evaluated) =>
    plan(descents, state, problem, evaluated);
  const of = (order: 1 | 2): Descent<NewtonState> => ({
    ...{ order, maxFlatTrials: 1, measure: measureBySpread, plan: planned },
  });
  const descents: Descents = { eager: of(2), reusing: of(1), decrement };
  return Object.freeze<Optimizer<NewtonState>>({
    name,
    options: Object.freeze({}),
    needs: Object.freeze([matrix]),
    init: (start) => ({
      ...newBacktrackingState(start),
      spread: new Float64Array(start.length),
      damping: 0,
      hessian: new Float64Array(start.length < COSTLY_SIZE ? 0 : (start.length * (start.length + 1)) / 2),
      reuses: false,
    }),
    check: checkPhase,
    advance(state, problem, evaluated) {
      if (evaluated !== null && isPolishing(state)) return polish(state, problem, evaluated, decrement);
      return advanceBacktracking(state.reuses ? descents.reusing : descents.eager, state, problem, evaluated);
    },
  });
}

/** Steps by a matrix taken anew, steps by an earlier one, and what the decrement² is called. */
interface Descents {
  readonly eager: Descent<NewtonState>;
  readonly reusing: Descent<NewtonState>;
  readonly decrement: string;
}

function plan(descents: Descents, state: NewtonState, problem: Problem, evaluated: Evaluated): Request {
  if (normInfinity(state.gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  if (evaluated.hessian === null) return planAgain(descents, state, problem);
  if (state.damping > 0 && state.iteration > 0 && state.search.halvings === 0) state.damping /= DAMPING_FACTOR;
  const plain = setDirection(state, problem, evaluated.hessian);
  state.reuses = plain !== null && plain.rank === state.direction.length && state.hessian.length > 0;
  if (state.reuses) {
    state.hessian.set(evaluated.hessian);
    factors.set(state.hessian, plain!);
  }
  return takeStep(descents, state, problem, problem);
}

/** The step by the Hessian of an earlier point; or a request for that of this one, where that has come to little. */
function planAgain(descents: Descents, state: NewtonState, problem: Problem): Request {
  const { hessian, gradient, direction } = state;
  let factored = factors.get(hessian);
  if (factored === undefined) factors.set(hessian, (factored = factorLdlt(hessian, gradient.length)));
  const before = state.decrement;
  factored.solve(gradient, direction);
  scale(-1, direction);
  const decrement = -dot(gradient, direction) * problem.totalWeight;
  if (!(decrement <= REUSE * before)) {
    state.reuses = false;
    state.phase = START;
    return { kind: "evaluate", parameters: state.parameters, order: 2 };
  }
  const tolerance = Math.min(1, LESS * (before / decrement)) * problem.tolerance;
  return takeStep(descents, state, problem, { ...problem, tolerance });
}

function takeStep(descents: Descents, state: NewtonState, problem: Problem, bound: Problem): Request {
  const slope = dot(state.gradient, state.direction);
  state.decrement = -slope * problem.totalWeight;
  startArmijo(state.search, state.value, slope, 1);
  return stepOrPolish(state.reuses ? descents.reusing : descents.eager, state, bound, descents.decrement);
}

/** direction ← −H⁻¹g, H damped as far as it must be; its factors if it need not be. */
function setDirection(state: NewtonState, problem: Problem, hessian: Float64Array): Ldlt | null {
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
      return plain;
    }
  }
  const { factored, damping } = dampUntilDefinite(hessian, size, state.damping === 0 ? FIRST_DAMPING : state.damping);
  state.damping = damping;
  factored.solve(gradient, direction);
  scale(-1, direction);
  return null;
}
