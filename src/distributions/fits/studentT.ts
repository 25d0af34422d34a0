import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { checkNumber, fail } from "../../check.js";
import { normal } from "../normal.js";
import { studentT as make, type StudentTOptions, type StudentTParameters } from "../studentT.js";
import { HALF_LOG_TWO_PI } from "../terms.js";
import type { Distribution } from "../distribution.js";
import { constantOf, type Data, meanOf, REAL, readData, readFitOptions, total, varianceOf } from "./data.js";
import {
  CONVERGED,
  type DistributionFit,
  type DistributionStatus,
  type Fits,
  type ModeFitOptions,
  unbounded,
  withoutPrior,
} from "./fit.js";
import { mediansOf } from "./laplace.js";
import { climb, inverseOf, type Maximum } from "./maximum.js";
import { type Coordinate, modeFit, modeOf, readPriors, startsOf } from "./mode.js";
import { evaluateStudentT } from "./studentTLikelihood.js";

/** @inline */
type Result = DistributionFit<StudentTParameters>;

/** Options of a fit of a Student t distribution. */
export interface StudentTFitOptions extends ModeFitOptions<StudentTParameters> {
  /** Degrees of freedom that are known; without it they are fitted too. */
  readonly df?: number;
}

const LOCAL =
  "A local maximum: with free degrees of freedom the likelihood has no global one, as it grows without bound where df and scale go to 0 around one value.";
const SEVERAL = "A local maximum: below one degree of freedom the likelihood may have several.";
const STUCK = "The steps of Newton's method ended before the maximum.";

/** The largest share of the weight that lies on one value. */
function largestTie({ x, weights, total: whole }: Data): number {
  const shares = new Map<number, number>();
  x.forEach((value, i) => shares.set(value, (shares.get(value) ?? 0) + (weights === null ? 1 : weights[i])));
  return [...shares.values()].reduce((a, b) => Math.max(a, b), 0) / whole;
}

/** The limit of infinite degrees of freedom, with the mean log-likelihood there. */
function normalLimit(data: Data): { mean: number; sd: number; kurtosis: number; value: number } {
  const mean = meanOf(data);
  const sd = Math.sqrt(varianceOf(data, mean));
  const kurtosis = total(data, (x) => ((x - mean) / sd) * ((x - mean) / sd) * ((x - mean) / sd) * ((x - mean) / sd));
  return { mean, sd, kurtosis: kurtosis / data.total, value: -HALF_LOG_TWO_PI - logOne(sd) - 0.5 };
}

function atBoundary(data: Data, { mean, sd, kurtosis }: ReturnType<typeof normalLimit>): Result {
  const distribution = normal({ mean, sd });
  return Object.freeze({
    distribution,
    parameters: Object.freeze({ df: Infinity, location: mean, scale: sd }),
    standardErrors: null,
    logLikelihood: total(data, (x) => distribution.logDensity(x)),
    totalWeight: data.total,
    status: "boundary",
    reason: `The kurtosis, ${kurtosis}, is at most that of a normal distribution, 3, which is the limit as df grows without bound.`,
    ...withoutPrior,
  });
}

function errorsOf(
  data: Data,
  { at, information }: Maximum,
  spread: number,
  { df, scale }: StudentTParameters,
): StudentTParameters | null {
  const d = at.length;
  const inverse = data.counting ? inverseOf(information, d) : null;
  if (inverse === null) return null;
  const error = (j: number): number => Math.sqrt(inverse[j * d + j] / data.total);
  return Object.freeze({ df: d === 3 ? df * error(2) : 0, location: spread * error(0), scale: scale * error(1) });
}

function statusOf(converged: boolean, df: number | undefined): readonly [DistributionStatus, string] {
  if (!converged) return ["iteration-limit", STUCK];
  if (df === undefined) return ["stationary", LOCAL];
  return df < 1 ? ["stationary", SEVERAL] : ["converged", CONVERGED];
}

/** Degrees of freedom above which it is a normal distribution. */
const NORMAL = 1e6;

