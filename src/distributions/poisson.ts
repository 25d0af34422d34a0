import { gammaPOne, gammaQOne } from "../special/incompleteGamma.js";
import type { Distribution } from "./distribution.js";
import { makeDiscrete } from "./discrete.js";
import { drawPoisson } from "./drawPoisson.js";
import { readOptions } from "./options.js";
import { checkNumber } from "../check.js";
import { logGammaTerm } from "./terms.js";

/** Parameters of a Poisson distribution. */
export interface PoissonParameters {
  /** The mean; ≥ 0. */
  readonly rate: number;
}

/**
 * The Poisson distribution: the number of events when they happen independently at a rate.
 *
 * log p(k) = k·log rate − rate − log k! nats, for whole k ≥ 0. Of rate 0 it is 0 for certain.
 *
 * @param options - `rate`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a rate that is not ≥ 0 and finite.
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000
 * @example
 * const d = distributions.poisson({ rate: 3.5 });
 * d.density([0, 3]); // → [0.030197383422, 0.215785469039]
 * d.survival(40); // → 1.5e-28
 * d.sample(random(1), 5); // → [2, 5, 5, 2, 5]
 */
export function poisson(options: PoissonParameters): Distribution<PoissonParameters> {
  const rate = checkNumber("rate", readOptions(options, ["rate"]).rate, { min: 0 });
  return makeDiscrete({
    name: "poisson",
    parameters: { rate },
    support: [0, rate === 0 ? 0 : Infinity],
    mean: rate,
    variance: rate,
    entropy: rate === 0 ? 0 : null,
    logDensity: (k) => (k === 0 ? -rate : logGammaTerm(k, rate)),
    cdf: (k) => gammaQOne(k + 1, rate),
    survival: (k) => gammaPOne(k + 1, rate),
    draw: (random) => drawPoisson(random, rate),
  });
}
