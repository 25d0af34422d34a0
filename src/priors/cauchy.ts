import { checkOptions } from "../check.js";
import { makePrior } from "./make.js";
import { readIntercept, readMean, readNumber, readOneScale, readScale } from "./options.js";
import type { Prior } from "./prior.js";
import { studentTFamily } from "./studentT.js";

/** Options of a Cauchy prior. */
export interface CauchyOptions {
  /** Mean of every coefficient, or one each (default 0). */
  readonly mean?: number | ArrayLike<number>;
  /** Scale of every coefficient, or one each; > 0: half of the probability lies within it of the mean. */
  readonly scale: number | ArrayLike<number>;
  /** A prior of the intercept too, which is free without it. */
  readonly intercept?: {
    /** Mean of every intercept (default 0). */
    readonly mean?: number;
    /** Scale of every intercept; > 0. */
    readonly scale: number;
  };
}

export const cauchyFamily = (): typeof studentTFamily => ({
  ...studentTFamily,
  name: "cauchy",
  shown: ["scale"],
  powers: studentTFamily,
});

/**
 * Cauchy prior: a Student t of one degree of freedom. With scale 2.5 on columns of standard deviation ½ (10 for the
 * intercept) a default for logistic regression that separated classes do not carry away.
 *
 * Adds ln(1 + ((θ − mean)/scale)²) nats per coefficient to the summed surprisal, which is not convex: a fit ends
 * "stationary" and may not be the only one. Its constant ln(π scale) enters `logDensity` only. The intercept is free
 * unless `intercept` names its own. As a penalty: φ/W times as much.
 *
 * @param options - `scale` and `mean` (default 0): one number, or one per coefficient. `intercept`: `{ mean?, scale }`.
 * @returns The prior.
 * @throws TypeError for what is no number; RangeError unless every mean is finite, every scale is finite and > 0, and
 *   1/scale² is finite.
 * @see Gelman, Jakulin, Pittau & Su, "A weakly informative default prior distribution for logistic and other regression
 *   models", Annals of Applied Statistics 2 (2008)
 * @example
 * const prior = priors.cauchy({ scale: 2.5, intercept: { scale: 10 } });
 * prior.logDensity([2.5]); // → -2.754167798284
 * String(prior); // → "cauchy(scale 2.5; intercept scale 10)"
 */
export function cauchy(options: CauchyOptions): Prior {
  checkOptions("options", options, ["mean", "scale", "intercept"]);
  const [scale] = readScale("scale", options?.scale, "inverse square", (value) => 1 / (value * value));
  const mean = readMean(options.mean);
  const own = readIntercept(options.intercept, ["mean", "scale"]);
  const family = cauchyFamily();
  const coefficients = { df: 1, scale, mean };
  if (own === null) return makePrior({ family, coefficients, intercept: null });
  const [ownScale] = readOneScale("intercept.scale", own.scale, "inverse square", (value) => 1 / (value * value));
  const ownMean = own.mean === undefined ? 0 : readNumber("intercept.mean", own.mean);
  return makePrior({ family, coefficients, intercept: { df: 1, scale: ownScale, mean: ownMean } });
}
