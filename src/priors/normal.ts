import { logOne } from "../backend/typescript/math/log.js";
import { checkOptions } from "../check.js";
import { TWO_PI } from "../constants.js";
import type { Family } from "./family.js";
import { makePrior } from "./make.js";
import { readIntercept, readMean, readNumber, readOneScale, readScale } from "./options.js";
import type { Prior } from "./prior.js";
import { checkedProduct } from "./terms.js";

/** Options of a normal prior. */
export interface NormalOptions {
  /** Mean of every coefficient, or one each (default 0). */
  readonly mean?: number | ArrayLike<number>;
  /** Standard deviation of every coefficient, or one each; > 0. */
  readonly sd: number | ArrayLike<number>;
  /** A prior of the intercept too, which is free without it. */
  readonly intercept?: {
    /** Mean of every intercept (default 0). */
    readonly mean?: number;
    /** Standard deviation of every intercept; > 0. */
    readonly sd: number;
  };
}

export const normalFamily: Family<"sd" | "precision"> = {
  name: "normal",
  penalty: "l2",
  shown: ["sd"],
  proper: true,
  term: ({ precision }) => ({ precision, rate: 0, smooth: null }),
  logDensity: ({ precision }, distance) =>
    0.5 * (logOne(precision) - logOne(TWO_PI)) - 0.5 * (precision * distance * distance),
  power(numbers, k) {
    const precision = checkedProduct("scale", numbers.precision, k);
    return { ...numbers, precision, sd: 1 / Math.sqrt(precision) };
  },
};

const precisionOf = (sd: number): number => 1 / (sd * sd);

/**
 * Normal prior: each coefficient ~ N(mean, sd²), independently; ridge seen from probability.
 *
 * Adds ½((θ − mean)/sd)² nats per coefficient to the summed surprisal; its constant ½ ln(2π sd²) enters `logDensity` and
 * evidence only. The intercept is free unless `intercept` names its own. As a penalty: λ = φ/(W·sd²).
 *
 * @param options - `sd` and `mean` (default 0): one number, or one per coefficient. `intercept`: `{ mean?, sd }`.
 * @returns The prior.
 * @throws TypeError for what is no number; RangeError unless every mean is finite, every sd is finite and > 0, and
 *   1/sd² is finite.
 * @see Hoerl & Kennard, "Ridge regression: biased estimation for nonorthogonal problems", Technometrics 12 (1970)
 * @example
 * const prior = priors.normal({ sd: 2, intercept: { sd: 10 } });
 * prior.penalty({ totalWeight: 10 }).lambda; // → 0.025
 * prior.logDensity([1, -1]); // → -3.474171427529
 * String(prior); // → "normal(sd 2; intercept sd 10)"
 */
export function normal(options: NormalOptions): Prior {
  checkOptions("options", options, ["mean", "sd", "intercept"]);
  const [sd, precision] = readScale("sd", options?.sd, "inverse square", precisionOf);
  const mean = readMean(options.mean);
  const own = readIntercept(options.intercept, ["mean", "sd"]);
  if (own === null) return makePrior({ family: normalFamily, coefficients: { sd, precision, mean }, intercept: null });
  const [ownSd, ownPrecision] = readOneScale("intercept.sd", own.sd, "inverse square", precisionOf);
  const ownMean = own.mean === undefined ? 0 : readNumber("intercept.mean", own.mean);
  return makePrior({
    family: normalFamily,
    coefficients: { sd, precision, mean },
    intercept: { sd: ownSd, precision: ownPrecision, mean: ownMean },
  });
}

/** The normal prior of mean 0 and this precision. */
export function normalFromPrecision(precision: number): Prior {
  const sd = 1 / Math.sqrt(precision);
  return makePrior({ family: normalFamily, coefficients: { sd, precision, mean: 0 }, intercept: null });
}
