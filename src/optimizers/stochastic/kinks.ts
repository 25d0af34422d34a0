import type { Problem } from "../optimizer.js";

/** The gradient without the slopes of absolute values, in place. */
export function removeKinks(gradient: Float64Array, parameters: Float64Array, { prox }: Problem): void {
  if (prox === null) return;
  for (let j = 0; j < gradient.length; j++) gradient[j]! -= prox.rate[j]! * Math.sign(parameters[j]! - prox.center[j]!);
}

/** The smallest slope by parameter j: an absolute value at its kink takes away up to its rate. */
export function leastSlope(slope: number, value: number, j: number, { prox }: Problem): number {
  if (prox === null || value !== prox.center[j]) return slope;
  return Math.max(0, Math.abs(slope) - prox.rate[j]!);
}
