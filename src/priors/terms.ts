/** How the parameters of a model lie in θ: one row [intercept, coefficients] per output, the intercept only if there is one. */
export interface Layout {
  readonly outputs: number;
  readonly features: number;
  readonly intercept: boolean;
}

/** Length of θ. */
export function sizeOf({ outputs, features, intercept }: Layout): number {
  return outputs * (features + (intercept ? 1 : 0));
}

/** What a prior adds to the summed surprisal: Σ ½·precision_j·(θ_j − mean_j)², constants left out. */
export interface Terms {
  readonly precision: Float64Array;
  readonly mean: Float64Array;
}

/** Terms of a prior that says nothing. */
export function flatTerms(layout: Layout): Terms {
  const size = sizeOf(layout);
  return { precision: new Float64Array(size), mean: new Float64Array(size) };
}
