import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { digammaOne } from "../../special/digamma.js";
import { increasingRoot } from "../../special/increasingRoot.js";
import { lgammaOne } from "../../special/lgamma.js";
import { log1pmx } from "../../special/log1pmx.js";
import { trigammaOne } from "../../special/trigamma.js";
import { gamma as make, type GammaParameters } from "../gamma.js";
import type { Distribution } from "../distribution.js";
import { constantOf, type Data, meanOf, NON_NEGATIVE, readData, readFitOptions, total } from "./data.js";
import { CONVERGED, type DistributionFit, type Fits, type ModeFitOptions, unbounded, withoutPrior } from "./fit.js";
import { byLogarithms, modeFit, modeOf, readPriors, startsOf } from "./mode.js";

/** @inline */
type Result = DistributionFit<GammaParameters>;

/** log a − ψ(a); from 16 on by the asymptotic series, in which nothing cancels. */
function logLessDigamma(a: number): number {
  if (a < 16) return logOne(a) - digammaOne(a);
  const r = 1 / a;
  const z = r * r;
  return 0.5 * r + z * (1 / 12 + z * (-1 / 120 + z * (1 / 252 + z * (-1 / 240 + z * (1 / 132 - z * (691 / 32760))))));
}

/** a·ψ′(a) − 1, which is positive. */
function trigammaExcess(a: number): number {
  if (a < 16) return a * trigammaOne(a) - 1;
  const r = 1 / a;
  const z = r * r;
  return 0.5 * r + z * (1 / 6 + z * (-1 / 30 + z * (1 / 42 + z * (-1 / 30 + z * (5 / 66 - z * (691 / 2730))))));
}

/** The shape of which log a − ψ(a) is the gap between the logarithms of the arithmetic and the geometric mean. */
function shapeOf(gap: number): number {
  const target = logOne(gap);
  const start = gap < 1 ? -logOne(2 * gap) : -target;
  const log = increasingRoot(start, (t) => {
    const a = expOne(t);
    const value = logLessDigamma(a);
    return { value: target - logOne(value), slope: trigammaExcess(a) / value };
  });
  return expOne(log);
}

/** The mode of the density of both parameters after the data. */
function withPriors(data: Data, priors: NonNullable<ReturnType<typeof readPriors<keyof GammaParameters>>>): Result {
  const mean = meanOf(data);
  const logs = total(data, logOne) / data.total;
  const coordinates = (["shape", "rate"] as const).map((name) => ({
    name,
    prior: priors[name],
    range: "positive" as const,
  }));
  const gap = -total(data, (x) => log1pmx((x - mean) / mean, x / mean)) / data.total;
  const shape = Math.min(shapeOf(Math.max(gap, 1e-12)), 1e6);
  const starts = startsOf(coordinates, Float64Array.of(logOne(shape), logOne(shape / mean)));
  const mode = modeOf(starts, coordinates, data.total, (at) => {
    const [a, b] = at.map(expOne) as unknown as [number, number];
    return byLogarithms(
      {
        value: a * at[1]! + (a - 1) * logs - b * mean - lgammaOne(a),
        gradient: Float64Array.of(at[1]! + logs - digammaOne(a), a / b - mean),
        information: Float64Array.of(trigammaOne(a), -1 / b, -1 / b, a / b / b),
      },
      Float64Array.of(a, b),
    );
  });
  return modeFit(data, mode, { shape: mode.parameters[0]!, rate: mode.parameters[1]! }, make);
}

function fit(values: ArrayLike<number>, options?: ModeFitOptions<GammaParameters>): Result {
  const given = readFitOptions(options, ["weights", "prior"]);
  const priors = readPriors(given.prior, { shape: "positive", rate: "positive" });
  const data = readData(values, given.weights, NON_NEGATIVE, false);
  if (priors !== null && !data.x.includes(0)) return withPriors(data, priors);
  const constant = constantOf(data);
  if (constant !== null && priors === null) {
    const reason = `Every value is ${constant}: the likelihood grows with the shape without bound.`;
    return unbounded({ shape: Infinity, rate: Infinity }, data.total, reason);
  }
  if (data.x.includes(0)) {
    const reason = "A value is 0, where the density of every shape below 1 is infinite: the likelihood has no maximum.";
    return unbounded({ shape: NaN, rate: NaN }, data.total, reason);
  }
  const mean = meanOf(data);
  const gap = -total(data, (x) => log1pmx((x - mean) / mean, x / mean)) / data.total;
  const shape = shapeOf(gap);
  const distribution = make({ shape, rate: shape / mean });
  const { rate } = distribution.parameters;
  const variance = shape / data.total / trigammaExcess(shape);
  return Object.freeze({
    distribution,
    parameters: distribution.parameters,
    standardErrors: data.counting
      ? Object.freeze({
          shape: Math.sqrt(variance),
          rate: (rate / Math.sqrt(shape)) * Math.sqrt(variance * trigammaOne(shape)),
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
 * The gamma distribution: the time to event number `shape` of a Poisson process.
 *
 * log p(x) = shape·log rate + (shape − 1)·log x − rate·x − log Γ(shape) nats, for x ≥ 0. At 0 it is +Infinity for a shape
 * below 1.
 *
 * @param options - `shape` and `rate` (1/scale).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for one that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994
 * @example
 * const d = distributions.gamma({ shape: 2, rate: 3 });
 * d.logDensity(1); // → -0.802775422664
 * d.survival(200); // → 1.592888e-258
 * distributions.gamma.fit([1, 2, 3, 6]).parameters; // → {"shape":2.620989549712,"rate":0.873663183237}
 * const prior = { shape: distributions.halfCauchy({ scale: 1 }) };
 * distributions.gamma.fit([1, 2, 3, 6], { prior }).parameters.shape; // → 1.261318744827
 */
export const gamma: ((options: GammaParameters) => Distribution<GammaParameters>) &
  Fits<ModeFitOptions<GammaParameters>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
