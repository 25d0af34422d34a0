import { checkOptions, fail } from "../check.js";
import { normInfinity } from "../linalg/vector.js";
import { startArmijo } from "./armijo.js";
import { advanceBacktracking, newBacktrackingState, type Descent } from "./backtracking.js";
import type { Evaluated, Optimizer, Problem, Request } from "./optimizer.js";
import { measureBySpread, stepOrPolish } from "./polish.js";
import { type ProximalState, advanceProximal, changeOf, toTarget } from "./proximalDescent.js";
import { stepTo as stepAlong } from "./proximalStep.js";
import { checkAtLeast, checkFinite, checkKind } from "./storedState.js";
import { stopAtFloor, stopAtZeroGradient } from "./stopping.js";

/** Waiting for the diagonal of the Hessian, and for the minimum of the model; the other phases are those of backtracking. */
const SCALE = 5;
const MODEL = 6;

/** Share of its rate that a slope reaches for its coordinate to be among those that the model has: 1 − 2⁻⁴. */
const NEAR = 0.9375;

/** How much shorter the last sweep over a model is to be than the first: at most, and at least, 2⁻¹². */
const ROUGH = 0.25;
const FINE = 0.000244140625;

const DECREMENT = "decrement² of the model, minimised by coordinate descent,";

export interface CoordinateDescentState extends ProximalState {
  /** Size of the gradient at the start. */
  first: number;
}

const descent: Descent<CoordinateDescentState> = {
  order: 1,
  maxFlatTrials: 1,
  measure: measureBySpread,
  plan,
};

/**
 * Coordinate descent over a working set: a quadratic model of the smooth part, with the absolute values kept as they are, is
 * minimised coordinate by coordinate on the columns of X; Armijo backtracking from the full step. For objectives with an L1
 * part and more parameters than a Hessian is worth, or sparse rows: it forms none.
 *
 * A model has the coordinates away from their center and those whose slope is within 1/16 of leaving it: a step costs what
 * these columns hold, and a few passes over X. A free intercept is solved for throughout. Far from the optimum models are
 * minimised roughly. It stops as `proximalNewton` does, by the decrement² of the model; zeros are exact. The gradient of a
 * result is the shortest subgradient: 0 at the optimum.
 *
 * @param options - None.
 * @returns The optimiser; it needs an objective that offers "coordinates": a convex one with an L1 part, of a linear model with one output.
 * @throws TypeError for an option.
 * @see Friedman, Hastie & Tibshirani, "Regularization paths for generalized linear models via coordinate descent", Journal
 *   of Statistical Software 33 (2010)
 * @see Yuan, Ho & Lin, "An improved GLMNET for L1-regularized logistic regression", Journal of Machine Learning Research 13
 *   (2012)
 * @example
 * const data = dataset([[1, 0], [2, 1], [3, 0], [4, 1]], [0, 1, 0, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli(), prior: priors.laplace({ scale: 1 }) });
 * const result = minimize(target, { optimizer: optimizers.coordinateDescent() });
 * result.status; // → "converged"
 * result.parameters[1]; // → 0
 */
export function coordinateDescent(options: Record<string, never> = {}): Optimizer<CoordinateDescentState> {
  checkOptions("coordinateDescent", options, []);
  return Object.freeze<Optimizer<CoordinateDescentState>>({
    name: "coordinateDescent",
    options: Object.freeze({}),
    needs: Object.freeze(["coordinates"] as const),
    uses: Object.freeze(["prox", "diagonal"] as const),
    init: (start) => ({
      ...newBacktrackingState(start),
      spread: new Float64Array(start.length).fill(1),
      smooth: new Float64Array(start.length),
      target: new Float64Array(start.length),
      damping: 0,
      first: NaN,
    }),
    check({ phase, spread, first }, _, asked) {
      if (!(Number.isInteger(phase) && phase >= 0 && phase <= MODEL)) fail("range", "json.state.phase", "0..6", phase);
      checkKind(phase === SCALE ? "multiply" : phase === MODEL ? "coordinates" : "evaluate", asked);
      checkFinite("spread", spread);
      checkAtLeast("spread", spread, 0);
      if (first < 0) fail("range", "json.state.first", "a number >= 0, or NaN", first);
    },
    advance,
  });
}

function advance(state: CoordinateDescentState, problem: Problem, evaluated: Evaluated | null): Request {
  if (evaluated === null && problem.capabilities.includes("diagonal")) {
    state.phase = SCALE;
    return { kind: "multiply", parameters: state.parameters, direction: null };
  }
  if (evaluated !== null && state.phase === SCALE) {
    evaluated.product!.forEach((diagonal, j) => {
      const root = 1 / Math.sqrt(Math.abs(diagonal));
      if (root > 0 && root < Infinity) state.spread[j] = root;
    });
    return advanceBacktracking(descent, state, problem, null);
  }
  if (evaluated !== null && state.phase === MODEL) return toTarget(state, stepTo(state, problem, evaluated));
  return advanceProximal(descent, state, problem, evaluated, DECREMENT);
}

/** Asks for the minimum of the model over the coordinates that may move. */
function plan(state: CoordinateDescentState, problem: Problem): Request {
  const { parameters, smooth, gradient } = state;
  if (normInfinity(gradient) === 0) {
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  const size = measureBySpread(state, gradient);
  if (Number.isNaN(state.first)) state.first = size;
  const { prox } = problem;
  const slope = smooth.map((own, j) => {
    const rate = prox === null ? 0 : prox.rate[j]!;
    return rate === 0 || parameters[j] !== prox!.center[j] || !(Math.abs(own) < NEAR * rate) ? own : NaN;
  });
  const accuracy = Math.max(FINE, Math.min(ROUGH, Math.sqrt(size / state.first)));
  state.phase = MODEL;
  return { kind: "coordinates", parameters, slope, accuracy };
}

/** Sets out for the minimum of the model; where it has none and nothing else is left to gain, along the gradient. */
function stepTo(state: CoordinateDescentState, problem: Problem, { product, value }: Evaluated): Request {
  const falls = value === -Infinity;
  let change = aim(state, problem, product!);
  if (falls && !(-change * problem.totalWeight > problem.tolerance)) {
    const { parameters, smooth, spread, target } = state;
    const inverse = spread.map((root) => root * root);
    const lengthOf = (vector: Float64Array, power: (root: number) => number): number =>
      Math.sqrt(vector.reduce((sum, own, j) => sum + own * own * power(spread[j]!) * power(spread[j]!), 0));
    // As far as from 0, or once the gradient in units of the diagonal.
    const far = lengthOf(parameters, (root) => 1 / root) / lengthOf(smooth, (root) => root);
    stepAlong(problem, parameters, smooth, inverse, far > 1 && far < Infinity ? far : 1, target);
    change = aim(state, problem, target);
  }
  state.decrement = change < 0 ? -change * problem.totalWeight : 0;
  if (!(change < 0)) return stopAtFloor(state, problem, "The model is at its minimum, as far as rounding tells");
  startArmijo(state.search, state.value, change, 1);
  return stepOrPolish(descent, state, problem, DECREMENT);
}

/** Sets the target and the direction to it; returns what the way there changes to first order. */
function aim(state: CoordinateDescentState, { size, prox }: Problem, target: Float64Array): number {
  state.target.set(target);
  const { direction, parameters } = state;
  for (let j = 0; j < size; j++) direction[j] = target[j]! - parameters[j]!;
  const { rate, center } = prox ?? { rate: new Float64Array(size), center: new Float64Array(size) };
  return changeOf({ rate, center, point: target }, state);
}
