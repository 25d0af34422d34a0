import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { fail } from "../../check.js";
import { sum } from "../../linalg/vector.js";
import { increasingRoot } from "../../special/increasingRoot.js";
import { log1pmx } from "../../special/log1pmx.js";
import { negativeBinomial as make, type NegativeBinomialParameters } from "../negativeBinomial.js";
import { poisson } from "../poisson.js";
import type { Distribution } from "../distribution.js";
import { COUNT, type Data, meanOf, readData, readFitOptions, total } from "./data.js";
import { CONVERGED, type DistributionFit, type DistributionFitOptions, type Fits, withoutPrior } from "./fit.js";

/** @inline */
type Result = DistributionFit<NegativeBinomialParameters>;

/** Largest count of a fit, which works on how many values are above each. */
const MOST = 10_000_000;

/** The share of the weight above 0, 1, ... up to below the largest value. */
function sharesAbove({ x, weights, total: whole }: Data): Float64Array {
  const largest = x.reduce((a, b) => Math.max(a, b), 0);
  if (largest > MOST) fail("range", "data", `counts up to ${MOST}`, largest);
  const shares = new Float64Array(largest + 1);
  x.forEach((k, i) => (shares[k] += weights === null ? 1 : weights[i]));
  for (let k = largest; k > 0; k--) shares[k - 1] += shares[k];
  return shares.subarray(1).map((weight) => weight / whole);
}

/**
 * −∂/∂α of the mean log-likelihood at the fitted mean, −(log(1 + αμ) − αμ)/α² − Σ j·s_j/(1 + αj), s_j the share above j, and
 * its slope: it starts at (mean − variance)/2 and has one zero if that is negative.
 */
function score(alpha: number, mean: number, shares: Float64Array): { value: number; slope: number } {
  const u = alpha * mean;
  const rest = log1pmx(u, 1 + u) / alpha / alpha;
  const terms = shares.map((share, j) => (share * j) / (1 + alpha * j));
  const squares = shares.map((share, j) => share * (j / (1 + alpha * j)) * (j / (1 + alpha * j)));
  return { value: -rest - sum(terms), slope: (mean * (mean / (1 + u)) + 2 * rest) / alpha + sum(squares) };
}

function atBoundary(data: Data, mean: number, reason: string): Result {
  const distribution = poisson({ rate: mean });
  return Object.freeze({
    distribution,
    parameters: Object.freeze({ mean, dispersion: 0 }),
    standardErrors: null,
    logLikelihood: total(data, (x) => distribution.logDensity(x)),
    totalWeight: data.total,
    status: "boundary",
    reason,
    ...withoutPrior,
  });
}

function fit(values: ArrayLike<number>, options?: DistributionFitOptions): Result {
  const data = readData(values, readFitOptions(options, ["weights"]).weights, COUNT, false);
  const mean = meanOf(data);
  if (mean === 0) return atBoundary(data, 0, "Every value is 0: the maximum is at mean 0, whatever the dispersion.");
  const variance = total(data, (x) => (x - mean) * (x - mean)) / data.total;
  if (!(variance > mean)) {
    const reason = `The variance, ${variance}, is not above the mean, ${mean}: the likelihood rises as the dispersion goes to 0, where the limit is a Poisson distribution.`;
    return atBoundary(data, mean, reason);
  }
  const shares = sharesAbove(data);
  const start = logOne((variance - mean) / mean / mean);
  const log = increasingRoot(start, (t) => {
    const alpha = expOne(t);
    const { value, slope } = score(alpha, mean, shares);
    return { value, slope: alpha * slope };
  });
  const distribution = make({ mean, dispersion: expOne(log) });
  const { dispersion } = distribution.parameters;
  const { slope } = score(dispersion, mean, shares);
  return Object.freeze({
    distribution,
    parameters: distribution.parameters,
    standardErrors: data.counting
      ? Object.freeze({
          mean: Math.sqrt((mean + dispersion * mean * mean) / data.total),
          dispersion: Math.sqrt(1 / (data.total * slope)),
        })
      : null,
    logLikelihood: total(data, (x) => distribution.logDensity(x)),
    totalWeight: data.total,
    status: "converged",
    reason: CONVERGED,
    ...withoutPrior,
  });
}

/**
 * The negative binomial distribution: Poisson with a rate that is a gamma number of shape 1/dispersion; a count with more
 * variance than a Poisson one.
 *
 * log p(k) = log Γ(k + r) − log Γ(r) − log k! + r·log p + k·log(1 − p) nats, for whole k ≥ 0, with the size r = 1/dispersion
 * and p = r/(r + mean): the number of failures before success number r of probability p.
 *
 * @param options - `mean` and `dispersion`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for one that is not > 0 and finite, or if
 *   their product is not.
 * @see Hilbe, *Negative Binomial Regression*, 2nd ed., 2011
 * @example
 * const d = distributions.negativeBinomial({ mean: 4, dispersion: 0.4 });
 * d.variance; // → 10.4
 * d.density([0, 4]); // → [0.091742, 0.1187]
 * distributions.negativeBinomial.fit([0, 1, 1, 9]).parameters; // → {"mean":2.75,"dispersion":1.501900331405}
 * distributions.negativeBinomial.fit([2, 3, 3]).distribution?.name; // → "poisson"
 */
export const negativeBinomial: ((options: NegativeBinomialParameters) => Distribution<NegativeBinomialParameters>) &
  Fits<DistributionFitOptions, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
