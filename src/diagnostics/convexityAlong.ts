import { allocate, checkNumber, checkOptions, fail } from "../check.js";
import { EPSILON } from "../constants.js";
import { dot } from "../linalg/vector.js";
import type { Minimizable } from "../optimizers/objective.js";
import { observe, readPoint, say } from "./function.js";

/** How an objective curves along a line. */
export interface ConvexityAlong {
  /** False if its slope falls somewhere by more than rounding: then it is not convex. */
  readonly convex: boolean;
  /** The two t between which its slope falls most; null if it never falls. */
  readonly between: readonly [number, number] | null;
  /** t of each point, from 0 to 1. */
  readonly t: Float64Array;
  /** The value at each: what a picture shows. */
  readonly values: Float64Array;
  /** Its derivative by t. */
  readonly slopes: Float64Array;
  /** What that means. */
  readonly sentence: string;
}

/**
 * Walks a straight line through the parameters and looks whether the slope ever falls, as a convex function's never does.
 *
 * @param objective - Of this library, or whatever `minimize` takes.
 * @param from - θ at t = 0: [size] finite numbers.
 * @param to - θ at t = 1.
 * @param options - `points`: how many to look at, 3 or more (default 101).
 * @returns `convex`, `between`, the `values` and `slopes` at `t`, and a sentence. `convex: true` says that these points do
 *   not contradict it.
 * @throws TypeError or RangeError for another thing, other lengths, or where the objective is not finite.
 * @see Boyd & Vandenberghe, *Convex Optimization*, 2004, §3.1.1
 * @example
 * const model = models.linear({ intercept: false });
 * const data = dataset([[-0.5], [-1], [1], [8]], [1, 0, 1, 0]);
 * const squared = objective({ data, model, loss: losses.brier() });
 * const crossEntropy = objective({ data, model, loss: losses.binaryCrossEntropy() });
 * diagnostics.convexityAlong(squared, [-1], [2]).convex; // → false
 * diagnostics.convexityAlong(crossEntropy, [-1], [2]).convex; // → true
 */
export function convexityAlong(
  objective: Minimizable,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  options: { readonly points?: number } = {},
): ConvexityAlong {
  checkOptions("options", options, ["points"]);
  const points = checkNumber("points", options.points === undefined ? 101 : options.points, { min: 3, integer: true });
  const { size, at } = observe(objective);
  const start = readPoint("from", from, size);
  const direction = readPoint("to", to, size).map((end, j) => end - start[j]);
  const t = allocate("points", points).map((_, i) => i / (points - 1));
  const [values, slopes, roundings] = [0, 0, 0].map(() => new Float64Array(points));
  t.forEach((fraction, row) => {
    const { value, gradient } = at(start.map((s, j) => s + fraction * direction[j]));
    values[row] = value;
    slopes[row] = dot(gradient, direction);
    roundings[row] = 64 * EPSILON * gradient.reduce((sum, g, j) => sum + Math.abs(g * direction[j]), Math.abs(value));
    if (!Number.isFinite(value) || !Number.isFinite(slopes[row])) {
      fail("range", "to", "a line on which value and gradient are finite", value, { row });
    }
  });
  const fall = largestFall(slopes, roundings);
  return { convex: fall === null, between: fall && [t[fall[0]], t[fall[1]]], t, values, slopes, sentence: sentence() };

  function sentence(): string {
    if (fall === null)
      return `At ${points} points of this line the slope never falls: nothing speaks against convexity.`;
    const [a, b] = fall.map((i) => `${say(slopes[i])} at t = ${say(t[i])}`);
    return `Not convex along this line: its slope falls from ${a} to ${b}.`;
  }
}

/** The pair i < j with the largest fall of slopes beyond rounding, or null. */
function largestFall(slopes: Float64Array, roundings: Float64Array): [number, number] | null {
  let highest = 0;
  let worst: [number, number] | null = null;
  let most = 0;
  for (let i = 1; i < slopes.length; i++) {
    const fall = slopes[highest] - slopes[i];
    if (fall > roundings[highest] + roundings[i] && fall > most) {
      most = fall;
      worst = [highest, i];
    }
    if (slopes[i] > slopes[highest]) highest = i;
  }
  return worst;
}
