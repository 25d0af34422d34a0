import { checkNumber, checkOptions, fail } from "../check.js";
import { addScaled, dot, isFinite as isFiniteVector, norm2, normInfinity } from "../linalg/vector.js";
import { applyInverse, forget, newPairs, remember, type Pairs } from "./curvaturePairs.js";
import type { Evaluated, MachineState, Optimizer, Problem, Request } from "./optimizer.js";
import {
  isFlat,
  isUsable,
  refuseBottomless,
  refuseStart,
  secantDecrement,
  stop,
  stopAtFloor,
  stopAtZeroGradient,
  stopWithinTolerance,
} from "./stopping.js";
import { advanceStrongWolfe, hasDecrease, newStrongWolfe, startStrongWolfe, type StrongWolfe } from "./strongWolfe.js";

/** Which evaluation the machine waits for. */
const START = 0;
const SEARCH = 1;
const FALLBACK = 2;

/** Flat iterations in a row without a smaller gradient after which rounding has won. */
const PATIENCE = 40;

export interface LbfgsState extends MachineState {
  phase: number;
  direction: Float64Array;
  trial: Float64Array;
  search: StrongWolfe;
  pairs: Pairs;
  /** Smallest gradient (infinity norm) since the value last changed by more than rounding, and iterations since. */
  smallestGradient: number;
  stalled: number;
}

/** Options of L-BFGS. */
export interface LbfgsOptions {
  /** Curvature pairs kept, ≥ 1; 10 if not given. */
  readonly memory?: number;
}

/**
 * Limited-memory BFGS with a strong Wolfe line search; value and gradient are asked for together.
 *
 * Its decrement² is an estimate, W·gᵀH_k g with its own approximation H_k of the inverse Hessian: while that is still
 * poor in flat directions it can be too small. Curvature pairs with sᵀy ≤ 2⁻³³·|s|·|y| are skipped.
 *
 * @param options - `memory`: curvature pairs kept, 1 .. 1000 (default 10).
 * @returns The optimiser; it needs value and gradient.
 * @throws TypeError or RangeError for a memory that is no integer 1 .. 1000.
 * @see Liu & Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45
 *   (1989)
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §3.1 and §7.2
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * minimize(bowl, { optimizer: optimizers.lbfgs({ memory: 5 }), start: [1] }).parameters; // → [0]
 */
export function lbfgs(options: LbfgsOptions = {}): Optimizer<LbfgsState> {
  checkOptions("lbfgs", options, ["memory"]);
  const memory = checkNumber("memory", options.memory === undefined ? 10 : options.memory, {
    min: 1,
    max: 1000,
    integer: true,
  });
  return Object.freeze<Optimizer<LbfgsState>>({
    name: "lbfgs",
    options: Object.freeze({ memory }),
    needs: Object.freeze([]),
    init: (start) => ({
      parameters: Float64Array.from(start),
      value: NaN,
      gradient: new Float64Array(start.length).fill(NaN),
      iteration: 0,
      decrement: NaN,
      phase: START,
      direction: new Float64Array(start.length),
      trial: new Float64Array(start.length),
      search: newStrongWolfe(),
      pairs: newPairs(memory, start.length),
      smallestGradient: Infinity,
      stalled: 0,
    }),
    check({ phase, pairs }) {
      if (![START, SEARCH, FALLBACK].includes(phase)) fail("range", "json.state.phase", "0..2", phase);
      checkNumber("json.state.pairs.count", pairs.count, { min: 0, max: memory, integer: true });
      checkNumber("json.state.pairs.next", pairs.next, { min: 0, max: memory - 1, integer: true });
    },
    advance,
  });
}

function advance(state: LbfgsState, problem: Problem, evaluated: Evaluated | null): Request {
  if (evaluated === null) {
    state.phase = START;
    return { kind: "evaluate", parameters: state.parameters, order: 1 };
  }
  if (state.phase === START) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    state.value = evaluated.value;
    state.gradient.set(evaluated.gradient);
    return plan(state, problem);
  }
  const bottomless = refuseBottomless(evaluated.value);
  if (bottomless !== null) return bottomless;
  if (state.phase === FALLBACK) return accept(state, problem, evaluated);
  const usable = isUsable(evaluated);
  return search(
    state,
    problem,
    usable ? evaluated.value : Infinity,
    usable ? dot(evaluated.gradient, state.direction) : NaN,
    evaluated,
  );
}

