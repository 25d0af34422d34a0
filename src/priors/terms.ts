import { fail } from "../check.js";

/**
 * How the parameters of a model lie in θ: one row [intercept, coefficients] per output, the intercept only if there is
 * one. In a network one such row per unit, layer after layer from the side of the features. Thresholds come before it all.
 */
export interface Layout {
  readonly outputs: number;
  readonly features: number;
  readonly intercept: boolean;
  /** Units of the layers between features and outputs; none if not given. */
  readonly hidden?: readonly number[];
  /** Numbers at the start of θ that divide classes in order, which no prior is of; none if not given. */
  readonly thresholds?: number;
}

/** One layer of θ: [units × (1 + inputs)] from `begin` on, without the 1 where there is no intercept. */
export interface Layer {
  readonly inputs: number;
  readonly units: number;
  readonly begin: number;
  readonly end: number;
}

/** The layers of θ; a linear model has one. */
export function layersOf({ outputs, features, intercept, hidden = [], thresholds = 0 }: Layout): Layer[] {
  let inputs = features;
  let begin = thresholds;
  return [...hidden, outputs].map((units) => {
    const layer = { inputs, units, begin, end: begin + units * (inputs + (intercept ? 1 : 0)) };
    inputs = units;
    begin = layer.end;
    return layer;
  });
}

/** Length of θ. */
export function sizeOf(layout: Layout): number {
  return layersOf(layout).at(-1)!.end;
}

/** Coefficients that a prior of one number each must name: those of an output, which share them; all of a network. */
export function coefficientsOf(layout: Layout): number {
  if (layout.hidden === undefined) return layout.features;
  return layersOf(layout).reduce((sum, { inputs, units }) => sum + inputs * units, 0);
}

/** Calls back with the place in θ of every coefficient and its number among {@link coefficientsOf}. */
export function eachCoefficient(layout: Layout, visit: (place: number, column: number) => void): void {
  const first = layout.intercept ? 1 : 0;
  const columns = coefficientsOf(layout);
  let count = 0;
  for (const { inputs, units, begin } of layersOf(layout)) {
    for (let k = 0; k < units; k++) {
      for (let j = 0; j < inputs; j++) visit(begin + k * (inputs + first) + first + j, count++ % columns);
    }
  }
}

/** Calls back with the place in θ of every intercept. */
export function eachIntercept(layout: Layout, visit: (place: number) => void): void {
  if (!layout.intercept) return;
  for (const { inputs, units, begin } of layersOf(layout)) {
    for (let k = 0; k < units; k++) visit(begin + k * (inputs + 1));
  }
}

/** What one parameter adds beyond quadratics and absolute values, as a function of its distance θ_j − mean_j. */
export interface SmoothTerm {
  value(distance: number): number;
  slope(distance: number): number;
  curvature(distance: number): number;
  /** True if it is convex; not known to be without it. */
  readonly convex?: boolean;
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

/** True if what they add is convex. */
export function isConvex({ smooth }: Terms): boolean {
  return smooth === null || smooth.every((term) => term === null || term.convex === true);
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
export function namesIntercept(terms: Terms, layout: Layout): boolean {
  let named = false;
  eachIntercept(layout, (j) => (named ||= !isFree(terms, j)));
  return named;
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
    ...(term.convex !== undefined && { convex: term.convex }),
  };
}

/** The terms as functions of coefficients that are these divided by a factor each; intercepts stay as they are. */
export function rescaled(
  { precision, rate, mean, smooth }: Terms,
  { outputs, features, intercept, thresholds = 0 }: Layout,
  factorOf: (column: number) => number,
): Terms {
  const shift = intercept ? 1 : 0;
  const factors = Float64Array.from({ length: thresholds + outputs * (features + shift) }, (_, at) => {
    const column = at < thresholds ? -1 : ((at - thresholds) % (features + shift)) - shift;
    return column < 0 ? 1 : factorOf(column);
  });
  return {
    precision: precision.map((p, j) => p * factors[j] * factors[j]),
    rate: rate.map((a, j) => a * factors[j]),
    mean: mean.map((m, j) => m / factors[j]),
    smooth: smooth?.map((term, j) => (term === null ? null : scaledBy(term, factors[j]))) ?? null,
  };
}

function scaledBy(term: SmoothTerm, factor: number): SmoothTerm {
  return {
    value: (distance) => term.value(factor * distance),
    slope: (distance) => factor * term.slope(factor * distance),
    curvature: (distance) => factor * factor * term.curvature(factor * distance),
    ...(term.convex !== undefined && { convex: term.convex }),
  };
}
