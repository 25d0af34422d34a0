import { checkNumber, checkOptions, fail } from "../check.js";
import { random } from "../random.js";
import type { Evaluated, MachineState, Optimizer, Problem, Request } from "./optimizer.js";
import { type Table, balanced, isSquared, tableOf } from "./dualTable.js";
import type { Pieces } from "./pieces.js";
import { refuseStart, roundingFloor, stop } from "./stopping.js";

/** Share of the objective at which a duality gap is small enough. */
const RELATIVE = 1e-10;

/** Options of dual coordinate descent. */
export interface DualCoordinateDescentOptions {
  /** Of the order in which rows are visited: an integer ≥ 0; 0 if not given. */
  readonly seed?: number;
}

export interface DualCoordinateDescentState extends MachineState {
  started: boolean;
  /** r: [rows]. */
  multiplier: Float64Array;
  /** θ that the multipliers make, of columns less their means: [size]. */
  point: Float64Array;
  /** What the free intercept is held to for a while. */
  anchor: number;
  /** Sweeps since it moved last. */
  waited: number;
  trial: Float64Array;
}

/**
 * Dual coordinate descent for hinge, squared hinge, absolute and quantile losses with an L2 penalty on every coefficient:
 * one row after the other, its multiplier is moved to where the dual is best. Work per sweep and memory grow as rows·size
 * and no faster, so that this is for many columns, where `interiorPoint` solves equations.
 *
 * A free intercept is not penalised: it is held to its own last value, by a square that moves along with it until both agree
 * (the method of multipliers on Σ r = 0). The order of rows is a seeded permutation, another one in every sweep. Stops when
 * the duality gap is within the tolerance or 1e-10 of the objective; `decrement` is twice the gap.
 *
 * @param options - `seed` of the order of the rows.
 * @returns The optimiser; it needs an objective made of such a loss, a linear model with one output and an L2 penalty.
 * @throws TypeError or RangeError for an option that makes no sense.
 * @see Hsieh, Chang, Lin, Keerthi & Sundararajan, "A dual coordinate descent method for large-scale linear SVM", ICML 2008
 * @example
 * const data = dataset([[0], [1], [2], [3], [4], [5]], [0, 0, 1, 0, 1, 1]);
 * const target = objective({ data, loss: losses.hinge(), penalty: penalties.l2(0.1) });
 * const result = minimize(target, { optimizer: optimizers.dualCoordinateDescent() });
 * result.status; // → "converged"
 * result.certificate.kind; // → "duality-gap"
 */
