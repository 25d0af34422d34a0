import { allocate, checkNumber, checkOptions, fail } from "../../check.js";
import { normInfinity } from "../../linalg/vector.js";
import type { Asked, Evaluated, MachineState, Optimizer, Part, Problem, Request } from "../optimizer.js";
import { checkAsked, checkCounters, checkFinite, checkImplied, checkValue } from "../storedState.js";
import {
  isFlat,
  isUsable,
  refuseStart,
  stop,
  stopAtFloor,
  stopAtZeroGradient,
  stopWithinTolerance,
} from "../stopping.js";
import { blockRows, drawnBlock } from "./blocks.js";
import { leastSlope, removeKinks } from "./kinks.js";

/** Options of SAGA. */
export interface SagaOptions {
  /** The learning rate, > 0, the same for every step; at most 1/(3L), L the largest curvature of one block. */
  readonly learningRate?: number;
  /** Rows in a block, at most as many as there are (default 1). */
  readonly batchSize?: number;
  /** Seed of the blocks and of the order they come in, an integer 0 .. 2⁵³ − 1 (default 0). */
  readonly seed?: number;
  /** Epochs at most (default 1000). */
  readonly epochs?: number;
}

interface Own {
  readonly learningRate: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly epochs: number;
}

/** What is being evaluated: the start, each block at the start, a block, the whole objective after an epoch. */
const [START, FILL, STEP, WHOLE] = [0, 1, 2, 3];

/** Epochs without a better iterate, the value flat, after which rounding has won. */
const PATIENCE = 20;

/** The state of SAGA. */
export interface SagaState extends MachineState {
  /** What is being evaluated. */
  phase: number;
  /** Which block is filled, or which step of the epoch is taken. */
  position: number;
  /** Where the run is. */
  current: Float64Array;
  /** The last gradient of each block: [blocks × size]. */
  table: Float64Array;
  /** Their mean, by rows. */
  mean: Float64Array;
  /** Epochs since the last better one. */
  stalled: number;
}

/**
 * SAGA: steps along the gradient of one block of rows, corrected by the last gradients of all: the noise dies out as it
 * converges, with a fixed rate, linearly where F is strongly convex.
 *
 * θ ← prox(θ − η·(g_b − g_b' + ḡ)), g_b the gradient of block b, g_b' the one it had when it last came, ḡ the mean of
 * these; prox the proximal map of the L1 part, which makes parameters exactly 0. The blocks are a seeded partition; one
 * gradient each is kept, (rows/batchSize)·size numbers. Each epoch ends with the whole objective; the best is reported.
 *
 * @param options - `learningRate` (default 0.01), `batchSize` (default 1), `seed`, `epochs` (default 1000).
 * @returns The optimiser; it needs "rows", and takes objectives with and without an L1 part.
 * @throws TypeError or RangeError naming the option.
 * @see Defazio, Bach & Lacoste-Julien, "SAGA: a fast incremental gradient method with support for non-strongly convex
 *   composite objectives", NIPS (2014)
 * @example
 * const data = dataset([[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli() });
 * const result = minimize(target, { optimizer: optimizers.saga({ learningRate: 0.1, epochs: 5000 }) });
 * result.status; // → "converged"
 * result.value; // → 0.52809881718
 */
