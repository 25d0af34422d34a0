/** lower_j ≤ θ_j ≤ upper_j. */
export interface Bounds {
  /** [size], −Infinity where there is no bound; none at all if not given. */
  readonly lower?: ArrayLike<number>;
  /** [size], Infinity where there is no bound; none at all if not given. */
  readonly upper?: ArrayLike<number>;
}

/** Bounds that are all there. */
export interface Box {
  /** [size]; −Infinity where there is no bound. */
  readonly lower: Float64Array;
  /** [size], ≥ lower; Infinity where there is no bound. */
  readonly upper: Float64Array;
}
