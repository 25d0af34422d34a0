import { checkNumber, fail } from "../../check.js";
import type { BetaParameters } from "../beta.js";
import { betaBinomial, type BetaBinomialParameters } from "../betaBinomial.js";
import { binomial as make, type BinomialParameters } from "../binomial.js";
import type { Distribution } from "../distribution.js";
import { logBinomial } from "../logBinomial.js";
import { logBetaOne } from "../../special/logBeta.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { betaPosterior } from "./betaPosterior.js";
import { readData, readFitOptions, total } from "./data.js";
import { CONVERGED, type ConjugateFitOptions, type DistributionFit, type Fits, withoutPrior } from "./fit.js";

/** @inline */
type Prior = Distribution<BetaParameters>;
/** @inline */
type Result = DistributionFit<BinomialParameters, Prior, Distribution<BetaBinomialParameters>>;
type Parts = Pick<Result, "distribution" | "parameters" | "standardErrors" | "logLikelihood" | "totalWeight">;

/** Options of a fit of a binomial distribution. */
export interface BinomialFitOptions extends ConjugateFitOptions<Prior> {
  /** How many trials each value counts the successes of. */
  readonly trials: number;
}

function fit(values: ArrayLike<number>, options?: BinomialFitOptions): Result {
  const given = readFitOptions(options, ["trials", "weights", "prior"]);
  const { weights, prior } = given;
  const n = checkNumber("trials", given.trials, { min: 1, max: Number.MAX_SAFE_INTEGER, integer: true });
  const domain = {
    expected: `a whole number from 0 to ${n} trials`,
    holds: (x: number) => x >= 0 && x <= n && Number.isInteger(x),
  };
  const data = readData(values, weights, domain, prior !== undefined);
  const successes = total(data, (x) => x);
  const failures = total(data, (x) => n - x);
  const finish = (p: number): Parts => ({
    distribution: p === p ? make({ trials: n, probability: p }) : null,
    parameters: Object.freeze({ trials: n, probability: p }),
    standardErrors: null,
    logLikelihood: p === p ? total(data, (x) => logBinomial(x, n, p)) : NaN,
    totalWeight: data.total,
  });
  if (prior !== undefined) {
    if (n > 1_000_000) fail("range", "trials", "at most 1000000 with a prior, whose predictive sums over them", n);
    const { posterior, logEvidence, mode, status, reason } = betaPosterior(prior, successes, failures);
    const { alpha, beta } = posterior.parameters;
    return Object.freeze({
      ...finish(mode),
      status,
      reason,
      posterior,
      predictive: betaBinomial({ trials: n, alpha, beta }),
      logEvidence: logEvidence - total(data, (x) => logBetaOne(x + 1, n - x + 1) + logOne(n + 1)),
    });
  }
  const p = successes / (successes + failures);
  const inside = p > 0 && p < 1;
  const error = Math.sqrt((p * (1 - p)) / data.total / n);
  return Object.freeze({
    ...finish(p),
    standardErrors: data.counting ? Object.freeze({ trials: 0, probability: error }) : null,
    status: inside ? "converged" : "boundary",
    reason: inside ? CONVERGED : `Every trial ended the same way: the maximum is at ${p}, on the boundary.`,
    ...withoutPrior,
  });
}

/**
 * The binomial distribution: the number of successes in independent trials.
 *
 * log p(k) = log C(trials, k) + k·log probability + (trials − k)·log(1 − probability) nats, for whole k from 0 to trials.
 *
 * @param options - `trials` and `probability`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for trials that are no whole number from 0 to 2⁵³ − 1 or a probability
 *   outside [0, 1].
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000
 * @example
 * const d = distributions.binomial({ trials: 20, probability: 0.3 });
 * d.density([0, 6]); // → [0.000797922663, 0.191638982753]
 * d.survival(19); // → 3.486784401e-11
 * d.quantile(0.5); // → 6
 * distributions.binomial.fit([3, 5, 4], { trials: 10 }).parameters; // → {"trials":10,"probability":0.4}
 */
export const binomial: ((options: BinomialParameters) => Distribution<BinomialParameters>) &
  Fits<BinomialFitOptions, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
