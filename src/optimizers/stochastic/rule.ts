import type { Problem } from "../optimizer.js";

/** What a rule remembers between steps: numbers, and vectors of the length of the parameters. */
export type Slots = { [name: string]: number | Float64Array };

/** How one gradient moves the parameters. */
export interface Rule<S extends Slots = Slots> {
  /** What it remembers before the first step from `start`. */
  slots(start: Float64Array, problem: Problem): S;
  /**
   * Moves `parameters` by a step of this rate. `gradient` is that of the smooth part and may be written over; `step`
   * counts from 1.
   */
  update(
    parameters: Float64Array,
    gradient: Float64Array,
    slots: S,
    rate: number,
    step: number,
    problem: Problem,
  ): void;
  /** What the rate of coordinate j is multiplied by, > 0. */
  scale(slots: S, j: number): number;
  /** Refuses, by name, what it cannot remember after so many steps; vectors are finite, sums of squares ≥ 0 already. */
  check?(slots: S, steps: number): void;
  /** What of the prox it takes care of itself; without it objectives with kinks are refused. */
  readonly prox?: boolean;
}