export function dualCoordinateDescent(
  options: DualCoordinateDescentOptions = {},
): Optimizer<DualCoordinateDescentState> {
  checkOptions("dualCoordinateDescent", options, ["seed"]);
  const { seed = 0 } = options;
  checkNumber("seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
  return Object.freeze<Optimizer<DualCoordinateDescentState>>({
    name: "dualCoordinateDescent",
    options: Object.freeze({ seed }),
    needs: Object.freeze(["pieces"] as const),
    uses: Object.freeze(["hessian"] as const),
    init(start, problem) {
      const { rows, below, above } = checkedPieces(problem);
      return {
        parameters: Float64Array.from(start),
        value: NaN,
        gradient: new Float64Array(start.length).fill(NaN),
        iteration: 0,
        decrement: NaN,
        gap: NaN,
        gapBound: NaN,
        started: false,
        multiplier: Float64Array.from({ length: rows }, (_, i) => Math.min(Math.max(0, below[i]!), above[i]!)),
        point: new Float64Array(start.length),
        anchor: 0,
        waited: 0,
        trial: new Float64Array(start.length),
      };
    },
    advance(state, problem, evaluated) {
      if (evaluated === null) return { kind: "evaluate", parameters: state.parameters, order: 0 };
      return advance(state, problem, tableOf(checkedPieces(problem)), seed, evaluated);
    },
  });
}

/** The pieces of an objective whose coefficients all have a square, and no absolute value. */
function checkedPieces({ pieces }: Problem): Pieces {
  const name = "dualCoordinateDescent";
  if (pieces === null) return fail("type", "objective", `one with pieces for ${name}`, "one without");
  if (!isSquared(pieces)) {
    fail("type", "penalty", `penalties.l2 or a normal prior for ${name}; use interiorPoint`, "another one");
  }
  return pieces;
}

function advance(
  state: DualCoordinateDescentState,
  problem: Problem,
  table: Table,
  seed: number,
  { value }: Evaluated,
): Request {
  const pieces = problem.pieces!;
  if (!state.started) {
    const refused = refuseStart({ value, gradient: new Float64Array(0), hessian: null });
    if (refused !== null) return refused;
    state.value = value;
    state.started = true;
    state.anchor = table.free ? state.parameters[0]! : 0;
    rebuild(state, pieces, table);
  } else {
    state.iteration++;
    if (value <= state.value) {
      state.value = value;
      state.parameters.set(state.trial);
    }
    const bound = Math.max(
      problem.tolerance,
      RELATIVE * Math.abs(problem.totalWeight * value),
      roundingFloor(state, problem),
    );
    state.gapBound = bound;
    if (state.gap! <= bound) {
      state.value = value;
      state.parameters.set(state.trial);
      return stop("converged", `The duality gap is ${state.gap!.toPrecision(3)}, within ${bound.toPrecision(3)}.`);
    }
  }
  const worst = sweep(state, pieces, table, random(seed, state.iteration).permutation(pieces.rows));
  if (table.free) moveAnchor(state, table, worst);
  return look(state, problem, table);
}

/** θ of the multipliers. */
function rebuild({ multiplier, point, anchor }: DualCoordinateDescentState, pieces: Pieces, table: Table): void {
  const size = point.length;
  const slope = table.rows.slope(multiplier);
  for (let j = 0; j < size; j++) {
    point[j] = (table.free && j === 0 ? anchor : pieces.mean[j]!) - slope[j]! / table.precision[j]!;
  }
}

/** Moves every multiplier once; returns how far the farthest was from where the dual wants its score. */
function sweep(
  { multiplier, point }: DualCoordinateDescentState,
  { kink, below, above, curvature }: Pieces,
  table: Table,
  order: Uint32Array,
): number {
  let worst = 0;
  for (const i of order) {
    if (!(below[i]! < above[i]!)) continue;
    const before = multiplier[i]!;
    let slope = kink[i]! - table.rows.times(i, point);
    if (curvature !== null && curvature[i]! > 0) slope += before / curvature[i]!;
    const wanted = table.curvature[i]! > 0 ? before - slope / table.curvature[i]! : slope > 0 ? below[i]! : above[i]!;
    const after = Math.min(Math.max(wanted, below[i]!), above[i]!);
    const change = after - before;
    if (change === 0) continue;
    worst = Math.max(worst, Math.abs(change) * table.curvature[i]!);
    multiplier[i] = after;
    table.rows.move(i, change, point);
  }
  return worst;
}

/** Sweeps after which the intercept's anchor moves in any case. */
const PATIENCE = 10;

/** Once the scores are nearer to where they should be than the intercept to its anchor, the anchor moves there. */
function moveAnchor(state: DualCoordinateDescentState, { precision }: Table, worst: number): void {
  const { point, multiplier } = state;
  state.waited++;
  if (worst > 0.5 * Math.abs(point[0]! - state.anchor) && state.waited < PATIENCE) return;
  state.waited = 0;
  let sum = 0;
  for (const r of multiplier) sum += r;
  state.anchor -= sum / precision[0]!;
  point[0] = state.anchor - sum / precision[0]!;
}

/** Asks for the value at the point of multipliers that balance the free intercept, and notes their gap. */
function look(state: DualCoordinateDescentState, { pieces, totalWeight }: Problem, table: Table): Request {
  const { kink, below, above, curvature, mean } = pieces!;
  const { trial, point } = state;
  const size = point.length;
  const multiplier = table.free ? balanced(state.multiplier) : state.multiplier;
  const slope = table.rows.slope(multiplier);
  for (let j = 0; j < size; j++) {
    trial[j] = table.free && j === 0 ? state.anchor : mean[j]! - slope[j]! / table.precision[j]!;
  }
  let gap = 0;
  for (let i = 0; i < multiplier.length; i++) {
    if (!(below[i]! < above[i]!)) continue;
    const r = multiplier[i]!;
    const v = table.rows.times(i, trial) - kink[i]!;
    const side = v > 0 ? above[i]! : below[i]!;
    const c = curvature === null ? 0 : curvature[i]!;
    if (Math.abs(side) < Infinity) gap += (side - r) * v + (c > 0 ? (r * r) / (2 * c) : 0);
    else gap += ((c * v - r) * (c * v - r)) / (2 * c);
  }
  state.gap = gap;
  state.decrement = 2 * gap;
  for (let j = 0; j < size; j++) state.gradient[j] = 0;
  if (table.free) {
    let sum = 0;
    for (const r of state.multiplier) sum += r;
    state.gradient[0] = sum / totalWeight;
    for (let j = 1; j < size; j++) trial[0]! -= trial[j]! * table.center[j]!;
  }
  return { kind: "evaluate", parameters: trial, order: 0 };
}
