import type { Family } from "./family.js";
import { makePrior } from "./make.js";
import type { Prior } from "./prior.js";

export const flatFamily: Family<never> = {
  name: "flat",
  penalty: "l2",
  shown: [],
  proper: false,
  term: () => ({ precision: 0, rate: 0, smooth: null }),
  logDensity: () => NaN,
  power: (numbers) => numbers,
};

/**
 * Flat prior: says nothing, adds nothing; maximum a posteriori is then maximum likelihood. It is improper: no density,
 * no evidence.
 *
 * @returns The prior.
 * @example
 * priors.flat().flat; // → true
 * priors.flat().penalty({ totalWeight: 10 }).lambda; // → 0
 */
export function flat(): Prior {
  return makePrior({ family: flatFamily, coefficients: { mean: 0 }, intercept: null });
}
