import { checkNumber, checkOptions, fail } from "../check.js";
import { dot, isFinite as isFiniteVector, normInfinity } from "../linalg/vector.js";
import { SHARE, invertDiagonal, isSettled } from "./certificate.js";
import {
  advanceConjugateGradients,
  endConjugateGradients,
  lengthIn,
  missingOf,
  newConjugateGradients,
  startConjugateGradients,
  type ConjugateGradients,
} from "./conjugateGradients.js";
import type { Evaluated, MachineState, Optimizer, Problem, Request } from "./optimizer.js";
import { checkKind } from "./storedState.js";
import {
  isFlat,
  isUsable,
  refuseBottomless,
  refuseStart,
  stop,
  stopAtFloor,
  stopAtZeroGradient,
  stopWithinTolerance,
} from "./stopping.js";

/** Which evaluation the machine waits for. */
const SCALE = 0;
const START = 1;
const INNER = 2;
const TRIAL = 3;

/** Share of the predicted decrease that a step must bring; less than SHORT of it shrinks the region, more than LONG widens. */
const ENOUGH = 0.0001;
const SHORT = 0.25;
const LONG = 0.75;

/** Trials in a row that are refused after which nothing is left to gain. */
const PATIENCE = 40;

export interface NewtonCGState extends MachineState {
  phase: number;
  trial: Float64Array;
  /** Inverse of the Hessian's diagonal at 0, where the objective offers it, else ones: lengths are in those units. */
  inverse: Float64Array;
  cg: ConjugateGradients;
  /** The trust region, and whether the step ends on its boundary. */
  radius: number;
  bounded: boolean;
  /** gᵀM⁻¹g at the start of the run. */
  firstSize: number;
  refused: number;
  certified: boolean;
}

/** Options of Newton's method by conjugate gradients. */
export interface NewtonCGOptions {
  /** Products with the Hessian for one step at most, ≥ 1; four times the size and 100 more if not given. */
  readonly maxProducts?: number;
}

/**
 * Truncated Newton: H·d = −g by conjugate gradients, preconditioned by the Hessian's diagonal, in a trust region.
 *
 * It needs no Hessian, only its products with vectors, each at the cost of one gradient; a direction of negative curvature is
 * followed to the boundary of the region. Far from the optimum the equations are solved roughly (to the root of the relative
 * gradient), near it until a cautious bound of the Newton decrement² is known: that bound is the decrement² of the run.
 *
 * @param options - `maxProducts`: products for one step at most (default 4·size + 100).
 * @returns The optimiser; it needs Hessian-vector products, and uses the Hessian's diagonal.
 * @throws TypeError or RangeError for a `maxProducts` that is no integer ≥ 1.
 * @see Steihaug, "The conjugate gradient method and trust regions in large scale optimization", SIAM Journal on Numerical
 *   Analysis 20 (1983)
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §7.1
 * @example
 * const target = objective({ data: dataset([[1], [2], [3], [4]], [0, 1, 0, 1]), likelihood: likelihoods.bernoulli() });
 * const result = minimize(target, { optimizer: optimizers.newtonCG() });
 * result.status; // → "converged"
 */
export function newtonCG(options: NewtonCGOptions = {}): Optimizer<NewtonCGState> {
  checkOptions("newtonCG", options, ["maxProducts"]);
  const { maxProducts } = options;
  if (maxProducts !== undefined) checkNumber("maxProducts", maxProducts, { min: 1, integer: true });
  return Object.freeze<Optimizer<NewtonCGState>>({
    name: "newtonCG",
    options: Object.freeze(maxProducts === undefined ? {} : { maxProducts }),
    needs: Object.freeze(["hessianVector"] as const),
    uses: Object.freeze(["diagonal"] as const),
    init: (start) => ({
      parameters: Float64Array.from(start),
      value: NaN,
      gradient: new Float64Array(start.length).fill(NaN),
      iteration: 0,
      decrement: NaN,
      phase: SCALE,
      trial: new Float64Array(start.length),
      inverse: new Float64Array(start.length).fill(1),
      cg: newConjugateGradients(start.length),
      radius: NaN,
      bounded: false,
      firstSize: NaN,
      refused: 0,
      certified: false,
    }),
    check({ phase }, _, asked) {
      if (![SCALE, START, INNER, TRIAL].includes(phase)) fail("range", "json.state.phase", "0..3", phase);
      checkKind(phase === SCALE || phase === INNER ? "multiply" : "evaluate", asked);
    },
    advance: (state, problem, evaluated) => advance(maxProducts ?? 4 * problem.size + 100, state, problem, evaluated),
  });
}

function advance(most: number, state: NewtonCGState, problem: Problem, evaluated: Evaluated | null): Request {
  if (evaluated === null && problem.capabilities.includes("diagonal")) {
    state.phase = SCALE;
    return { kind: "multiply", parameters: state.trial, direction: null };
  }
  if (evaluated === null || state.phase === SCALE) {
    if (evaluated !== null) invertDiagonal(evaluated.product!, state.inverse);
    state.phase = START;
    return { kind: "evaluate", parameters: state.parameters, order: 1 };
  }
  if (state.phase === START) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    state.value = evaluated.value;
    state.gradient.set(evaluated.gradient);
    return solve(state, problem);
  }
  return state.phase === INNER ? goOn(most, state, problem, evaluated) : judge(state, problem, evaluated);
}

