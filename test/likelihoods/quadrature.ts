/**
 * Expectations under a density that is given by its logarithm: sums and double-exponential quadrature.
 *
 * @module
 */
import { preciseSum } from "../support.js";

/** Where targets live. */
export type Support = "reals" | "positive" | readonly number[];

/** Counts that are added up. */
const MOST = 4000;
export const COUNTS: readonly number[] = Array.from({ length: MOST }, (_, k) => k);

/** Nodes and weights of ∫₀^∞ f(u) du, u = exp(π/2·sinh t). */
const NODES = Array.from({ length: 769 }, (_, i) => {
  const t = (i - 384) / 64;
  const u = Math.exp((Math.PI / 2) * Math.sinh(t));
  return [u, ((Math.PI / 2) * Math.cosh(t) * u) / 64] as const;
}).filter(([u, weight]) => u > 0 && Number.isFinite(weight) && u < 1e60);

/** Nodes and weights of ∫ f over (−1, 1), by tanh of π/2·sinh t. */
const INNER = Array.from({ length: 449 }, (_, i) => {
  const t = (i - 224) / 64;
  const x = (Math.PI / 2) * Math.sinh(t);
  return [Math.tanh(x), ((Math.PI / 2) * Math.cosh(t)) / Math.cosh(x) ** 2 / 64] as const;
});

/** Points and weights of a support; on the line its halves beyond the first and last break, and the pieces between. */
export function pointsOf(support: Support, breaks: readonly number[]): { y: Float64Array; weights: Float64Array } {
  const points: [number, number][] = [];
  if (support === "positive") points.push(...NODES.map(([u, weight]): [number, number] => [u, weight]));
  else if (support === "reals") {
    for (const [u, weight] of NODES) points.push([breaks[0] - u, weight], [breaks[breaks.length - 1] + u, weight]);
    breaks.slice(1).forEach((b, i) => {
      const [middle, half] = [(b + breaks[i]) / 2, (b - breaks[i]) / 2];
      for (const [x, weight] of INNER) points.push([middle + half * x, half * weight]);
    });
  } else points.push(...support.map((y): [number, number] => [y, 1]));
  return { y: Float64Array.from(points, ([y]) => y), weights: Float64Array.from(points, ([, weight]) => weight) };
}

/** E f(y) from points, weights and log densities there. */
export function expectation(
  { y, weights }: { y: Float64Array; weights: Float64Array },
  logDensity: Float64Array,
  f: (y: number) => number,
): number {
  return preciseSum(
    y.map((value, i) => {
      const mass = Math.exp(logDensity[i]) * weights[i];
      return mass === 0 ? 0 : mass * f(value);
    }),
  );
}
