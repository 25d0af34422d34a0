import { bernoulli as make, type BernoulliParameters } from "../bernoulli.js";
import type { BetaParameters } from "../beta.js";
import type { Distribution } from "../distribution.js";
import { betaPosterior } from "./betaPosterior.js";
import { type Data, type Domain, readData, readFitOptions, total } from "./data.js";
import { CONVERGED, type ConjugateFitOptions, type DistributionFit, type Fits, withoutPrior } from "./fit.js";

/** @inline */
type Prior = Distribution<BetaParameters>;
/** @inline */
type Result = DistributionFit<BernoulliParameters, Prior, Distribution<BernoulliParameters>>;
type Parts = Pick<Result, "distribution" | "parameters" | "standardErrors" | "logLikelihood" | "totalWeight">;

const BIT: Domain = { expected: "0 or 1", holds: (x) => x === 0 || x === 1 };

/** Σ w log p(x) of a probability; 0·log 0 is 0. */
function logLikelihoodOf(data: Data, p: number): number {
  const logDensity = make({ probability: p }).logDensity;
  return total(data, (x) => logDensity(x));
}

function fit(values: ArrayLike<number>, options?: ConjugateFitOptions<Prior>): Result {
  const { weights, prior } = readFitOptions(options, ["weights", "prior"]);
  const data = readData(values, weights, BIT, prior !== undefined);
  const successes = total(data, (x) => x);
  const failures = total(data, (x) => 1 - x);
  const finish = (p: number): Parts => ({
    distribution: p === p ? make({ probability: p }) : null,
    parameters: Object.freeze({ probability: p }),
    standardErrors: null,
    logLikelihood: p === p ? logLikelihoodOf(data, p) : NaN,
    totalWeight: data.total,
  });
  if (prior !== undefined) {
    const { posterior, logEvidence, mode, status, reason } = betaPosterior(prior, successes, failures);
    const predictive = make({ probability: posterior.mean });
    return Object.freeze({ ...finish(mode), status, reason, posterior, predictive, logEvidence });
  }
  const p = successes / data.total;
  const inside = p > 0 && p < 1;
  return Object.freeze({
    ...finish(p),
    standardErrors: data.counting ? Object.freeze({ probability: Math.sqrt((p * (1 - p)) / data.total) }) : null,
    status: inside ? "converged" : "boundary",
    reason: inside ? CONVERGED : `Every value is ${p}: the maximum is at ${p}, on the boundary.`,
    ...withoutPrior,
  });
}

/**
 * The Bernoulli distribution: 1 with a probability, else 0.
 *
 * log p(1) = log probability, log p(0) = log(1 − probability) nats.
 *
 * @param options - `probability`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a probability outside [0, 1].
 * @see Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed., 2005
 * @example
 * const d = distributions.bernoulli({ probability: 0.25 });
 * d.logDensity([0, 1]); // → [-0.287682072452, -1.386294361120]
 * d.entropy; // → 0.562335144619
 * const fit = distributions.bernoulli.fit([1, 0, 0, 1, 0], { prior: distributions.beta({ alpha: 2, beta: 2 }) });
 * fit.posterior?.parameters; // → {"alpha":4,"beta":5}
 * fit.logEvidence; // → -3.843030133941
 */
export const bernoulli: ((options: BernoulliParameters) => Distribution<BernoulliParameters>) &
  Fits<ConjugateFitOptions<Prior>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
