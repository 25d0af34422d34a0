import { logOne } from "../../backend/typescript/math/log.js";
import { lgammaOne } from "../../special/lgamma.js";
import type { Distribution } from "../distribution.js";
import { normal as make, type NormalParameters } from "../normal.js";
import {
  type NormalInverseGamma,
  normalInverseGamma,
  type NormalInverseGammaParameters,
} from "../normalInverseGamma.js";
import { studentT, type StudentTParameters } from "../studentT.js";
import { HALF_LOG_TWO_PI } from "../terms.js";
import { constantOf, type Data, meanOf, REAL, readData, readFitOptions, total, varianceOf } from "./data.js";
import {
  CONVERGED,
  type ConjugateFitOptions,
  type DistributionFit,
  type Fits,
  MAXIMUM_A_POSTERIORI,
  unbounded,
  withoutPrior,
} from "./fit.js";
import { readPrior } from "./prior.js";

/** @inline */
type Result = DistributionFit<NormalParameters, NormalInverseGamma, Distribution<StudentTParameters>>;

function logLikelihoodOf(data: Data, { logDensity }: Distribution): number {
  return total(data, (x) => logDensity(x));
}

function withPrior(data: Data, prior: NormalInverseGamma): Result {
  const before = readPrior<NormalInverseGammaParameters>(prior, "normalInverseGamma");
  const n = data.total;
  const mean = n > 0 ? meanOf(data) : before.mean;
  const squares = total(data, (x) => (x - mean) * (x - mean));
  const kappa = before.kappa + n;
  const shift = mean - before.mean;
  const posterior = normalInverseGamma({
    mean: (before.kappa / kappa) * before.mean + (n / kappa) * mean,
    kappa,
    shape: before.shape + 0.5 * n,
    scale: before.scale + 0.5 * squares + 0.5 * before.kappa * (n / kappa) * shift * shift,
  });
  const { mean: location, shape, scale } = posterior.parameters;
  const distribution = make({ mean: location, sd: Math.sqrt(scale / (shape + 1.5)) });
  return Object.freeze({
    distribution,
    parameters: distribution.parameters,
    standardErrors: null,
    logLikelihood: logLikelihoodOf(data, distribution),
    totalWeight: n,
    status: "converged",
    reason: MAXIMUM_A_POSTERIORI,
    posterior,
    predictive: studentT({ df: 2 * shape, location, scale: Math.sqrt((scale / shape) * ((kappa + 1) / kappa)) }),
    logEvidence:
      lgammaOne(shape) -
      lgammaOne(before.shape) +
      before.shape * logOne(before.scale) -
      shape * logOne(scale) +
      0.5 * (logOne(before.kappa) - logOne(kappa)) -
      n * HALF_LOG_TWO_PI,
  });
}

function fit(values: ArrayLike<number>, options?: ConjugateFitOptions<NormalInverseGamma>): Result {
  const { weights, prior } = readFitOptions(options, ["weights", "prior"]);
  const data = readData(values, weights, REAL, prior !== undefined);
  if (prior !== undefined) return withPrior(data, prior);
  const constant = constantOf(data);
  if (constant !== null) {
    const reason = `Every value is ${constant}: the likelihood grows without bound as sd goes to 0.`;
    return unbounded({ mean: constant, sd: 0 }, data.total, reason);
  }
  const mean = meanOf(data);
  const sd = Math.sqrt(varianceOf(data, mean));
  const distribution = make({ mean, sd });
  const error = sd / Math.sqrt(data.total);
  return Object.freeze({
    distribution,
    parameters: distribution.parameters,
    standardErrors: data.counting ? Object.freeze({ mean: error, sd: error * Math.sqrt(0.5) }) : null,
    logLikelihood: logLikelihoodOf(data, distribution),
    totalWeight: data.total,
    status: "converged",
    reason: CONVERGED,
    ...withoutPrior,
  });
}

/**
 * The normal (Gaussian) distribution.
 *
 * log p(x) = −½·((x − mean)/sd)² − log sd − ½ log 2π nats, for all real x.
 *
 * @param options - `mean` (default 0) and `sd` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a mean that is not finite or an sd that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.normal({ mean: 100, sd: 15 });
 * d.cdf(130); // → 0.977249868052
 * d.quantile([0.025, 0.975]); // → [70.600540231899, 129.399459768101]
 * d.survival(650); // → 1.241408e-294
 * distributions.normal.fit([1, 2, 3, 6]).parameters; // → {"mean":3,"sd":1.870828693387}
 * distributions.normal.fit([2, 2]).status; // → "unbounded"
 */
export const normal: ((options?: Partial<NormalParameters>) => Distribution<NormalParameters>) &
  Fits<ConjugateFitOptions<NormalInverseGamma>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
