import { checkNumber, checkOptions, fail } from "../check.js";
import { unitDeviance } from "../special/unitDeviance.js";
import { readFinite, readWeights, weightedMean, type WeightedOptions } from "./rows.js";

/** Options of the Tweedie deviance. */
export interface TweedieDevianceOptions extends WeightedOptions {
  /** p in the variance μᵖ: 0 normal, 1 Poisson, 2 gamma, 3 inverse Gaussian; not between 0 and 1. */
  readonly power: number;
}

/** Which targets a power takes: [words, test]. */
function domainOf(power: number): readonly [string, (y: number) => boolean] {
  if (power <= 0) return ["a finite number", () => true];
  return power < 2 ? ["a finite number >= 0", (y) => y >= 0] : ["a finite number > 0", (y) => y > 0];
}

function deviance(
  means: ArrayLike<number>,
  targets: ArrayLike<number>,
  power: number,
  weights: ArrayLike<number> | undefined,
): number {
  const y = readFinite("targets", targets);
  const mu = readFinite("means", means, y.length);
  const [expected, holds] = domainOf(power);
  y.forEach((value, row) => {
    if (!holds(value)) fail("range", "targets", expected, value, { row });
    if (power !== 0 && !(mu[row] > 0)) fail("range", "means", "a finite number > 0", mu[row], { row });
  });
  return weightedMean(y.length, readWeights(weights, y.length), (i) => unitDeviance(power, mu[i], y[i]));
}

/**
 * The mean Poisson deviance, Σ w·2·(y·log(y/μ) − y + μ)/Σ w: twice the log-likelihood ratio to a perfect prediction, in nats.
 *
 * @param means - Predicted means > 0, not their logarithms: [n].
 * @param targets - Finite numbers ≥ 0: [n].
 * @param options - `weights`: one per row.
 * @returns The mean, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, numbers out of range, or no weight.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, section 2.3
 * @example
 * metrics.poissonDeviance([1, 2], [0, 3]); // → 1.216395324324
 */
export function poissonDeviance(
  means: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: WeightedOptions,
): number {
  checkOptions("options", options, ["weights"]);
  return deviance(means, targets, 1, options?.weights);
}

/**
 * The mean gamma deviance, Σ w·2·(y/μ − 1 − log(y/μ))/Σ w.
 *
 * @param means - Predicted means > 0, not their logarithms: [n].
 * @param targets - Finite numbers > 0: [n].
 * @param options - `weights`: one per row.
 * @returns The mean, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, numbers out of range, or no weight.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, section 2.3
 * @example
 * metrics.gammaDeviance([1, 2], [0.5, 3]); // → 0.287682072452
 */
export function gammaDeviance(means: ArrayLike<number>, targets: ArrayLike<number>, options?: WeightedOptions): number {
  checkOptions("options", options, ["weights"]);
  return deviance(means, targets, 2, options?.weights);
}

/**
 * The mean Tweedie deviance of a power p, Σ w·2·(max(y, 0)²⁻ᵖ/((1 − p)(2 − p)) − y·μ¹⁻ᵖ/(1 − p) + μ²⁻ᵖ/(2 − p))/Σ w, with
 * its limits at 1 and 2.
 *
 * @param means - Predicted means, > 0 unless the power is 0: [n].
 * @param targets - Finite numbers: ≥ 0 from power 1 on, > 0 from 2 on: [n].
 * @param options - `power`: p; `weights`: one per row.
 * @returns The mean, ≥ 0.
 * @throws TypeError for what is no array of numbers; RangeError for another length, numbers out of range, a power between 0
 *   and 1, or no weight.
 * @see Jørgensen, *The Theory of Dispersion Models*, 1997, chapter 4
 * @example
 * metrics.tweedieDeviance([1, 2], [0, 3], { power: 1.5 }); // → 2.142864581590
 */
export function tweedieDeviance(
  means: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: TweedieDevianceOptions,
): number {
  checkOptions("options", options, ["power", "weights"]);
  const power = checkNumber("power", options?.power);
  if (power > 0 && power < 1) fail("range", "power", "a number <= 0 or >= 1", power);
  return deviance(means, targets, power, options.weights);
}
