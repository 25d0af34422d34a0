import type { Dataset } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Capability, Order } from "../optimizers/optimizer.js";
import type { Layout } from "../priors/terms.js";

/** A family of functions from rows and parameters θ to scores. */
export interface Model {
  /** Name of its factory in `models`. */
  readonly name: string;
  /**
   * The model on this data under this loss, with workspace for evaluations.
   *
   * @internal
   */
  bind(data: Dataset, outputs: number, kernels: LossKernels): BoundModel;
}

/** A model on its data: sums over rows and their derivatives. */
export interface BoundModel {
  readonly layout: Layout;
  /** Scores are linear in θ: a convex loss gives a convex objective. */
  readonly linear: boolean;
  readonly capabilities: readonly Capability[];
  /** Starts over at θ, which is copied; an evaluation begun before is void. */
  begin(parameters: Float64Array, order: Order): DataEvaluation;
  /** [rows × outputs]: the scores of the data's own rows. */
  scores(parameters: Float64Array): Float64Array;
  /** Calls back with every row's number and features, in order; the array is used again. */
  eachRow(visit: (row: number, features: Float64Array) => void): void;
}

/** Σ w·ℓ over the rows and its derivatives by θ, leaf by leaf. */
export interface DataEvaluation {
  readonly done: boolean;
  /** Does up to `units` more units of whole leaves; returns `done`. */
  advance(units: number): boolean;
  readonly value: number;
  /** Written in place when done. */
  readonly gradient: Float64Array;
  readonly hessian: Float64Array | null;
}
