import type { Status } from "./optimizers/optimizer.js";

/**
 * How near a point is to the optimum, as a number that a reader can check: success means `value` ≤ `bound`.
 *
 * `newton-decrement`: W·gᵀH⁻¹g on the sum scale, twice what is left to gain in nats where the objective is nearly
 * quadratic; `duality-gap`: F less a lower bound of its minimum, in nats; `gradient-norm`: max |gradient|;
 * `kkt-residual`: the same of the shortest subgradient, where the objective has kinks.
 */
export interface Certificate {
  /** What was measured. */
  readonly kind: "newton-decrement" | "duality-gap" | "gradient-norm" | "kkt-residual";
  /** Its value; NaN if the run ended before there was one. */
  readonly value: number;
  /** The larger of what was asked for and of what the rounding of the objective leaves; null where nothing was asked. */
  readonly bound: number | null;
  /** True if the value is an estimate, such as a decrement by an approximate Hessian. */
  readonly estimate: boolean;
}

/** What came out of a minimisation. */
export interface Result {
  /** The best iterate. */
  readonly parameters: Float64Array;
  /** The objective there; NaN if the run was aborted before the first evaluation. */
  readonly value: number;
  /** Its gradient there [size]; NaN where none was taken: by a run on batches that was stopped before its epochs. */
  readonly gradient: Float64Array;
  /** max |gradient[j]|. */
  readonly gradientNorm: number;
  /** Steps taken. */
  readonly iterations: number;
  /** Evaluations of any kind. */
  readonly evaluations: number;
  /**
   * Evaluations of the value alone, with the gradient, and with the gradient and the Hessian. Each is one pass over the
   * data, whatever it computes: scores, gradient and Hessian of some rows are made while these are at hand.
   */
  readonly passes: readonly [number, number, number];
  /** Products of the Hessian with a vector, its diagonal included; each one pass too. */
  readonly products: number;
  /** Evaluations along a line, which need no pass over the data but the first on that line. */
  readonly lines: number;
  /** The optimiser's Newton decrement² on the sum scale, or its estimate of it; NaN if it has none. */
  readonly decrement: number;
  /** How near the parameters are to the optimum. */
  readonly certificate: Certificate;
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
  /** max |gradient[j]| there; NaN of a run on batches, which takes the value alone after each epoch. */
  readonly gradientNorm: number;
  /** Evaluations so far. */
  readonly evaluations: number;
}
