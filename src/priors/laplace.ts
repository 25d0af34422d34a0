import { logOne } from "../backend/typescript/math/log.js";
import { checkOptions } from "../check.js";
import type { Family } from "./family.js";
import { makePrior } from "./make.js";
import { readIntercept, readMean, readNumber, readOneScale, readScale } from "./options.js";
import type { Prior } from "./prior.js";
import { checkedProduct } from "./terms.js";

/** Options of a Laplace prior. */
export interface LaplaceOptions {
  /** Mean of every coefficient, or one each (default 0). */
  readonly mean?: number | ArrayLike<number>;
  /** Scale b of every coefficient, or one each; > 0. */
  readonly scale: number | ArrayLike<number>;
  /** A prior of the intercept too, which is free without it. */
  readonly intercept?: {
    /** Mean of every intercept (default 0). */
    readonly mean?: number;
    /** Scale of every intercept; > 0. */
    readonly scale: number;
  };
}

export const laplaceFamily: Family<"scale" | "rate"> = {
  name: "laplace",
  penalty: "l1",
  shown: ["scale"],
  proper: true,
  term: ({ rate }) => ({ precision: 0, rate, smooth: null }),
  logDensity: ({ rate }, distance) => logOne(0.5 * rate) - rate * Math.abs(distance),
  power(numbers, k) {
    const rate = checkedProduct("scale", numbers.rate, k);
    return { ...numbers, rate, scale: 1 / rate };
  },
};

const rateOf = (scale: number): number => 1 / scale;

/**
 * Laplace prior: each coefficient has the density exp(−|θ − mean|/scale)/(2 scale), independently; the lasso seen from
 * probability. Coefficients that the data do not move stay exactly at the mean.
 *
 * Adds |θ − mean|/scale nats per coefficient to the summed surprisal; its constant ln(2 scale) enters `logDensity` only.
 * The variance is 2 scale². The intercept is free unless `intercept` names its own. As a penalty: λ₁ = φ/(W·scale).
 *
 * @param options - `scale` and `mean` (default 0): one number, or one per coefficient. `intercept`: `{ mean?, scale }`.
 * @returns The prior.
 * @throws TypeError for what is no number; RangeError unless every mean is finite, every scale is finite and > 0, and
 *   1/scale is finite.
 * @see Tibshirani, "Regression shrinkage and selection via the lasso", Journal of the Royal Statistical Society B 58 (1996)
 * @example
 * const prior = priors.laplace({ scale: 0.5 });
 * prior.penalty({ totalWeight: 10 }).lambda; // → 0.2
 * prior.logDensity([1, -1]); // → -4
 * String(prior); // → "laplace(scale 0.5)"
 */
export function laplace(options: LaplaceOptions): Prior {
  checkOptions("options", options, ["mean", "scale", "intercept"]);
  const [scale, rate] = readScale("scale", options?.scale, "inverse", rateOf);
  const mean = readMean(options.mean);
  const own = readIntercept(options.intercept, ["mean", "scale"]);
  if (own === null) return makePrior({ family: laplaceFamily, coefficients: { scale, rate, mean }, intercept: null });
  const [ownScale, ownRate] = readOneScale("intercept.scale", own.scale, "inverse", rateOf);
  const ownMean = own.mean === undefined ? 0 : readNumber("intercept.mean", own.mean);
  return makePrior({
    family: laplaceFamily,
    coefficients: { scale, rate, mean },
    intercept: { scale: ownScale, rate: ownRate, mean: ownMean },
  });
}

/** The Laplace prior of mean 0 and this rate, 1/scale. */
export function laplaceFromRate(rate: number): Prior {
  return makePrior({ family: laplaceFamily, coefficients: { scale: 1 / rate, rate, mean: 0 }, intercept: null });
}
