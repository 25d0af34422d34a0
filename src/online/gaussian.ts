/**
 * A normal distribution of the parameters by its mean and precision, the packed lower triangle of a positive definite
 * matrix.
 *
 * @module
 */

import { fail } from "../check.js";
import { type Ldlt, factorLdlt } from "../linalg/ldlt.js";
import { dotRange } from "../linalg/vector.js";

export interface Gaussian {
  /** [size]. */
  readonly mean: Float64Array;
  /** Entry (a, b), a ≥ b, at a(a+1)/2 + b. */
  readonly precision: Float64Array;
}

/** out = A·x of a packed lower triangle. */
function times(packed: Float64Array, x: Float64Array, out: Float64Array): void {
  for (let a = 0, start = 0; a < x.length; a++, start += a) {
    out[a] = 0;
    for (let b = 0; b < a; b++) {
      out[a]! += packed[start + b]! * x[b]!;
      out[b]! += packed[start + b]! * x[a]!;
    }
    out[a]! += packed[start + a]! * x[a]!;
  }
}

/** ½(θ − mean)ᵀ·precision·(θ − mean); its gradient is added to `gradient` unless that is null. */
export function surprisalUnder(
  { mean, precision }: Gaussian,
  parameters: Float64Array,
  gradient: Float64Array | null,
): number {
  const distance = parameters.map((value, j) => value - mean[j]!);
  const slope = new Float64Array(mean.length);
  times(precision, distance, slope);
  if (gradient !== null) for (let j = 0; j < slope.length; j++) gradient[j]! += slope[j]!;
  return 0.5 * dotRange(distance, 0, slope, 0, slope.length);
}

/** The normalised product of powers now^share·before^(1 − share): normal again. */
export function mixed(now: Gaussian, before: Gaussian, share: number): Gaussian {
  if (share === 1) return now;
  const rest = 1 - share;
  const precision = now.precision.map((value, at) => share * value + rest * before.precision[at]!);
  const pull = new Float64Array(now.mean.length);
  const other = new Float64Array(now.mean.length);
  times(now.precision, now.mean, pull);
  times(before.precision, before.mean, other);
  for (let j = 0; j < pull.length; j++) pull[j] = share * pull[j]! + rest * other[j]!;
  const mean = new Float64Array(pull.length);
  factorOf(precision, pull.length).solve(pull, mean);
  return { mean, precision };
}

/** The factors of a precision. Throws a RangeError, naming X, where it is not positive definite to rounding. */
export function factorOf(precision: Float64Array, size: number, argument = "X"): Ldlt {
  const factor = factorLdlt(precision, size);
  if (!factor.definite || factor.rank < size) {
    fail("range", argument, "a precision that is positive definite to rounding", "one that is not");
  }
  return factor;
}
