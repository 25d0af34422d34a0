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

/** The distribution itself; `fits/poisson.ts` has it with its fit. */
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
