import { checkOptions, fail } from "../check.js";
import { isUnique, move } from "./activeSet.js";
import { certify } from "./dualityGap.js";
import { guessHeld } from "./heldRows.js";
import { advanceInterior, complementarity, enter } from "./interior.js";
import type { Evaluated, MachineState, Optimizer, Problem, Request } from "./optimizer.js";
import { type Pieces, type Prepared, prepared } from "./pieces.js";
import { refuseStart, stop } from "./stopping.js";

/** Share of what the barrier cost at first at which the path has come near enough to its end. */
const NEAR = 1e-12;

/** Steps along the path, and moves per parameter at its end, at most. */
const MOST_STEPS = 200;
const MOST_MOVES = 50;

/** Where the machine stands: what was evaluated last. */
const START = 0;
const PATH = 1;
const EDGE = 2;
const END = 3;

export interface InteriorPointState extends MachineState {
  phase: number;
  /** Steps or moves made in this phase. */
  steps: number;
  /** What the barrier cost at first. */
  first: number;
  /** In the coordinates of the solver: see Interior and Vertex. */
  point: Float64Array;
  over: Float64Array;
  under: Float64Array;
  multiplier: Float64Array;
  held: Float64Array;
  /** θ as it was evaluated. */
  trial: Float64Array;
}

/**
 * For losses with kinks (hinge, absolute, quantile) on linear models: every kink is smoothed by a logarithmic barrier
 * that shrinks from step to step (a primal–dual interior-point method), then an active set finds the exact minimum: which
 * rows lie at their kinks, and on which sides of them the others. With an L1, L2 or elastic-net part or none; zeros of an
 * L1 part are exact.
 *
 * The result is proved by its multipliers: the duality gap on the sum scale is half of `decrement`, and the gradient is
 * the subgradient that they make, 0 but for rounding. Where other parameters do as well, the result is a vertex (as many
 * kinks hold as determine it) and the reason says so. Columns that others determine get 0 and the status
 * "rank-deficient". Work per step grows as rows·size² and size³, memory as rows·size.
 *
 * @param options - None.
 * @returns The optimiser; it needs an objective made of a loss with kinks and a linear model with one output.
 * @throws TypeError for an option.
 * @see Portnoy & Koenker, "The Gaussian hare and the Laplacian tortoise", Statistical Science 12 (1997)
 * @see Fletcher, *Practical Methods of Optimization*, 2nd ed., 1987, §14.3
 * @example
 * const data = dataset([[1], [2], [3], [4], [5]], [1, 2, 3, 4, 50]);
 * const target = objective({ data, loss: losses.absoluteError() });
 * const result = minimize(target, { optimizer: optimizers.interiorPoint() });
 * result.parameters; // → [0, 1]
 * result.status; // → "converged"
 */
export function interiorPoint(options: Record<string, never> = {}): Optimizer<InteriorPointState> {
  checkOptions("interiorPoint", options, []);
  return Object.freeze<Optimizer<InteriorPointState>>({
    name: "interiorPoint",
    options: Object.freeze({}),
    needs: Object.freeze(["pieces"] as const),
    uses: Object.freeze(["prox"] as const),
    init(start, problem) {
      const { rows, size } = prepared(linearPieces(problem, "interiorPoint"));
      return {
        parameters: Float64Array.from(start),
        value: NaN,
        gradient: new Float64Array(start.length).fill(NaN),
        iteration: 0,
        decrement: NaN,
        gap: NaN,
        gapBound: NaN,
        phase: START,
        steps: 0,
        first: NaN,
        point: new Float64Array(size),
        over: new Float64Array(rows),
        under: new Float64Array(rows),
        multiplier: new Float64Array(rows),
        held: new Float64Array(rows),
        trial: new Float64Array(start.length),
      };
    },
    check({ phase }) {
      if (![START, PATH, EDGE, END].includes(phase)) fail("range", "json.state.phase", "0..3", phase);
    },
    advance(state, problem, evaluated) {
      if (evaluated === null) return { kind: "evaluate", parameters: state.parameters, order: 0 };
      return advance(state, problem, prepared(linearPieces(problem, "interiorPoint")), evaluated);
    },
  });
}