export function saga(options: SagaOptions = {}): Optimizer<SagaState> {
  if (options === null) fail("type", "saga", "an object of options", options);
  checkOptions("saga", options, ["learningRate", "batchSize", "seed", "epochs"]);
  const { learningRate = 0.01, batchSize = 1, seed = 0, epochs = 1000 } = options;
  checkNumber("learningRate", learningRate, { exclusiveMin: 0 });
  checkNumber("batchSize", batchSize, { min: 1, integer: true });
  checkNumber("seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
  checkNumber("epochs", epochs, { min: 1, max: 0xffff_ffff, integer: true });
  const own: Own = { learningRate, batchSize, seed, epochs };
  return Object.freeze<Optimizer<SagaState>>({
    name: "saga",
    options: Object.freeze({ ...own }),
    needs: Object.freeze(["rows"] as const),
    uses: Object.freeze(["prox"] as const),
    init: (start, problem) => newState(own, start, problem),
    check: (state, problem, asked) => checkState(own, state, problem, asked),
    part: (state, problem) => partOf(own, state, problem),
    advance: (state, problem, evaluated) => advance(own, state, problem, evaluated),
  });
}

function countOf({ batchSize }: Own, { rows }: Problem): number {
  if (batchSize > rows!) fail("range", "batchSize", `at most the ${rows} rows`, batchSize);
  return Math.ceil(rows! / batchSize);
}

function newState(own: Own, start: Float64Array, problem: Problem): SagaState {
  return {
    parameters: Float64Array.from(start),
    value: NaN,
    gradient: new Float64Array(start.length).fill(NaN),
    iteration: 0,
    decrement: NaN,
    phase: START,
    position: 0,
    current: Float64Array.from(start),
    table: allocate("batchSize", countOf(own, problem) * start.length),
    mean: new Float64Array(start.length),
    stalled: 0,
  };
}

function checkState(own: Own, state: SagaState, problem: Problem, asked: Asked | null): void {
  const { phase, position, stalled, iteration, decrement, current, table, mean } = state;
  checkCounters({ phase, position, stalled, iteration });
  if (phase > WHOLE) fail("range", "json.state.phase", "0, 1, 2 or 3", phase);
  const last = phase === FILL || phase === STEP ? countOf(own, problem) - 1 : 0;
  if (position > last) fail("range", "json.state.position", `an integer from 0 to ${last}`, position);
  if (phase === START || phase === FILL) checkImplied("iteration", 0, iteration, "the phase");
  if (stalled > iteration) fail("range", "json.state.stalled", `at most the ${iteration} epochs`, stalled);
  checkValue(state, phase !== START);
  if (decrement < 0) fail("range", "json.state.decrement", "a number >= 0, or NaN", decrement);
  for (const [key, values] of Object.entries({ current, table, mean })) checkFinite(key, values);
  if (asked !== null) checkAsked(asked, current, 1);
}

function blockOf(own: Own, state: SagaState, problem: Problem): number {
  if (state.phase === FILL) return state.position;
  const blocks = countOf(own, problem);
  return drawnBlock(state, problem, own.seed, blocks, state.iteration + 1, state.position);
}

function partOf(own: Own, state: SagaState, problem: Problem): Part | null {
  if (state.phase !== FILL && state.phase !== STEP) return null;
  const block = blockOf(own, state, problem);
  return { rows: blockRows(state, problem, own.seed, own.batchSize, block), prior: true };
}

function ask(state: SagaState, phase: number): Request {
  state.phase = phase;
  return { kind: "evaluate", parameters: state.current, order: 1 };
}

function advance(own: Own, state: SagaState, problem: Problem, evaluated: Evaluated | null): Request {
  if (evaluated === null) return ask(state, START);
  if (state.phase === START) {
    const refused = refuseStart(evaluated);
    if (refused !== null) return refused;
    keep(state, evaluated);
    return settle(own, state, problem, evaluated) ?? ask(state, FILL);
  }
  if (!isUsable(evaluated)) return exploded(state);
  if (state.phase === WHOLE) return finishEpoch(own, state, problem, evaluated);
  const block = blockOf(own, state, problem);
  const blocks = countOf(own, problem);
  removeKinks(evaluated.gradient, state.current, problem);
  if (state.phase === FILL) state.table.set(evaluated.gradient, block * problem.size);
  else if (!step(own, state, problem, evaluated.gradient, block)) return exploded(state);
  state.position++;
  if (state.position < blocks) return ask(state, state.phase);
  state.position = 0;
  refreshMean(own, state, problem);
  return state.phase === FILL ? ask(state, STEP) : ask(state, WHOLE);
}

/** Share of the rows that are in a block. */
function shareOf({ batchSize }: Own, { rows }: Problem, block: number): number {
  return Math.min(batchSize, rows! - block * batchSize) / rows!;
}

/** The mean of the table, afresh: updates of it leave their rounding behind. */
function refreshMean(own: Own, { mean, table }: SagaState, problem: Problem): void {
  mean.fill(0);
  for (let block = 0, at = 0; at < table.length; block++) {
    const share = shareOf(own, problem, block);
    for (let j = 0; j < mean.length; j++, at++) mean[j]! += share * table[at]!;
  }
}

/** One step; false if it left the finite. */
function step(own: Own, state: SagaState, problem: Problem, gradient: Float64Array, block: number): boolean {
  const { current, mean, table } = state;
  const { prox, size } = problem;
  const share = shareOf(own, problem, block);
  const blocks = countOf(own, problem);
  for (let j = 0, at = block * size; j < size; j++, at++) {
    const change = share * (gradient[j]! - table[at]!);
    const moved = current[j]! - own.learningRate * (blocks * change + mean[j]!);
    mean[j]! += change;
    table[at] = gradient[j]!;
    current[j] = prox === null ? moved : shrink(moved, prox.center[j]!, own.learningRate * prox.rate[j]!);
  }
  return normInfinity(current) < Infinity;
}

/** The proximal map of threshold·|θ − center|. */
function shrink(value: number, center: number, threshold: number): number {
  const distance = value - center;
  const size = Math.abs(distance) - threshold;
  return threshold === 0 ? value : size <= 0 ? center : center + Math.sign(distance) * size;
}

function exploded(state: SagaState): Request {
  const kept = state.iteration === 0 ? "the start is" : `the best parameters of ${state.iteration} epochs are`;
  return stop(
    "diverged",
    `The iterates left the finite in epoch ${state.iteration + 1}: the learning rate is too large; ${kept} kept.`,
  );
}

function keep(state: SagaState, evaluated: Evaluated): void {
  state.parameters.set(state.current);
  state.value = evaluated.value;
  state.gradient.set(evaluated.gradient);
  state.stalled = 0;
}

function finishEpoch(own: Own, state: SagaState, problem: Problem, evaluated: Evaluated): Request {
  state.iteration++;
  if (evaluated.value < state.value) keep(state, evaluated);
  else state.stalled++;
  const ended = settle(own, state, problem, evaluated);
  if (ended !== null) return ended;
  if (state.iteration < own.epochs) return ask(state, STEP);
  return stop("iteration-limit", `The ${own.epochs} epochs asked for are done.`);
}

/** The end of a run at a minimum, as far as one can tell, or null. */
function settle(own: Own, state: SagaState, problem: Problem, evaluated: Evaluated): Request | null {
  let squares = 0;
  let largest = 0;
  for (let j = 0; j < state.current.length; j++) {
    const slope = Math.abs(leastSlope(evaluated.gradient[j]!, state.current[j]!, j, problem));
    largest = Math.max(largest, slope);
    squares += slope * slope;
  }
  state.decrement = problem.totalWeight * squares * own.learningRate;
  if (largest === 0) {
    keep(state, evaluated);
    return stopAtZeroGradient(state, problem);
  }
  if (state.decrement <= problem.tolerance) {
    keep(state, evaluated);
    return stopWithinTolerance(state, problem, "estimate W·|slope|²·rate of the decrement²");
  }
  if (state.stalled < PATIENCE || !isFlat(evaluated.value, state.value)) return null;
  return stopAtFloor(state, problem, `The last ${PATIENCE} epochs did not lower the objective`);
}
