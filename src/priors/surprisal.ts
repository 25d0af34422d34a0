/**
 * The surprisal of parameters under the terms of a prior and its derivatives, coordinate by coordinate. The absolute
 * values have derivative 0 at their kink.
 *
 * @module
 */

import type { Terms } from "./terms.js";

/** Σ ½·precision·r² + rate·|r| + smooth(r), r = θ − mean, in order of the parameters. */
export function surprisalOf(terms: Terms, parameters: Float64Array): number {
  const { precision, rate, mean, smooth } = terms;
  let sum = 0;
  for (let j = 0; j < precision.length; j++) {
    const distance = parameters[j] - mean[j];
    if (precision[j] !== 0) sum += 0.5 * precision[j] * (distance * distance);
    if (rate[j] !== 0) sum += rate[j] * Math.abs(distance);
    if (smooth !== null && smooth[j] !== null) sum += smooth[j]!.value(distance);
  }
  return sum;
}

/** Its derivative by parameter j. */
export function slopeOf({ precision, rate, mean, smooth }: Terms, parameters: Float64Array, j: number): number {
  const distance = parameters[j] - mean[j];
  let slope = precision[j] === 0 ? 0 : precision[j] * distance;
  if (rate[j] !== 0) slope += rate[j] * Math.sign(distance);
  if (smooth !== null && smooth[j] !== null) slope += smooth[j]!.slope(distance);
  return slope;
}

/** Its second derivative by parameter j; of an absolute value 0. */
export function curvatureOf({ precision, mean, smooth }: Terms, parameters: Float64Array, j: number): number {
  if (smooth === null || smooth[j] === null) return precision[j];
  return precision[j] + smooth[j]!.curvature(parameters[j] - mean[j]);
}

/** Its derivative along a direction. */
export function slopeAlong(terms: Terms, parameters: Float64Array, direction: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < direction.length; j++) sum += slopeOf(terms, parameters, j) * direction[j];
  return sum;
}

/** And the second. */
export function curvatureAlong(terms: Terms, parameters: Float64Array, direction: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < direction.length; j++) {
    sum += curvatureOf(terms, parameters, j) * direction[j] * direction[j];
  }
  return sum;
}
