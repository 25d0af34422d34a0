import type { MachineState, Problem } from "../optimizer.js";
import type { Common } from "./options.js";
import { batchesOf } from "./order.js";
import type { Rule, Slots } from "./rule.js";

/**
 * What is being evaluated: the start, a batch, the rows held out, the whole objective after an epoch, or its gradient at
 * the parameters that are reported at the end of a run on batches.
 */
export const START = 0;
export const BATCH = 1;
export const HELD_OUT = 2;
export const WHOLE = 3;
export const FINAL = 4;

/** The state of a stochastic optimiser. */
export interface StochasticState extends MachineState {
  /** What is being evaluated. */
  phase: number;
  /** Steps taken. */
  steps: number;
  /** Batch of the epoch under way. */
  batch: number;
  /** Where the run is. */
  current: Float64Array;
  /** Mean of the iterates since averaging began, and how many; empty without averaging. */
  average: Float64Array;
  /** How many iterates the average is of. */
  averaged: number;
  /** Loss of the rows held out: of this epoch, and the lowest. */
  heldOut: number;
  /** The lowest of them so far. */
  lowest: number;
  /** Epochs since the last better one. */
  stalled: number;
  /** What the rule remembers. */
  slots: Slots;
}

/** What a machine is made of. */
export interface Parts<S extends Slots> {
  readonly common: Common;
  readonly rule: Rule<S>;
  /** Every step takes the whole objective. */
  readonly whole: boolean;
}

/** The state before the first evaluation. Throws a RangeError for a batch larger than the data. */
export function newState<S extends Slots>(
  { rule, common, whole }: Parts<S>,
  start: Float64Array,
  problem: Problem,
): StochasticState {
  if (!whole) batchesOf(problem, common);
  return {
    parameters: Float64Array.from(start),
    value: NaN,
    gradient: new Float64Array(start.length).fill(NaN),
    iteration: 0,
    decrement: NaN,
    phase: START,
    steps: 0,
    batch: 0,
    current: Float64Array.from(start),
    average: new Float64Array(common.averageFrom === null ? 0 : start.length),
    averaged: 0,
    heldOut: NaN,
    lowest: Infinity,
    stalled: 0,
    slots: rule.slots(start, problem),
  };
}

/** The mean of the iterates once there is one, else the last of them. */
export function candidateOf(state: StochasticState): Float64Array {
  return state.averaged > 0 ? state.average : state.current;
}