/** Begins the inner solution at the iterate. */
function solve(state: NewtonCGState, problem: Problem): Request {
  const { cg, gradient, inverse } = state;
  if (normInfinity(gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  startConjugateGradients(cg, gradient, inverse);
  if (!(cg.size > 0 && cg.size < Infinity)) {
    return stop("diverged", "The gradient, by the scale of its parameters, is too large or too small to be squared.");
  }
  if (Number.isNaN(state.radius)) {
    state.firstSize = cg.size * cg.unit * cg.unit;
    state.radius = Math.sqrt(cg.size) * cg.unit + lengthIn(inverse, state.parameters);
  }
  state.phase = INNER;
  return { kind: "multiply", parameters: state.parameters, direction: cg.direction };
}

/** Takes a product; once the equations are solved well enough, the trial or the end. */
function goOn(most: number, state: NewtonCGState, problem: Problem, evaluated: Evaluated): Request {
  const { cg, inverse } = state;
  if (!isFiniteVector(evaluated.product!)) return stop("diverged", "The Hessian times a vector is not finite.");
  const verdict = advanceConjugateGradients(cg, evaluated.product!, inverse, state.radius / cg.unit);
  const again = { kind: "multiply", parameters: state.parameters, direction: cg.direction } as const;
  if (verdict === "again" && cg.steps < most && !isSolved(state, problem)) return again;
  const solved = verdict === "again" || (verdict === "singular" && cg.size === 0);
  state.bounded = !solved;
  const certified = solved && isSettled(cg, problem);
  endConjugateGradients(cg);
  // That of a smaller region at the same point says less.
  if (certified || !state.certified) {
    state.certified = certified;
    state.decrement = problem.totalWeight * (cg.decrement + (certified ? missingOf(cg) : 0));
  }
  if (state.certified && state.decrement <= problem.tolerance) {
    return stopWithinTolerance(state, problem, "Newton decrement², bounded by conjugate gradients,");
  }
  return tryStep(state, problem);
}

/** Far from the optimum the root of the relative gradient decides; near it, whether the decrement is known. */
function isSolved({ cg, firstSize }: NewtonCGState, problem: Problem): boolean {
  if (isSettled(cg, problem)) return true;
  const relative = Math.sqrt(Math.sqrt((cg.firstSize * cg.unit * cg.unit) / firstSize));
  const forcing = Math.min(0.25, relative);
  const far = problem.totalWeight * cg.decrement * cg.unit * cg.unit > problem.tolerance / SHARE;
  return far && cg.size <= forcing * cg.firstSize * forcing;
}

function tryStep(state: NewtonCGState, problem: Problem): Request {
  const { trial, parameters, cg } = state;
  for (let j = 0; j < trial.length; j++) trial[j] = parameters[j]! + cg.solution[j]!;
  if (!isFiniteVector(trial)) return shrink(state, problem);
  state.phase = TRIAL;
  return { kind: "evaluate", parameters: trial, order: 1 };
}

/** Takes the trial or refuses it, and sets the region by how well the model foretold the value. */
function judge(state: NewtonCGState, problem: Problem, evaluated: Evaluated): Request {
  const { cg, inverse } = state;
  const bottomless = refuseBottomless(evaluated.value);
  if (bottomless !== null) return bottomless;
  if (!isUsable(evaluated)) return shrink(state, problem);
  const flat = isFlat(evaluated.value, state.value);
  if (flat && !(sizeOf(inverse, evaluated.gradient) < sizeOf(inverse, state.gradient))) {
    return end(state, problem, "The Newton step lowers neither the objective nor its gradient");
  }
  const ratio = flat ? 1 : (state.value - evaluated.value) / (cg.decrement / 2);
  if (!(ratio > ENOUGH)) return shrink(state, problem);
  if (ratio < SHORT) state.radius = SHORT * lengthIn(inverse, cg.solution);
  else if (ratio > LONG && state.bounded) state.radius = Math.min(4 * state.radius, 1e300);
  state.parameters.set(state.trial);
  state.value = evaluated.value;
  state.gradient.set(evaluated.gradient);
  state.iteration++;
  state.refused = 0;
  state.certified = false;
  return solve(state, problem);
}

function sizeOf(inverse: Float64Array, gradient: Float64Array): number {
  return dot(
    gradient,
    gradient.map((slope, j) => slope * inverse[j]!),
  );
}

/** A smaller region, and the step in it. */
function shrink(state: NewtonCGState, problem: Problem): Request {
  const length = lengthIn(state.inverse, state.cg.solution);
  state.radius = SHORT * (length > 0 && length < Infinity ? length : state.radius);
  if (++state.refused > PATIENCE) return end(state, problem, "No step in any region lowers the objective");
  return solve(state, problem);
}

/** The end where rounding lets it go no further. Within a region the decrement says nothing of what is left to gain. */
function end(state: NewtonCGState, problem: Problem, what: string): Request {
  if (state.bounded && !state.certified) state.decrement = NaN;
  return stopAtFloor(state, problem, what);
}
