import type { Dataset } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Capability, Order } from "../optimizers/optimizer.js";
import type { Layout } from "../priors/terms.js";

/** A family of functions from rows and parameters θ to scores. */
export interface Model {
  /** Name of its factory in `models`. */
  readonly name: string;
  /** The model without parameters as plain JSON; `models.fromJSON` reads it. */
  toJSON(): unknown;
  /**
   * The model on this data under this loss, with workspace for evaluations.
   *
   * @internal
   */
  bind(data: Dataset, outputs: number, kernels: LossKernels): BoundModel;
  /**
   * Where a minimisation starts if nobody says; zeros without it.
   *
   * @internal
   */
  readonly start?: (columns: number, outputs: number) => Float64Array;
  /**
   * Scores of new rows by parameters; those of a linear model without it.
   *
   * @internal
   */
  readonly scorer?: (columns: number, outputs: number, parameters: Float64Array) => RowScorer;
}

/** Scores of one row, x[begin ...], to out[at ...]. Allocates nothing. */
export type RowScorer = (x: Float64Array, begin: number, out: Float64Array, at: number) => void;

/** A model on its data: sums over rows and their derivatives. */
export interface BoundModel {
  readonly layout: Layout;
  /** What hidden units do, where there are any. */
  readonly activation?: string;
  /** Scores are linear in θ: a convex loss gives a convex objective. */
  readonly linear: boolean;
  readonly capabilities: readonly Capability[];
  /** Starts at θ, which is copied; of too many evaluations under way at once the oldest is void. */
  begin(parameters: Float64Array, order: Order): DataEvaluation;
  /** Σ w·ℓ differentiated by every feature: [rows × columns]. */
  inputGradient?(parameters: Float64Array): Float64Array;
  /** The Hessian of Σ w·ℓ at θ times a direction, or its diagonal where that is null; as `begin` otherwise. */
  beginProduct?(parameters: Float64Array, direction: Float64Array | null): DataEvaluation;
  /** One matrix for all outputs, in place of the Hessian of Σ w·ℓ at θ: its `hessian` is that of one output. */
  beginCommon?(parameters: Float64Array): DataEvaluation;
  /** Value, slope and curvature of Σ w·ℓ at θ + step·direction; as `begin` otherwise. */
  beginLine?(parameters: Float64Array, direction: Float64Array, step: number): LineEvaluation;
  /**
   * Where the quadratic model of Σ w·ℓ at θ has its minimum, in `product`; of one output. Its value is −Infinity where it falls
   * without end along a coordinate, which then stays.
   */
  beginCoordinates?(parameters: Float64Array, model: CoordinateModel): DataEvaluation;
  /** [rows × outputs]: the scores of the data's own rows. */
  scores(parameters: Float64Array): Float64Array;
  /** Calls back with every row's number and features, in order; the array is used again. */
  eachRow(visit: (row: number, features: Float64Array) => void): void;
}

/**
 * What goes with the quadratic model of Σ w·ℓ/scale at θ: ½dᵀ(H + ridge)d + slope·d + Σ rate·|θ + d − center|, over the
 * coordinates whose slope is not NaN; and how much shorter than the first the last sweep over these is to be.
 */
export interface CoordinateModel {
  readonly scale: number;
  readonly slope: Float64Array;
  readonly ridge: Float64Array;
  readonly rate: ArrayLike<number>;
  readonly center: ArrayLike<number>;
  readonly accuracy: number;
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
  /** Filled by `beginProduct`. */
  readonly product?: Float64Array;
}

/** Σ w·ℓ along a line, with its first and second derivative by the distance; written when done. */
export interface LineEvaluation extends DataEvaluation {
  slope: number;
  curvature: number;
}
