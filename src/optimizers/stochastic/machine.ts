/**
 * The common machine of stochastic optimisers: steps on batches of rows, epoch after epoch, the whole objective after
 * each. An iteration is an epoch, which without batches is one step.
 *
 * @module
 */

import { fail } from "../../check.js";
import { normInfinity } from "../../linalg/vector.js";
import type { Evaluated, Optimizer, Part, Problem, Request } from "../optimizer.js";
import {
  isFlat,
  isUsable,
  refuseBottomless,
  refuseStart,
  stop,
  stopAtFloor,
  stopAtZeroGradient,
  stopWithinTolerance,
} from "../stopping.js";
import { clip } from "./clip.js";
import { leastSlope, removeKinks } from "./kinks.js";
import { type Common, storedOptions } from "./options.js";
import { batchRows, batchesOf, heldOutRows } from "./order.js";
import type { Rule, Slots } from "./rule.js";
import { largestRate, rateAt } from "./schedule.js";
import { BATCH, HELD_OUT, type Parts, START, type StochasticState, WHOLE, checkState, newState } from "./state.js";

/** Steps on the whole objective without a better iterate, the value flat, after which rounding has won. */
const PATIENCE = 100;

/** An optimiser of a rule. */
export function makeStochastic<S extends Slots>(
  name: string,
  own: Readonly<Record<string, number | boolean>>,
  common: Common,
  rate: number | null,
  rule: Rule<S>,
): Optimizer<StochasticState> {
  const whole = common.batchSize === null && common.validation === null;
  const parts: Parts<S> = { common, rule, whole };
  return Object.freeze<Optimizer<StochasticState>>({
    name,
    options: storedOptions(common, own, rate),
    needs: Object.freeze(whole ? [] : (["rows"] as const)),
    // Where the loss of a row has a kink they step along a subgradient.
    uses: Object.freeze(rule.prox === true ? (["prox", "pieces"] as const) : (["pieces"] as const)),
    init: (start, problem) => newState(parts, start, problem),
    check: (state) => checkState(parts, state),
    part: (state, problem) => partOf(parts, state, problem),
    take: (state, gradient, problem) => move(parts, state, problem, gradient),
    advance: (state, problem, evaluated) => advance(parts, state, problem, evaluated),
  });
}

function partOf<S extends Slots>({ common, whole }: Parts<S>, state: StochasticState, problem: Problem): Part | null {
  if (whole || state.phase === START || state.phase === WHOLE) return null;
  if (state.phase === HELD_OUT) return { rows: heldOutRows(state, problem, common), prior: false };
  if (state.batch >= batchesOf(problem, common)) {
    fail("range", "json.state.batch", "the number of a batch", state.batch);
  }
  return { rows: batchRows(state, problem, common, state.iteration + 1, state.batch), prior: true };
}

function advance<S extends Slots>(
  parts: Parts<S>,
  state: StochasticState,
  problem: Problem,
  evaluated: Evaluated | null,
): Request {
  if (evaluated === null) return ask(state, START, state.current, 1);
  switch (state.phase) {
    case START: {
      const refused = refuseStart(evaluated);
      if (refused !== null) return refused;
      keep(state, state.current, evaluated);
      return settle(parts, state, problem, evaluated) ?? nextEpoch(parts, state, problem, evaluated);
    }
    case BATCH:
      return isUsable(evaluated) ? step(parts, state, problem, evaluated) : exploded(state, evaluated.value);
    case HELD_OUT:
      state.heldOut = evaluated.value;
      return ask(state, WHOLE, candidateOf(state), 1);
    default:
      return finishEpoch(parts, state, problem, evaluated);
  }
}

function ask(state: StochasticState, phase: number, parameters: Float64Array, order: 0 | 1): Request {
  state.phase = phase;
  return { kind: "evaluate", parameters, order };
}

function nextEpoch<S extends Slots>(
  parts: Parts<S>,
  state: StochasticState,
  problem: Problem,
  evaluated: Evaluated,
): Request {
  state.batch = 0;
  // Without batches the gradient of the whole objective is that of the next step, unless it was taken at a mean.
  if (parts.whole && state.averaged === 0) return step(parts, state, problem, evaluated);
  return ask(state, BATCH, state.current, 1);
}

/** The mean of the iterates once there is one, else the last of them. */
function candidateOf(state: StochasticState): Float64Array {
  return state.averaged > 0 ? state.average : state.current;
}

/** Moves on by one gradient. */
function move<S extends Slots>(
  { common, rule }: Parts<S>,
  state: StochasticState,
  problem: Problem,
  gradient: Float64Array,
): void {
  const { current, average } = state;
  removeKinks(gradient, current, problem);
  clip(gradient, common);
  state.steps++;
  rule.update(current, gradient, state.slots as S, rateAt(common.schedule, state.steps - 1), state.steps, problem);
  if (common.averageFrom === null || state.iteration < common.averageFrom) return;
  state.averaged++;
  for (let j = 0; j < average.length; j++) average[j]! += (current[j]! - average[j]!) / state.averaged;
}

