import { fail } from "../../check.js";
import { checkAsked, checkAtLeast, checkCounters, checkFinite, checkImplied, checkValue } from "../storedState.js";
import type { Asked, Order, Problem } from "../optimizer.js";
import { batchesOf } from "./order.js";
import type { Slots } from "./rule.js";
import { BATCH, FINAL, HELD_OUT, type Parts, START, type StochasticState, WHOLE, candidateOf } from "./state.js";

/**
 * Refuses, by name, a stored state in which no run can be: counters that contradict each other, what is not finite, sums of
 * squares below 0, another evaluation than the one it waits for. Without `asked` it is that of an online model, which has
 * no epochs.
 */
export function checkState<S extends Slots>(
  parts: Parts<S>,
  state: StochasticState,
  problem: Problem,
  asked: Asked | null,
): void {
  const { phase, steps, batch, averaged, stalled, iteration, heldOut, lowest, decrement } = state;
  checkCounters({ phase, steps, batch, averaged, stalled, iteration });
  if (asked === null) {
    for (const [key, value] of Object.entries({ phase, batch, stalled, iteration })) {
      checkImplied(key, 0, value, "a model that learns row after row");
    }
  } else checkEpoch(parts, state, problem, asked);
  checkValue(state, phase !== START);
  if (decrement < 0) fail("range", "json.state.decrement", "a number >= 0, or NaN", decrement);
  checkFinite("current", state.current);
  checkAverage(parts, state, asked === null ? null : problem);
  if (parts.common.validation === null) {
    checkImplied("heldOut", NaN, heldOut, "a run that holds no rows out");
    checkImplied("lowest", Infinity, lowest, "a run that holds no rows out");
  } else if (!(lowest > -Infinity)) fail("range", "json.state.lowest", "a number > -Infinity", lowest);
  checkSlots(parts, state.slots as S, steps);
}

/** What phase, epoch, batch and steps say of each other, and of the evaluation that is awaited. */
function checkEpoch<S extends Slots>(
  { common, whole }: Parts<S>,
  state: StochasticState,
  problem: Problem,
  asked: Asked,
): void {
  const { phase, steps, batch, stalled, iteration, averaged } = state;
  const phases = [START, WHOLE];
  if (!whole) phases.push(BATCH, FINAL);
  else if (averaged > 0) phases.push(BATCH);
  if (common.validation !== null) phases.push(HELD_OUT);
  if (!phases.includes(phase)) fail("range", "json.state.phase", `one of ${phases.sort().join(", ")}`, phase);
  const batches = whole ? 1 : batchesOf(problem, common);
  const most = phase === START ? 0 : phase === BATCH ? batches - 1 : batches;
  const least = phase === BATCH ? 0 : most;
  if (batch < least || batch > most) {
    const expected = least === most ? `${most}, by the phase` : `an integer from ${least} to ${most}`;
    fail("range", "json.state.batch", expected, batch);
  }
  if (phase === START) checkImplied("iteration", 0, iteration, "the phase");
  if (phase === FINAL && iteration === 0) fail("range", "json.state.iteration", ">= 1, by the phase", iteration);
  checkImplied("steps", iteration * batches + (phase === FINAL ? 0 : batch), steps, "iteration, batch and phase");
  if (stalled > iteration) fail("range", "json.state.stalled", `at most the ${iteration} epochs`, stalled);
  const point = phase === FINAL ? state.parameters : phase === BATCH ? state.current : candidateOf(state);
  const order: Order = phase === HELD_OUT || (phase === WHOLE && !whole) ? 0 : 1;
  checkAsked(asked, point, order);
}

/** The mean of the iterates: how many it is of, and nothing before the first. */
function checkAverage<S extends Slots>(
  { common, whole }: Parts<S>,
  { steps, averaged, average }: StochasticState,
  problem: Problem | null,
): void {
  const from = common.averageFrom;
  // An epoch has a step without batches; row after row there is no end of the first.
  const batches = problem === null ? Infinity : whole ? 1 : batchesOf(problem, common);
  const before = from === null ? Infinity : from === 0 ? 0 : from * batches;
  checkImplied("averaged", Math.max(0, steps - before), averaged, "steps and averageFrom");
  checkFinite("average", average);
  average.forEach((value, row) => {
    if (averaged === 0 && value !== 0) fail("range", "json.state.average", "0 before it begins", value, { row });
  });
}

/** What a rule remembers: finite but for sums of squares, which are ≥ 0. */
function checkSlots<S extends Slots>({ rule }: Parts<S>, slots: S, steps: number): void {
  for (const [name, value] of Object.entries(slots)) {
    if (typeof value === "number") continue;
    if (name === "squares" || name === "largest") checkAtLeast(`slots.${name}`, value, 0);
    else checkFinite(`slots.${name}`, value);
  }
  rule.check?.(slots, steps);
}
