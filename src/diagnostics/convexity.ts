import { EPSILON } from "../constants.js";
import { symmetricEigen } from "../linalg/symmetricEigen.js";
import type { Minimizable } from "../optimizers/objective.js";
import { finiteHessian, observe, readPoint, say } from "./function.js";

/** How an objective curves at a point. */
export interface Convexity {
  /** False where it curves down in some direction by more than rounding. */
  readonly convex: boolean;
  /** The smallest second derivative of any direction: the least eigenvalue of the Hessian. */
  readonly smallest: number;
  /** The largest one. */
  readonly largest: number;
  /** The direction of the smallest one, of length 1: [size]. */
  readonly direction: Float64Array;
  /** What that means. */
  readonly sentence: string;
}

/**
 * How an objective curves at a point: the least and the largest eigenvalue of its Hessian, and the direction of the least.
 *
 * Convex at one point proves nothing elsewhere; not convex at one point settles the matter. The Hessian is the
 * objective's own, made of its products with vectors where it offers only these, or of differences of order 8 of its
 * gradient. An eigenvalue above −64·size·ε times the largest counts as 0.
 *
 * @param objective - Of this library, or whatever `minimize` takes.
 * @param at - θ: [size] finite numbers.
 * @returns `convex`, `smallest`, `largest`, `direction`, and a sentence.
 * @throws TypeError or RangeError for another thing, another length, or a Hessian that is not finite there.
 * @see Boyd & Vandenberghe, *Convex Optimization*, 2004, §3.1.4
 * @example
 * const model = models.linear({ intercept: false });
 * const data = dataset([[1]], [1]);
 * const squared = objective({ data, model, loss: losses.brier() }); // the squared error of a sigmoid
 * diagnostics.convexity(squared, [-2]).convex; // → false
 * diagnostics.convexity(squared, [0]).convex; // → true
 */
export function convexity(objective: Minimizable, at: ArrayLike<number>): Convexity {
  const observed = observe(objective);
  const { size } = observed;
  const point = readPoint("at", at, size);
  const { values, vectors } = symmetricEigen(finiteHessian(observed, point), size);
  const [smallest, largest] = [values[0], values[size - 1]];
  const rounding = 64 * size * EPSILON * Math.max(Math.abs(smallest), Math.abs(largest));
  const convex = smallest >= -rounding;
  return {
    convex,
    smallest,
    largest,
    direction: vectors.slice(0, size),
    sentence: sentenceOf(convex, smallest, largest, rounding),
  };
}

function sentenceOf(convex: boolean, smallest: number, largest: number, rounding: number): string {
  if (!convex) {
    return largest <= rounding
      ? `Not convex: here it curves down in every direction, by ${say(smallest)} at most.`
      : `Not convex: here one direction curves down (${say(smallest)}) while another curves up (${say(largest)}).`;
  }
  if (largest <= rounding) return "Flat: here no direction curves at all.";
  if (smallest <= rounding) return `Curves up here, but not in every direction: one is flat (up to ${say(largest)}).`;
  return `Curves up here in every direction, by ${say(smallest)} to ${say(largest)}.`;
}