/** Moves the line search on; trial points that overflow count as too far without being evaluated. */
function search(state: LbfgsState, problem: Problem, value: number, slope: number, evaluated: Evaluated): Request {
  if (Number.isNaN(state.decrement)) {
    state.decrement = secantDecrement(problem, state.search.slope0, slope, state.search.step);
  }
  let verdict = advanceStrongWolfe(state.search, value, slope);
  if (verdict === "accept") return accept(state, problem, evaluated);
  while (verdict === "again") {
    if (placeTrial(state, state.search.step)) return { kind: "evaluate", parameters: state.trial, order: 1 };
    verdict = advanceStrongWolfe(state.search, Infinity, NaN);
  }
  if (hasDecrease(state.search)) {
    state.phase = FALLBACK;
    placeTrial(state, state.search.lowStep);
    return { kind: "evaluate", parameters: state.trial, order: 1 };
  }
  if (state.pairs.count > 0) {
    forget(state.pairs);
    return plan(state, problem);
  }
  return stopAtFloor(state, problem, "No step along the direction of descent lowers the objective or its slope");
}

/** Makes the trial point the iterate. */
function accept(state: LbfgsState, problem: Problem, evaluated: Evaluated): Request {
  const { parameters, gradient, trial, direction } = state;
  const flat = isFlat(evaluated.value, state.value);
  for (let j = 0; j < trial.length; j++) {
    direction[j] = trial[j]! - parameters[j]!;
    gradient[j] = evaluated.gradient[j]! - gradient[j]!;
  }
  remember(state.pairs, direction, gradient);
  parameters.set(trial);
  gradient.set(evaluated.gradient);
  state.value = evaluated.value;
  state.iteration++;
  const size = normInfinity(gradient);
  if (!flat || size < state.smallestGradient) {
    state.smallestGradient = size;
    state.stalled = 0;
  } else {
    state.stalled++;
  }
  return plan(state, problem);
}

/** After a new iterate: the next direction and its first trial, or the end. */
function plan(state: LbfgsState, problem: Problem): Request {
  const { gradient, direction, pairs } = state;
  if (normInfinity(gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  applyInverse(pairs, gradient, direction);
  let slope = dot(gradient, direction);
  if (!(slope < 0) && pairs.count > 0) {
    forget(pairs);
    applyInverse(pairs, gradient, direction);
    slope = dot(gradient, direction);
  }
  if (pairs.count > 0 || slope === 0) state.decrement = -slope * problem.totalWeight;
  if (state.decrement <= problem.tolerance) {
    return stopWithinTolerance(state, problem, "estimate W·gᵀH_k g of the decrement²");
  }
  if (state.stalled >= PATIENCE) {
    return stopAtFloor(state, problem, `The last ${PATIENCE} steps lowered neither the objective nor its gradient`);
  }
  if (!(slope < 0) || !isFiniteVector(direction)) {
    return stop("diverged", "The slope along the direction of descent overflowed or vanished.");
  }
  startStrongWolfe(state.search, state.value, slope, pairs.count > 0 ? 1 : Math.min(1 / norm2(gradient), 1e300));
  state.phase = SEARCH;
  while (!placeTrial(state, state.search.step)) {
    if (advanceStrongWolfe(state.search, Infinity, NaN) !== "again") {
      return stop("diverged", "Every step along the direction of descent overflows.");
    }
  }
  return { kind: "evaluate", parameters: state.trial, order: 1 };
}

/** trial ← θ + step·direction; false if that overflows. */
function placeTrial(state: LbfgsState, step: number): boolean {
  state.trial.set(state.parameters);
  addScaled(step, state.direction, state.trial);
  return isFiniteVector(state.trial);
}
