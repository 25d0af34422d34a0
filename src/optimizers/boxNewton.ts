import { checkOptions } from "../check.js";
import { dot, normInfinity } from "../linalg/vector.js";
import type { Box } from "./bounds.js";
import { startArmijo } from "./armijo.js";
import { advanceBacktracking, newBacktrackingState, type Descent } from "./backtracking.js";
import { clampToBox, isHeld, minimizeInBox } from "./boxModel.js";
import { dampUnlessSemidefinite } from "./damping.js";
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

const DECREMENT = "Newton decrement² within the bounds";

export interface BoxNewtonState extends SpreadState {
  /** The gradient at the point evaluated last, bounds left out of account. */
  raw: Float64Array;
  /** The minimum of the model in the box, where a full step leads: what a bound holds is exactly there. */
  target: Float64Array;
}

const descent: Descent<BoxNewtonState> = { order: 2, maxFlatTrials: 1, measure: measureBySpread, plan };

/**
 * Newton's method within bounds: the quadratic model is minimised over the box by active sets, with Armijo backtracking
 * on the way to that minimum. For objectives with `bounds`; the start is moved into them.
 *
 * Stops when W·(−gᵀd), which is Newton's decrement² where no bound is met, is within the tolerance; a last step is then
 * taken as well if it lowers the gradient. The gradient of a result leaves out what bounds hold, so that it certifies
 * the optimum: it is 0 where the conditions of Karush, Kuhn and Tucker hold. Parameters on a bound are exactly there.
 * Work per step grows as size³ for every set of bounds that is tried.
 *
 * @param options - None.
 * @returns The optimiser; it needs an objective with a Hessian.
 * @throws TypeError for an option.
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §16.7
 * @example
 * const target = {
 *   size: 2,
 *   bounds: { lower: [0, 0], upper: [1, 1] },
 *   value: ([a, b]: Float64Array) => (a - 2) * (a - 2) + (b - 0.5) * (b - 0.5),
 *   gradient: ([a, b]: Float64Array) => [2 * (a - 2), 2 * (b - 0.5)],
 *   hessian: () => [2, 0, 2],
 * };
 * minimize(target, { optimizer: optimizers.boxNewton() }).parameters; // → [1, 0.5]
 */
export function boxNewton(options: Record<string, never> = {}): Optimizer<BoxNewtonState> {
  checkOptions("boxNewton", options, []);
  return Object.freeze<Optimizer<BoxNewtonState>>({
    name: "boxNewton",
    options: Object.freeze({}),
    needs: Object.freeze(["hessian"] as const),
    uses: Object.freeze(["bounds"] as const),
    init(start, problem) {
      const point = problem.bounds === null ? start : clampToBox(problem.bounds, start.slice());
      return {
        ...newBacktrackingState(point),
        spread: new Float64Array(start.length),
        raw: new Float64Array(start.length),
        target: new Float64Array(start.length),
        damping: 0,
      };
    },
    check: checkPhase,
    advance(state, problem, evaluated) {
      const own = evaluated === null ? null : projectGradient(state, problem, evaluated);
      const request =
        own !== null && isPolishing(state)
          ? polish(state, problem, own, DECREMENT)
          : advanceBacktracking(descent, state, problem, own);
      if (request.kind === "evaluate" && request.parameters === state.trial) {
        // A full step leads to the target itself, shorter ones not beyond a bound by a rounding.
        if (state.search.step === 1) state.trial.set(state.target);
        else if (problem.bounds !== null) clampToBox(problem.bounds, state.trial);
      }
      return request;
    },
  });
}

/** Keeps the gradient, and puts what no bound holds of it in its place. */
function projectGradient(state: BoxNewtonState, { bounds }: Problem, evaluated: Evaluated): Evaluated {
  state.raw.set(evaluated.gradient);
  if (bounds === null) return evaluated;
  const at = state.phase === 0 ? state.parameters : state.trial;
  const gradient = evaluated.gradient.map((slope, j) => (isHeld(bounds, j, at[j]!, slope) ? 0 : slope));
  return { value: evaluated.value, gradient, hessian: evaluated.hessian };
}

function plan(state: BoxNewtonState, problem: Problem, evaluated: Evaluated): Request {
  if (normInfinity(state.gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  spreadOf(state.spread, evaluated.hessian!);
  const { size } = problem;
  const rate = new Float64Array(size);
  const { hessian, damping } = dampUnlessSemidefinite(evaluated.hessian!, state.damping, state.gradient, rate);
  state.damping = damping;
  state.target.set(minimizeInBox(hessian, state.raw, state.parameters, problem.bounds ?? unbounded(size)));
  state.direction.set(state.target.map((value, j) => value - state.parameters[j]!));
  const slope = dot(state.raw, state.direction);
  state.decrement = -slope * problem.totalWeight;
  startArmijo(state.search, state.value, slope, 1);
  return stepOrPolish(descent, state, problem, DECREMENT);
}

function unbounded(size: number): Box {
  return { lower: new Float64Array(size).fill(-Infinity), upper: new Float64Array(size).fill(Infinity) };
}
