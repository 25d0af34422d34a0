import type { Status } from "./optimizers/optimizer.js";

/** What came out of a minimisation. */
export interface Result {
  /** The best iterate. */
  readonly parameters: Float64Array;
  /** The objective there; NaN if the run was aborted before the first evaluation. */
  readonly value: number;
  /** Its gradient there [size]. */
  readonly gradient: Float64Array;
  /** max |gradient[j]|. */
  readonly gradientNorm: number;
  /** Steps taken. */
  readonly iterations: number;
  /** Evaluations of any kind. */
  readonly evaluations: number;
  /** Evaluations of the value alone, with the gradient, and with the Hessian. */
  readonly passes: readonly [number, number, number];
  /** The optimiser's Newton decrement² on the sum scale, or its estimate of it; NaN if it has none. */
  readonly decrement: number;
  /** How the run ended, in a word. */
  readonly status: Status;
  /** Why the run ended, as a sentence. */
  readonly reason: string;
  /** True for the statuses "converged" and "stationary". */
  readonly converged: boolean;
  /** Name of the optimiser. */
  readonly optimizer: string;
  /** Why this optimiser, if it was chosen automatically. */
  readonly choice: string | null;
  /** A direction in parameter space that proves the status, where there is one. */
  readonly witness: Float64Array | null;
}

/** Told once per iteration. */
export interface Progress {
  /** Steps taken so far. */
  readonly iteration: number;
  /** The objective at the best iterate. */
  readonly value: number;
  /** max |gradient[j]| there. */
  readonly gradientNorm: number;
  /** Evaluations so far. */
  readonly evaluations: number;
}
