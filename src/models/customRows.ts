/**
 * What a model of one's own states, row by row, and what a leaf of rows holds.
 *
 * @module
 */

/** What a model of one's own is made of: functions of one row. */
export interface CustomModel {
  /** Its name. */
  readonly name: string;
  /** Length of θ for a number of columns and of scores per row. */
  readonly size: (columns: number, outputs: number) => number;
  /** Writes the scores of a row to `out` [outputs], from θ [size] and its features [columns]. */
  readonly scores: (parameters: Float64Array, features: Float64Array, out: Float64Array) => void;
  /** Adds to `out` [size] the derivative by θ of Σ_k slopes_k·score_k of a row; slopes: [outputs]. */
  readonly gradient: (
    parameters: Float64Array,
    features: Float64Array,
    slopes: Float64Array,
    out: Float64Array,
  ) => void;
  /**
   * Adds to `out` [size] the second derivative by θ of Σ_k slopes_k·score_k of a row, times direction [size]; nothing for
   * scores linear in θ. With it objectives have Hessian times vector, for `optimizers.newtonCG` and diagnostics.
   */
  readonly hessianVector?: (
    parameters: Float64Array,
    features: Float64Array,
    slopes: Float64Array,
    direction: Float64Array,
    out: Float64Array,
  ) => void;
  /**
   * Adds to `out`, a packed lower triangle with entry (a, b), a ≥ b, at a(a + 1)/2 + b, the second derivative by θ of
   * Σ_k slopes_k·score_k of a row; nothing for scores linear in θ. With it objectives have their Hessian, for
   * `optimizers.newton` and Laplace's approximation, and Hessian times vector too.
   */
  readonly hessian?: (
    parameters: Float64Array,
    features: Float64Array,
    slopes: Float64Array,
    out: Float64Array,
  ) => void;
  /** Where a minimisation starts if nobody says; zeros without it. */
  readonly start?: (columns: number, outputs: number) => ArrayLike<number>;
}

/** Functions of a row, and the length of θ. */
export interface CustomModelRows extends Omit<CustomModel, "size" | "start"> {
  readonly size: number;
}

/** A leaf of rows: their features, scores and derivatives by the scores, with what they are compared with. */
export interface Leaf {
  readonly features: readonly Float64Array[];
  readonly scores: Float64Array;
  readonly residuals: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array | null;
}