/** The pieces of an objective, all linear. */
function linearPieces({ pieces }: Problem, optimizer: string): Pieces {
  if (pieces === null) return fail("type", "objective", `one with pieces for ${optimizer}`, "one without");
  if (!pieces.complete) fail("type", "prior", "normal, laplace or elasticNet beside a loss with kinks", "another one");
  if (pieces.curvature !== null) fail("type", "loss", "hinge, absoluteError or quantile", "one with a curvature");
  return pieces;
}

function advance(state: InteriorPointState, problem: Problem, within: Prepared, { value }: Evaluated): Request {
  if (state.phase === START) {
    const refused = refuseStart({ value, gradient: new Float64Array(0), hessian: null });
    if (refused !== null) return refused;
    state.value = value;
    state.point.set(within.inward(state.parameters));
    enter(within, state);
    state.first = complementarity(within, state);
    state.phase = PATH;
    return along(state, problem, within);
  }
  state.iteration++;
  if (value <= state.value || state.phase === END) {
    state.value = value;
    state.parameters.set(state.trial);
  }
  if (state.phase === PATH) return along(state, problem, within);
  return state.phase === EDGE ? toEdge(state, problem, within) : finish(state, problem, within);
}

/** The next step of the path, or at its end the first at the edge. */
function along(state: InteriorPointState, problem: Problem, within: Prepared): Request {
  const near = complementarity(within, state) <= NEAR * state.first;
  if (!near && state.steps < MOST_STEPS) {
    const before = { point: state.point.slice(), over: state.over.slice(), under: state.under.slice() };
    const multiplier = state.multiplier.slice();
    state.steps++;
    if (advanceInterior(within, state)) return look(state, problem, within);
    // A step that rounding spoils is not taken.
    state.point.set(before.point);
    state.over.set(before.over);
    state.under.set(before.under);
    state.multiplier.set(multiplier);
  }
  guessHeld(within, { ...state, multiplier: state.multiplier.slice() }, state);
  state.phase = EDGE;
  state.steps = 0;
  return toEdge(state, problem, within);
}

function toEdge(state: InteriorPointState, problem: Problem, within: Prepared): Request {
  const more = state.steps < MOST_MOVES * (within.size + 10);
  state.steps++;
  if (!more || move(within, state) !== "moved") state.phase = END;
  return look(state, problem, within);
}

/** Asks for the value at the point, and notes how far it is from optimal. */
function look(state: InteriorPointState, problem: Problem, within: Prepared): Request {
  const { gap, rounding, residual } = certify(within, state.point, state.multiplier);
  const { totalWeight, tolerance } = problem;
  state.gap = gap < Infinity ? gap : NaN;
  state.gapBound = Math.max(tolerance, rounding);
  state.decrement = 2 * state.gap;
  state.gradient.set(within.outwardSlope(residual).map((slope) => slope / totalWeight));
  state.trial.set(within.outward(state.point, (row) => state.held[row] === 1));
  return { kind: "evaluate", parameters: state.trial, order: 0 };
}

function finish(state: InteriorPointState, problem: Problem, within: Prepared): Request {
  const { gap = NaN, gapBound = NaN } = state;
  if (!(gap <= gapBound)) {
    const left = !Number.isNaN(gap)
      ? `The duality gap is still ${gap.toPrecision(3)}`
      : "No duality gap could be computed";
    return stop("precision-limit", `${left}: rounding, or too many ties, let the active set go no further.`);
  }
  const held = state.held.reduce((sum, value) => sum + value, 0);
  const proof = `The duality gap is ${gap.toPrecision(3)}, with ${held} terms held at their kinks`;
  if (within.aliased.length > 0) {
    const names = within.aliased.map((j) => problem.pieces!.names[j]).join(", ");
    const remedy = "Drop such columns, or use a prior or penalty.";
    return stop(
      "rank-deficient",
      `Other columns determine ${names}: left out, with coefficient 0. ${proof}. ${remedy}`,
    );
  }
  if (isUnique(within, state)) return stop("converged", `${proof}.`);
  return stop("converged", `${proof}: a vertex of what may be several solutions that do equally well.`);
}
