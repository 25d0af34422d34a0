import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { log1pOne } from "../../backend/typescript/math/log1p.js";
import { fail } from "../../check.js";
import { sum } from "../../linalg/vector.js";
import { increasingRoot } from "../../special/increasingRoot.js";
import { log1pmx } from "../../special/log1pmx.js";
import { negativeBinomial as make, type NegativeBinomialParameters } from "../negativeBinomial.js";
import { poisson } from "../poisson.js";
import type { Distribution } from "../distribution.js";
import { COUNT, type Data, meanOf, readData, readFitOptions, total } from "./data.js";
import { CONVERGED, type DistributionFit, type Fits, type ModeFitOptions, withoutPrior } from "./fit.js";
import type { Point } from "./maximum.js";
import { byLogarithms, modeFit, modeOf, readPriors, startsOf } from "./mode.js";

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

/** The mean log-likelihood, its constant left out, with its derivatives by mean and dispersion. */
function evaluate([m, alpha]: Float64Array, mean: number, shares: Float64Array): Point {
  const u = alpha * m;
  const rest = log1pmx(u, 1 + u);
  const ratios = shares.map((_, j) => j / (1 + alpha * j));
  const rising = sum(shares.map((share, j) => share * log1pOne(alpha * j)));
  const cross = (m - mean) / (1 + u) / (1 + u);
  return {
    value: rising + mean * logOne(m) - (mean + 1 / alpha) * log1pOne(u),
    gradient: Float64Array.of(
      (mean - m) / m / (1 + u),
      sum(shares.map((share, j) => share * ratios[j])) + rest / alpha / alpha + (m * (m - mean)) / (1 + u),
    ),
    information: Float64Array.of(
      mean / m / m - (alpha * (alpha * mean + 1)) / (1 + u) / (1 + u),
      -cross,
      -cross,
      sum(shares.map((share, j) => share * ratios[j] * ratios[j])) +
        (2 * rest) / alpha / alpha / alpha +
        (m * m) / alpha / (1 + u) +
        m * m * cross,
    ),
  };
}

const ZEROS = "Every value is 0: the maximum is at mean 0, whatever the dispersion.";

/** Mean counts times dispersions below which a negative binomial is a Poisson distribution. */
const POISSON = 1e-9;

/** The mode of the density of both parameters after the data. */
function withPriors(
  data: Data,
  priors: NonNullable<ReturnType<typeof readPriors<keyof NegativeBinomialParameters>>>,
): Result {
  const mean = meanOf(data);
  if (mean === 0 && priors.mean === null) return atBoundary(data, 0, ZEROS);
  const variance = total(data, (x) => (x - mean) * (x - mean)) / data.total;
  const shares = sharesAbove(data);
  const coordinates = (["mean", "dispersion"] as const).map((name) => ({
    name,
    prior: priors[name],
    range: "positive" as const,
  }));
  const first = mean > 0 ? mean : 0.5 / data.total;
  const excess = Math.max((variance - mean) / first / first, 0.1);
  const starts = startsOf(coordinates, Float64Array.of(first, excess).map(logOne));
  const mode = modeOf(starts, coordinates, data.total, (at) => {
    const parameters = at.map(expOne);
    return byLogarithms(evaluate(parameters, mean, shares), parameters);
  });
  const [m, alpha] = mode.parameters as unknown as [number, number];
  if (!(first * alpha < POISSON) || (priors.dispersion?.logDensity(0) ?? 0) === Infinity) {
    return modeFit(data, mode, { mean: m, dispersion: alpha }, make);
  }
  const only = modeOf(
    startsOf(coordinates.slice(0, 1), Float64Array.of(logOne(first))),
    coordinates.slice(0, 1),
    data.total,
    ([u]) => {
      const rate = expOne(u);
      return { value: mean * u - rate, gradient: Float64Array.of(mean - rate), information: Float64Array.of(rate) };
    },
  );
  const reason = "The posterior density rises as the dispersion goes to 0, where the limit is a Poisson distribution.";
  const status = only.status === "unbounded" ? only.status : "boundary";
  const limit = { mean: only.parameters[0]!, dispersion: 0 };
  return modeFit(data, { status, reason: status === "unbounded" ? only.reason : reason }, limit, () =>
    poisson({ rate: limit.mean }),
  );
}

function fit(values: ArrayLike<number>, options?: ModeFitOptions<NegativeBinomialParameters>): Result {
  const given = readFitOptions(options, ["weights", "prior"]);
  const priors = readPriors(given.prior, { mean: "positive", dispersion: "positive" });
  const data = readData(values, given.weights, COUNT, false);
  if (priors !== null) return withPriors(data, priors);
  const mean = meanOf(data);
  if (mean === 0) return atBoundary(data, 0, ZEROS);
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
 * const prior = { dispersion: distributions.logNormal() };
 * distributions.negativeBinomial.fit([2, 3, 3], { prior }).parameters.dispersion; // → 0.21392109109
 */
export const negativeBinomial: ((options: NegativeBinomialParameters) => Distribution<NegativeBinomialParameters>) &
  Fits<ModeFitOptions<NegativeBinomialParameters>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
