import { logOne } from "../backend/typescript/math/log.js";
import { checkOptions } from "../check.js";
import { TWO_PI } from "../constants.js";
import { erfcxOne } from "../special/erfcx.js";
import type { Family } from "./family.js";
import { makePrior } from "./make.js";
import { readIntercept, readMean, readNumber, readOneScale, readScale } from "./options.js";
import type { Prior } from "./prior.js";
import { checkedProduct } from "./terms.js";

/** Options of an elastic-net prior. */
export interface ElasticNetOptions {
  /** Mean of every coefficient, or one each (default 0). */
  readonly mean?: number | ArrayLike<number>;
  /** Scale of the Laplace factor of every coefficient, or one each; > 0. */
  readonly scale: number | ArrayLike<number>;
  /** Standard deviation of the normal factor of every coefficient, or one each; > 0. */
  readonly sd: number | ArrayLike<number>;
  /** A prior of the intercept too, which is free without it. */
  readonly intercept?: {
    /** Mean of every intercept (default 0). */
    readonly mean?: number;
    /** Scale of the Laplace factor of every intercept; > 0. */
    readonly scale: number;
    /** Standard deviation of the normal factor of every intercept; > 0. */
    readonly sd: number;
  };
}

export const elasticNetFamily: Family<"scale" | "sd" | "rate" | "precision"> = {
  name: "elasticNet",
  penalty: "elasticNet",
  shown: ["scale", "sd"],
  proper: true,
  term: ({ precision, rate }) => ({ precision, rate, smooth: null }),
  // ∫ exp(−a|r| − ½p·r²) dr = √(2π/p)·erfcx(a/√(2p)).
  logDensity({ precision, rate }, distance) {
    const constant = 0.5 * (logOne(precision) - logOne(TWO_PI)) - logOne(erfcxOne(rate / Math.sqrt(2 * precision)));
    return constant - rate * Math.abs(distance) - 0.5 * (precision * distance * distance);
  },
  power(numbers, k) {
    const rate = checkedProduct("scale", numbers.rate, k);
    const precision = checkedProduct("scale", numbers.precision, k);
    return { ...numbers, rate, precision, scale: 1 / rate, sd: 1 / Math.sqrt(precision) };
  },
};

const rateOf = (scale: number): number => 1 / scale;
const precisionOf = (sd: number): number => 1 / (sd * sd);

/**
 * Elastic-net prior: each coefficient has a density in proportion to that of a Laplace times that of a normal,
 * independently.
 *
 * Adds |θ − mean|/scale + ½((θ − mean)/sd)² nats per coefficient to the summed surprisal; its constant, ½ ln(2π sd²) + ln
 * erfcx(sd/(scale √2)), enters `logDensity` only. The intercept is free unless `intercept` names its own. As a penalty:
 * λ₁ = φ/(W·scale), λ₂ = φ/(W·sd²).
 *
 * @param options - `scale`, `sd` and `mean` (default 0): one number, or one per coefficient. `intercept`: `{ mean?, scale,
 *   sd }`.
 * @returns The prior.
 * @throws TypeError for what is no number; RangeError unless every mean is finite, every scale and sd is finite and > 0,
 *   and 1/scale and 1/sd² are finite.
 * @see Zou & Hastie, "Regularization and variable selection via the elastic net", Journal of the Royal Statistical
 *   Society B 67 (2005)
 * @example
 * const prior = priors.elasticNet({ scale: 0.5, sd: 2 });
 * const { l1, l2 } = prior.penalty({ totalWeight: 10 });
 * l1; // → 0.2
 * l2; // → 0.025
 * prior.logDensity([0]); // → 0.054869
 */
export function elasticNet(options: ElasticNetOptions): Prior {
  checkOptions("options", options, ["mean", "scale", "sd", "intercept"]);
  const [scale, rate] = readScale("scale", options?.scale, "inverse", rateOf);
  const [sd, precision] = readScale("sd", options.sd, "inverse square", precisionOf);
  const coefficients = { scale, sd, rate, precision, mean: readMean(options.mean) };
  const own = readIntercept(options.intercept, ["mean", "scale", "sd"]);
  if (own === null) return makePrior({ family: elasticNetFamily, coefficients, intercept: null });
  const [ownScale, ownRate] = readOneScale("intercept.scale", own.scale, "inverse", rateOf);
  const [ownSd, ownPrecision] = readOneScale("intercept.sd", own.sd, "inverse square", precisionOf);
  const mean = own.mean === undefined ? 0 : readNumber("intercept.mean", own.mean);
  const intercept = { scale: ownScale, sd: ownSd, rate: ownRate, precision: ownPrecision, mean };
  return makePrior({ family: elasticNetFamily, coefficients, intercept });
}

/** The elastic-net prior of mean 0 and these numbers: 1/scale and 1/sd². */
export function elasticNetFromRates(rate: number, precision: number): Prior {
  const coefficients = { scale: 1 / rate, sd: 1 / Math.sqrt(precision), rate, precision, mean: 0 };
  return makePrior({ family: elasticNetFamily, coefficients, intercept: null });
}
