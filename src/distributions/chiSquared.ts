import { gammaPOne, gammaQOne } from "../special/incompleteGamma.js";
import { gammaInverse } from "../special/inverseGamma.js";
import type { Distribution } from "./distribution.js";
import { drawGamma } from "./drawGamma.js";
import { gammaEntropy, logGammaDensity } from "./gamma.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";

/** Parameters of a chi-squared distribution. */
export interface ChiSquaredParameters {
  /** Degrees of freedom, not necessarily whole; > 0. */
  readonly df: number;
}

/**
 * The chi-squared distribution: the sum of squares of `df` standard normal numbers, a gamma of shape df/2 and rate ½.
 *
 * log p(x) = (df/2 − 1)·log x − x/2 − (df/2)·log 2 − log Γ(df/2) nats, for x ≥ 0.
 *
 * @param options - `df`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for degrees of freedom that are not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.chiSquared({ df: 3 });
 * d.quantile(0.95); // → 7.814727903251
 * d.survival(1000); // → 1.799e-216
 */
export function chiSquared(options: ChiSquaredParameters): Distribution<ChiSquaredParameters> {
  const df = readPositive("df", readOptions(options, ["df"]).df);
  const shape = 0.5 * df;
  return makeContinuous({
    name: "chiSquared",
    parameters: { df },
    support: [0, Infinity],
    mean: df,
    variance: 2 * df,
    entropy: gammaEntropy(shape, 0.5),
    logDensity: (x) => logGammaDensity(x, shape, 0.5),
    cdf: (x) => gammaPOne(shape, 0.5 * x),
    survival: (x) => gammaQOne(shape, 0.5 * x),
    inverse: (p, q) => 2 * gammaInverse(shape, p, q),
    draw: (random) => 2 * drawGamma(random, shape),
  });
}
