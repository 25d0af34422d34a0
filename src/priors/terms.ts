import { fail } from "../check.js";

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

/** What one parameter adds beyond quadratics and absolute values, as a function of its distance θ_j − mean_j. */
export interface SmoothTerm {
  value(distance: number): number;
  slope(distance: number): number;
  curvature(distance: number): number;
}

/**
 * What a prior adds to the summed surprisal, constants left out: with r_j = θ_j − mean_j
 * Σ ½·precision_j·r_j² + rate_j·|r_j| + smooth_j(r_j).
 */
export interface Terms {
  readonly precision: Float64Array;
  readonly rate: Float64Array;
  readonly mean: Float64Array;
  /** One per parameter, null where there is none; null if there is none at all. */
  readonly smooth: readonly (SmoothTerm | null)[] | null;
}

/** Terms of a prior that says nothing. */
export function flatTerms(layout: Layout): Terms {
  const size = sizeOf(layout);
  const zeros = (): Float64Array => new Float64Array(size);
  return { precision: zeros(), rate: zeros(), mean: zeros(), smooth: null };
}

/** True if the terms say nothing of parameter j. */
export function isFree({ precision, rate, smooth }: Terms, j: number): boolean {
  return precision[j] === 0 && rate[j] === 0 && (smooth === null || smooth[j] === null);
}

/** True if they say nothing of any parameter. */
export function isFlat(terms: Terms): boolean {
  return terms.precision.every((_, j) => isFree(terms, j));
}

/** True if they name an intercept of this layout. */
export function namesIntercept(terms: Terms, { outputs, intercept }: Layout): boolean {
  const stride = terms.precision.length / outputs;
  return intercept && terms.precision.some((_, j) => j % stride === 0 && !isFree(terms, j));
}

/** A number times a factor, both > 0; throws a RangeError where that overflows or vanishes. 0 stays 0. */
export function checkedProduct(argument: string, value: number, factor: number): number {
  const product = value * factor;
  if (value !== 0 && !(product > 0 && product < Infinity)) {
    fail("range", argument, "numbers whose products with this prior or penalty neither overflow nor vanish", product);
  }
  return product;
}

/** The terms times a factor. */
export function scaleTerms({ precision, rate, mean, smooth }: Terms, factor: number): Terms {
  const times = (value: number): number => checkedProduct("totalWeight", value, factor);
  return {
    precision: precision.map(times),
    rate: rate.map(times),
    mean,
    smooth: smooth === null ? null : smooth.map((term) => (term === null ? null : scaledTerm(term, factor))),
  };
}

function scaledTerm(term: SmoothTerm, factor: number): SmoothTerm {
  return {
    value: (distance) => factor * term.value(distance),
    slope: (distance) => factor * term.slope(distance),
    curvature: (distance) => factor * term.curvature(distance),
  };
}
