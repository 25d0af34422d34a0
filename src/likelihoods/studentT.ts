import { studentT as loss } from "../losses/studentT.js";
import type { Likelihood } from "./likelihood.js";

/**
 * Student t distribution of a number around the score: heavy tails, so that outliers hardly pull.
 *
 * With ν degrees of freedom and u = (y − z)/scale: −log density = ½(ν + 1)·ln(1 + u²/ν) + ln B(½, ν/2) + ½ ln ν + ln scale
 * nats; scores, targets: [rows]; any finite target; mean z for ν > 1, else NaN; variance scale²·ν/(ν − 2) for ν > 2, Infinity
 * down to 1, else NaN. Loss: Student t, which is not convex. Samples: a normal number over the root of a gamma number.
 *
 * @param options - `df`: ν; `scale`, in units of the target; both in [1e-100, 1e100].
 * @returns The likelihood.
 * @throws TypeError or RangeError for a `df` or `scale` outside its range.
 * @see Lange, Little & Taylor, "Robust statistical modeling using the t distribution", JASA 84 (1989)
 * @example
 * const studentT = likelihoods.studentT({ df: 4, scale: 1 });
 * studentT.logDensity([1, 30], [0, 0]); // → [-1.538688131297, -14.532166751192]
 * studentT.variance([1]); // → [2]
 */
export function studentT(options: { readonly df: number; readonly scale: number }): Likelihood {
  return loss(options).likelihood!;
}