/** The mode of the density of the parameters after the data; not of df where it is known. */
function withPriors(
  data: Data,
  df: number | undefined,
  priors: NonNullable<ReturnType<typeof readPriors<keyof StudentTParameters>>>,
): Result {
  const [low, high] = mediansOf(data);
  const center = low + 0.5 * (high - low);
  const spread = total(data, (x) => Math.abs(x - center)) / data.total || Math.max(Math.abs(center), 1);
  const all: Coordinate[] = [
    { name: "location", prior: priors.location, range: "real", center, spread },
    { name: "scale", prior: priors.scale, range: "positive" },
    { name: "df", prior: priors.df, range: "positive" },
  ];
  const coordinates = all.slice(0, df === undefined ? 3 : 2);
  const start = Float64Array.of(0, logOne(spread), logOne(4)).subarray(0, coordinates.length);
  const mode = modeOf(startsOf(coordinates, start), coordinates, data.total, (at) =>
    evaluateStudentT(data, at, center, spread, df),
  );
  const [location, scale, free] = mode.parameters as unknown as [number, number, number?];
  const tied = df !== undefined && priors.scale === null && largestTie(data) >= df / (df + 1);
  if (tied || (mode.status === "iteration-limit" && !(scale > 1e-6 * spread))) {
    const at = tied ? center : location;
    const reason = `So much of the weight is on ${at} that the posterior density grows without bound as scale goes to 0. Give a prior of scale that falls faster there.`;
    return modeFit(data, { status: "unbounded", reason }, { df: df ?? NaN, location: at, scale: 0 }, make);
  }
  if (priors.df === null && free !== undefined && free > NORMAL) {
    const two = coordinates.slice(0, 2);
    const limit = modeOf(startsOf(two, start.subarray(0, 2)), two, data.total, (at) =>
      evaluateStudentT(data, at, center, spread, 1e12),
    );
    const [mean, sd] = limit.parameters as unknown as [number, number];
    const reason = "The posterior density rises as df grows without bound, where the limit is a normal distribution.";
    const status = limit.status === "unbounded" ? limit.status : "boundary";
    const found = { df: Infinity, location: mean, scale: sd };
    return modeFit(data, { status, reason: status === "unbounded" ? limit.reason : reason }, found, () =>
      normal({ mean, sd }),
    );
  }
  return modeFit(data, mode, { df: df ?? free!, location, scale }, make);
}

function fit(values: ArrayLike<number>, options?: StudentTFitOptions): Result {
  const given = readFitOptions(options, ["weights", "df", "prior"]);
  const priors = readPriors(given.prior, { df: "positive", location: "real", scale: "positive" });
  const df = given.df === undefined ? undefined : checkNumber("df", given.df, { min: 1e-6, max: 1e12 });
  if (df !== undefined && priors !== null && priors.df !== null) {
    fail("type", "prior.df", "nothing beside a known df", given.prior?.df);
  }
  const data = readData(values, given.weights, REAL, false);
  if (priors !== null) return withPriors(data, df, priors);
  const constant = constantOf(data);
  const collapse = (location: number): Result => {
    const reason = `So much of the weight is on ${location} that the likelihood grows without bound as scale goes to 0.`;
    return unbounded({ df: df ?? NaN, location, scale: 0 }, data.total, reason);
  };
  if (constant !== null) return collapse(constant);
  const limit = normalLimit(data);
  const [low, high] = mediansOf(data);
  const center = low + 0.5 * (high - low);
  if (df !== undefined && largestTie(data) >= df / (df + 1)) return collapse(center);
  const spread = total(data, (x) => Math.abs(x - center)) / data.total;
  const start = Float64Array.of(0, logOne(spread), logOne(4)).subarray(0, df === undefined ? 3 : 2);
  const maximum = climb(start, (at) => evaluateStudentT(data, at, center, spread, df));
  const { at, value, converged } = maximum;
  const scale = expOne(at[1]);
  const location = center + at[0] * spread;
  if (!(scale > 1e-9 * spread)) return collapse(location);
  const beatsNormal = value > limit.value + 1e-13 * (1 + Math.abs(limit.value));
  if (df === undefined && limit.kurtosis <= 3 && !(converged && beatsNormal)) return atBoundary(data, limit);
  const distribution = make({ df: df ?? expOne(at[2]), location, scale });
  const [status, reason] = statusOf(converged, df);
  return Object.freeze({
    distribution,
    parameters: distribution.parameters,
    standardErrors: errorsOf(data, maximum, spread, distribution.parameters),
    logLikelihood: total(data, (x) => distribution.logDensity(x)),
    totalWeight: data.total,
    status,
    reason,
    ...withoutPrior,
  });
}

/**
 * Student's t distribution with a location and a scale: a normal one whose variance is an inverse gamma number.
 *
 * log p(x) = log Γ((df + 1)/2) − log Γ(df/2) − ½ log(π·df) − log scale − ½(df + 1)·log(1 + z²/df) nats, z = (x −
 * location)/scale, for all real x. The mean is NaN for df ≤ 1, the variance Infinity for df ≤ 2.
 *
 * @param options - `df`, `location` (default 0) and `scale` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a location that is not finite or others that are not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 2, 2nd ed., 1995
 * @example
 * const d = distributions.studentT({ df: 4, location: 1, scale: 2 });
 * d.logDensity(1); // → -1.673976433572
 * d.quantile(0.975); // → 6.552890210396
 * distributions.studentT.fit([1, 2, 3, 40], { df: 3 }).parameters.location; // → 2.574374
 * const prior = { df: distributions.gamma({ shape: 2, rate: 0.1 }), scale: distributions.halfCauchy({ scale: 5 }) };
 * distributions.studentT.fit([1, 2, 3, 40], { prior }).parameters.df; // → 0.779325568862
 */
export const studentT: ((options: StudentTOptions) => Distribution<StudentTParameters>) &
  Fits<StudentTFitOptions, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
