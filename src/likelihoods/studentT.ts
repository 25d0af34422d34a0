import { studentT as loss } from "../losses/studentT.js";
import { fail } from "../check.js";
import type { Distribution } from "../distributions/distribution.js";
import type { Loss } from "../losses/loss.js";
import { isEstimate, jointParameter } from "./joint.js";
import type { Likelihood } from "./likelihood.js";

/** Options of a Student t likelihood. */
export interface StudentTLikelihoodOptions {
  /** ν, in [1e-100, 1e100]. */
  readonly df: number;
  /** In units of the target, in [1e-100, 1e100]. "estimate": it is found together with the coefficients. */
  readonly scale: number | "estimate";
  /** Beside "estimate": the prior of the scale, a smooth density on all numbers > 0; without it the same everywhere. */
  readonly scalePrior?: Distribution;
}

/**
 * Student t distribution of a number around the score: heavy tails, so that outliers hardly pull.
 *
 * With ν degrees of freedom and u = (y − z)/scale: −log density = ½(ν + 1)·ln(1 + u²/ν) + ln B(½, ν/2) + ½ ln ν + ln scale
 * nats; scores, targets: [rows]; any finite target; mean z for ν > 1, else NaN; variance scale²·ν/(ν − 2) for ν > 2, Infinity
 * down to 1, else NaN. Loss: Student t, which is not convex. Samples: a normal number over the root of a gamma number. With a `scale` of "estimate" it
 * is for `mle`, `map` and `generalizedLinearModel` alone, which find scale and coefficients together.
 *
 * @param options - `df`: ν; `scale`, in units of the target; both in [1e-100, 1e100]; or "estimate", with `scalePrior` of
 *   distributions.
 * @returns The likelihood.
 * @throws TypeError or RangeError for a `df` or `scale` outside its range.
 * @see Lange, Little & Taylor, "Robust statistical modeling using the t distribution", JASA 84 (1989)
 * @example
 * const studentT = likelihoods.studentT({ df: 4, scale: 1 });
 * studentT.logDensity([1, 30], [0, 0]); // → [-1.538688131297, -14.532166751192]
 * studentT.variance([1]); // → [2]
 */
export function studentT(options: StudentTLikelihoodOptions): Likelihood {
  const { df, scale, scalePrior, ...others } = options ?? {};
  if (!isEstimate("scale", scale, scalePrior)) return loss({ df, scale: scale as number, ...others }).likelihood!;
  const at = (value: number): Likelihood => loss({ df, scale: value, ...others }).likelihood!;
  const known = at(1);
  const refuse = (): never =>
    fail("range", "likelihood", "a known scale: studentT({ df, scale })", "one to be estimated");
  return Object.freeze<Likelihood>({
    ...known,
    ...jointParameter("scale", scalePrior, at),
    ...{ dispersion: null, variance: refuse, sample: refuse, constant: refuse, logDensity: refuse },
    loss: Object.freeze<Loss>({
      ...{ ...known.loss, likelihood: null },
      ...{ value: refuse, gradient: refuse, valueAndGradient: refuse, hessian: refuse, each: refuse, kernels: refuse },
    }),
  });
}
