/**
 * The common machine of stochastic optimisers: steps on batches of rows, epoch after epoch, the value of the whole
 * objective after each, and its gradient at the end. An iteration is an epoch, which without batches is one step.
 *
 * @module
 */

import { isFinite as isFiniteVector, normInfinity } from "../../linalg/vector.js";
import type { Evaluated, Optimizer, Part, Problem, Request } from "../optimizer.js";
import { isFlat, isUsable, refuseBottomless, refuseStart, stop, stopAtZeroGradient } from "../stopping.js";
import { clip } from "./clip.js";
import { keep, settle, tired } from "./ending.js";
import { removeKinks } from "./kinks.js";
import { type Common, storedOptions } from "./options.js";
import { batchRows, batchesOf, heldOutRows } from "./order.js";
import type { Rule, Slots } from "./rule.js";
import { rateAt } from "./schedule.js";
import {
  BATCH,
  FINAL,
  HELD_OUT,
  type Parts,
  START,
  type StochasticState,
  WHOLE,
  candidateOf,
  newState,
} from "./state.js";
import { checkState } from "./stored.js";

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
    check: (state, problem, asked) => checkState(parts, state, problem, asked),
    part: (state, problem) => partOf(parts, state, problem),
    take: (state, gradient, problem) => move(parts, state, problem, gradient),
    advance: (state, problem, evaluated) => advance(parts, state, problem, evaluated),
  });
}

function partOf<S extends Slots>({ common, whole }: Parts<S>, state: StochasticState, problem: Problem): Part | null {
  if (whole || (state.phase !== BATCH && state.phase !== HELD_OUT)) return null;
  if (state.phase === HELD_OUT) return { rows: heldOutRows(state, problem, common), prior: false };
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
      keep(state, state.current, evaluated, true);
      return settle(parts, state, problem, evaluated) ?? nextEpoch(parts, state, problem, evaluated);
    }
    case BATCH:
      return isUsable(evaluated) ? step(parts, state, problem, evaluated) : exploded(state, evaluated.value);
    case HELD_OUT:
      state.heldOut = evaluated.value;
      return ask(state, WHOLE, candidateOf(state), 0);
    case FINAL:
      state.gradient.set(evaluated.gradient);
      if (normInfinity(state.gradient) === 0) return stopAtZeroGradient(state, problem);
      return tired(parts.common, state) ?? nextEpoch(parts, state, problem, evaluated);
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
  if (!isFiniteVector(current)) return exploded(state, NaN);
  state.batch++;
  const { rows } = problem;
  if (rows !== null && (common.batchSize !== null || common.validation !== null)) {
    if (state.batch < batchesOf(problem, common)) return ask(state, BATCH, current, 1);
    if (common.validation !== null) return ask(state, HELD_OUT, candidateOf(state), 0);
  }
  return ask(state, WHOLE, candidateOf(state), parts.whole ? 1 : 0);
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
  if (whole ? !isUsable(evaluated) : !Number.isFinite(evaluated.value)) return exploded(state, evaluated.value);
  state.iteration++;
  const watched = common.validation !== null;
  const better = watched ? state.heldOut < state.lowest : isBetter(state, evaluated, whole);
  if (better) {
    keep(state, candidateOf(state), evaluated, whole);
    if (watched) state.lowest = state.heldOut;
    state.stalled = 0;
  } else state.stalled++;
  const settled = whole ? settle(parts, state, problem, evaluated) : null;
  if (settled !== null) return settled;
  const ending = tired(common, state);
  if (ending === null) return nextEpoch(parts, state, problem, evaluated);
  return whole ? ending : ask(state, FINAL, state.parameters, 1);
}

function isBetter(state: StochasticState, evaluated: Evaluated, whole: boolean): boolean {
  if (!whole || !isFlat(evaluated.value, state.value)) return evaluated.value < state.value;
  return normInfinity(evaluated.gradient) < normInfinity(state.gradient);
}
