import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber } from "../check.js";
import { logBetaOne } from "../special/logBeta.js";
import { drawBeta } from "./beta.js";
import type { Distribution } from "./distribution.js";
import { makeDiscrete } from "./discrete.js";
import { drawBinomial } from "./drawBinomial.js";
import { readOptions, readPositive } from "./options.js";

/** Parameters of a beta-binomial distribution. */
export interface BetaBinomialParameters {
  /** How many trials: a whole number up to 10⁶. */
  readonly trials: number;
  /** First parameter of the beta distribution of the probability; > 0. */
  readonly alpha: number;
  /** The second one; > 0. */
  readonly beta: number;
}

/** Cumulative sums of the probabilities from below, and of those above. */
function tails(n: number, logDensity: (k: number) => number): readonly [Float64Array, Float64Array] {
  const lower = Float64Array.from({ length: n + 1 }, (_, k) => expOne(logDensity(k)));
  const upper = new Float64Array(n + 1);
  for (let k = n; k > 0; k--) upper[k - 1] = upper[k] + lower[k];
  for (let k = 1; k <= n; k++) lower[k] += lower[k - 1];
  return [lower.map((p) => Math.min(1, p)), upper.map((p) => Math.min(1, p))];
}

/**
 * The beta-binomial distribution: binomial with a probability that is a beta number; the predictive distribution of
 * binomial data.
 *
 * log p(k) = log C(trials, k) + log B(k + alpha, trials − k + beta) − log B(alpha, beta) nats, for whole k from 0 to trials.
 * Its tails are sums of these, computed once when first asked for.
 *
 * @param options - `trials`, `alpha` and `beta`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for trials that are no whole number from 0 to 10⁶, or an alpha or
 *   beta that is not > 0 and finite.
 * @see Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed., 2005
 * @example
 * const d = distributions.betaBinomial({ trials: 4, alpha: 2, beta: 3 });
 * d.density([0, 1, 2, 3, 4]); // → [0.214285714286, 0.285714285714, 0.257142857143, 0.171428571429, 0.071428571429]
 */
export function betaBinomial(options: BetaBinomialParameters): Distribution<BetaBinomialParameters> {
  const given = readOptions(options, ["trials", "alpha", "beta"]);
  const n = checkNumber("trials", given.trials, { min: 0, max: 1_000_000, integer: true });
  const a = readPositive("alpha", given.alpha);
  const b = readPositive("beta", given.beta);
  const mean = a / (a + b);
  const logDensity = (k: number): number =>
    logBetaOne(k + a, n - k + b) - logBetaOne(a, b) - logBetaOne(k + 1, n - k + 1) - logOne(n + 1);
  let both: readonly [Float64Array, Float64Array] | null = null;
  return makeDiscrete({
    name: "betaBinomial",
    parameters: { trials: n, alpha: a, beta: b },
    support: [0, n],
    mean: n * mean,
    variance: n * mean * (b / (a + b)) * ((a + b + n) / (a + b + 1)),
    entropy: null,
    logDensity,
    cdf: (k) => (both ??= tails(n, logDensity))[0][k],
    survival: (k) => (both ??= tails(n, logDensity))[1][k],
    draw: (random) => drawBinomial(random, n, drawBeta(random, a, b)),
  });
}
