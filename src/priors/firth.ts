import { fail } from "../check.js";
import { flat } from "./flat.js";
import type { Prior } from "./prior.js";

/**
 * Jeffreys' prior, with which maximum a posteriori is Firth's bias-reduced fit: density ∝ √det I(θ), I the Fisher
 * information of the data at θ.
 *
 * It adds −½ log det I(θ) to the summed surprisal, of all parameters, the intercept too. Of order 1/n, it takes the leading
 * bias out of maximum likelihood, and the optimum exists where classes separate. For a linear model of one output under
 * `likelihoods.bernoulli()` with the logit link or `likelihoods.poisson()`; it needs columns that are not collinear. It
 * depends on the data: no density of the parameters alone, and no penalty that states it.
 *
 * @returns The prior.
 * @throws RangeError where it is used: by an objective with another likelihood or model, or with collinear columns.
 * @see D. Firth, *Biometrika* 80 (1993); G. Heinze & M. Schemper, *Statistics in Medicine* 21 (2002); I. Kosmidis &
 *   D. Firth, *Biometrika* 108 (2021)
 * @example
 * // Separable: maximum likelihood does not exist. One half is added to each cell of a two by two table.
 * const rows = [[0], [0], [0], [1], [1], [1]];
 * const fit = logisticRegression(rows, [0, 0, 0, 1, 1, 1], { prior: priors.firth() });
 * fit.intercept; // → -1.94591015
 * Math.log(0.5 / 3.5); // → -1.94591015
 */
export function firth(): Prior {
  return Object.freeze<Prior>({
    ...flat(),
    name: "firth",
    flat: false,
    quadratic: false,
    jeffreys: true,
    logDensity: () => fail("type", "prior", "one with a density", "firth, which depends on the data"),
    penalty: () => fail("type", "prior", "one that is a penalty on the parameters alone", "firth"),
    toJSON: () => ({ family: "firth" }),
    toString: () => "firth",
  });
}