/** Moves on, then asks for the next gradient, or for the whole objective at the end of an epoch. */
function step<S extends Slots>(
  parts: Parts<S>,
  state: StochasticState,
  problem: Problem,
  { gradient }: Evaluated,
): Request {
  const { common } = parts;
  const { current } = state;
  move(parts, state, problem, gradient);
  if (!(normInfinity(current) < Infinity)) return exploded(state, NaN);
  state.batch++;
  const { rows } = problem;
  if (rows !== null && (common.batchSize !== null || common.validation !== null)) {
    if (state.batch < batchesOf(problem, common)) return ask(state, BATCH, current, 1);
    if (common.validation !== null) return ask(state, HELD_OUT, candidateOf(state), 0);
  }
  return ask(state, WHOLE, candidateOf(state), 1);
}

function exploded(state: StochasticState, value: number): Request {
  const what = Number.isFinite(value) ? "The gradient holds NaN or infinite entries" : `The objective is ${value}`;
  const kept = state.iteration === 0 ? "the start is" : `the best parameters of ${state.iteration} epochs are`;
  return stop("diverged", `${what} at step ${state.steps + 1}: the learning rate is too large; ${kept} kept.`);
}

function finishEpoch<S extends Slots>(
  parts: Parts<S>,
  state: StochasticState,
  problem: Problem,
  evaluated: Evaluated,
): Request {
  const { common, whole } = parts;
  const bottomless = refuseBottomless(evaluated.value);
  if (bottomless !== null) return bottomless;
  if (!isUsable(evaluated)) return exploded(state, evaluated.value);
  state.iteration++;
  const watched = common.validation !== null;
  const better = watched ? state.heldOut < state.lowest : isBetter(state, evaluated, whole);
  if (better) {
    keep(state, candidateOf(state), evaluated);
    if (watched) state.lowest = state.heldOut;
    state.stalled = 0;
  } else state.stalled++;
  return (
    settle(parts, state, problem, evaluated) ?? tired(common, state) ?? nextEpoch(parts, state, problem, evaluated)
  );
}

function isBetter(state: StochasticState, evaluated: Evaluated, whole: boolean): boolean {
  if (!whole || !isFlat(evaluated.value, state.value)) return evaluated.value < state.value;
  return normInfinity(evaluated.gradient) < normInfinity(state.gradient);
}

function keep(state: StochasticState, parameters: Float64Array, evaluated: Evaluated): void {
  state.parameters.set(parameters);
  state.value = evaluated.value;
  state.gradient.set(evaluated.gradient);
}

/** The end of a run at a minimum, as far as one can tell, or null. */
function settle<S extends Slots>(
  { common, rule, whole }: Parts<S>,
  state: StochasticState,
  problem: Problem,
  evaluated: Evaluated,
): Request | null {
  const at = state.phase === START ? state.current : candidateOf(state);
  const slots = state.slots as S;
  let decrement = 0;
  let zero = true;
  for (let j = 0; j < at.length; j++) {
    const slope = leastSlope(evaluated.gradient[j]!, at[j]!, j, problem);
    if (slope !== 0) zero = false;
    decrement += slope * slope * rule.scale(slots, j);
  }
  if (zero) {
    keep(state, at, evaluated);
    state.decrement = 0;
    return stopAtZeroGradient(state, problem);
  }
  if (!whole) return null;
  state.decrement = problem.totalWeight * decrement * largestRate(common.schedule);
  if (state.decrement <= problem.tolerance) {
    keep(state, at, evaluated);
    return stopWithinTolerance(state, problem, "estimate W·Σ rate·slope² of the decrement²");
  }
  if (state.stalled >= PATIENCE && isFlat(evaluated.value, state.value)) {
    return stopAtFloor(state, problem, `The last ${PATIENCE} steps lowered neither the objective nor its gradient`);
  }
  return null;
}

/** The end of a run that has had its epochs, or does not get better, or null. */
function tired({ epochs, patience, validation }: Common, state: StochasticState): Request | null {
  if (patience !== null && state.stalled >= patience) {
    const what = validation === null ? "the objective" : "the loss of the rows held out";
    const kept = `the parameters of epoch ${state.iteration - state.stalled} are kept`;
    return stop("iteration-limit", `Stopped early: ${what} was not lower in the last ${patience} epochs; ${kept}.`);
  }
  if (epochs === null || state.iteration < epochs) return null;
  return stop("iteration-limit", `The ${epochs} epochs asked for are done.`);
}
