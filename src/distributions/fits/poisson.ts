import { lgammaOne } from "../../special/lgamma.js";
import type { Distribution } from "../distribution.js";
import type { GammaParameters } from "../gamma.js";
import { negativeBinomial, type NegativeBinomialParameters } from "../negativeBinomial.js";
import { poisson as make, type PoissonParameters } from "../poisson.js";
import { COUNT, readData, readFitOptions, total } from "./data.js";
import { CONVERGED, type ConjugateFitOptions, type DistributionFit, type Fits, withoutPrior } from "./fit.js";
import { gammaPosterior } from "./gammaPosterior.js";

/** @inline */
type Prior = Distribution<GammaParameters>;
/** @inline */
type Result = DistributionFit<PoissonParameters, Prior, Distribution<NegativeBinomialParameters>>;
type Parts = Pick<Result, "distribution" | "parameters" | "standardErrors" | "logLikelihood" | "totalWeight">;

function fit(values: ArrayLike<number>, options?: ConjugateFitOptions<Prior>): Result {
  const { weights, prior } = readFitOptions(options, ["weights", "prior"]);
  const data = readData(values, weights, COUNT, prior !== undefined);
  const events = total(data, (x) => x);
  const finish = (rate: number): Parts => {
    const distribution = make({ rate });
    return {
      distribution,
      parameters: distribution.parameters,
      standardErrors: null,
      logLikelihood: total(data, (x) => distribution.logDensity(x)),
      totalWeight: data.total,
    };
  };
  if (prior !== undefined) {
    const { posterior, logEvidence, mode, status, reason } = gammaPosterior(prior, events, data.total);
    const { shape } = posterior.parameters;
    return Object.freeze({
      ...finish(mode),
      status,
      reason,
      posterior,
      predictive: negativeBinomial({ mean: posterior.mean, dispersion: 1 / shape }),
      logEvidence: logEvidence - total(data, (x) => lgammaOne(x + 1)),
    });
  }
  const rate = events / data.total;
  return Object.freeze({
    ...finish(rate),
    standardErrors: data.counting ? Object.freeze({ rate: Math.sqrt(rate / data.total) }) : null,
    status: rate > 0 ? "converged" : "boundary",
    reason: rate > 0 ? CONVERGED : "Every value is 0: the maximum is at rate 0, on the boundary.",
    ...withoutPrior,
  });
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
 * d.survival(40); // → 1.995428e-29
 * d.sample(random(1), 5); // → [2, 7, 2, 6, 7]
 * const fit = distributions.poisson.fit([3, 4, 2], { prior: distributions.gamma({ shape: 1, rate: 1 }) });
 * fit.predictive?.density(0); // → 0.1073741824
 */
export const poisson: ((options: PoissonParameters) => Distribution<PoissonParameters>) &
  Fits<ConjugateFitOptions<Prior>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
