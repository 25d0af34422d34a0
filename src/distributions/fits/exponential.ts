import type { Distribution } from "../distribution.js";
import { exponential as make, type ExponentialParameters } from "../exponential.js";
import type { GammaParameters } from "../gamma.js";
import { lomax, type LomaxParameters } from "../lomax.js";
import { NON_NEGATIVE, readData, readFitOptions, total } from "./data.js";
import {
  CONVERGED,
  type ConjugateFitOptions,
  type DistributionFit,
  type Fits,
  unbounded,
  withoutPrior,
} from "./fit.js";
import { gammaPosterior } from "./gammaPosterior.js";

/** @inline */
type Prior = Distribution<GammaParameters>;
/** @inline */
type Result = DistributionFit<ExponentialParameters, Prior, Distribution<LomaxParameters>>;
type Parts = Pick<Result, "distribution" | "parameters" | "standardErrors" | "logLikelihood" | "totalWeight">;

function fit(values: ArrayLike<number>, options?: ConjugateFitOptions<Prior>): Result {
  const { weights, prior } = readFitOptions(options, ["weights", "prior"]);
  const data = readData(values, weights, NON_NEGATIVE, prior !== undefined);
  const time = total(data, (x) => x);
  const finish = (rate: number): Parts => {
    const distribution = rate > 0 ? make({ rate }) : null;
    return {
      distribution,
      parameters: Object.freeze({ rate }),
      standardErrors: null,
      logLikelihood: distribution === null ? -Infinity : total(data, (x) => distribution.logDensity(x)),
      totalWeight: data.total,
    };
  };
  if (prior !== undefined) {
    const { posterior, logEvidence, mode, status, reason } = gammaPosterior(prior, data.total, time);
    const { shape, rate } = posterior.parameters;
    const predictive = lomax({ shape, scale: rate });
    return Object.freeze({ ...finish(mode), status, reason, posterior, predictive, logEvidence });
  }
  if (!(time > 0)) {
    return unbounded(
      { rate: Infinity },
      data.total,
      "Every value is 0: the likelihood grows with the rate without bound.",
    );
  }
  const rate = data.total / time;
  return Object.freeze({
    ...finish(rate),
    standardErrors: data.counting ? Object.freeze({ rate: rate / Math.sqrt(data.total) }) : null,
    status: "converged",
    reason: CONVERGED,
    ...withoutPrior,
  });
}

/**
 * The exponential distribution: the time to the next event of a Poisson process.
 *
 * log p(x) = log rate − rate·x nats, for x ≥ 0.
 *
 * @param options - `rate`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a rate that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.exponential({ rate: 0.5 });
 * d.survival([0, 2, 1000]); // → [1, 0.367879441171, 7.124576406741e-218]
 * d.quantile(0.5); // → 1.386294361120
 * distributions.exponential.fit([1, 2, 3]).parameters; // → {"rate":0.5}
 */
export const exponential: ((options: ExponentialParameters) => Distribution<ExponentialParameters>) &
  Fits<ConjugateFitOptions<Prior>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
