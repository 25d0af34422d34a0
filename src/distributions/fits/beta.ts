import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { log1pOne } from "../../backend/typescript/math/log1p.js";
import { digammaOne } from "../../special/digamma.js";
import { logBetaOne } from "../../special/logBeta.js";
import { trigammaOne } from "../../special/trigamma.js";
import { beta as make, type BetaParameters } from "../beta.js";
import type { Distribution } from "../distribution.js";
import { constantOf, type Data, type Domain, meanOf, readData, readFitOptions, total, varianceOf } from "./data.js";
import { CONVERGED, type DistributionFit, type Fits, type ModeFitOptions, unbounded, withoutPrior } from "./fit.js";
import { climb, inverseOf, type Point } from "./maximum.js";
import { byLogarithms, modeFit, modeOf, readPriors, startsOf } from "./mode.js";

/** @inline */
type Result = DistributionFit<BetaParameters>;

const PROPORTION: Domain = { expected: "a number from 0 to 1", holds: (x) => x >= 0 && x <= 1 };

/** The mean log-likelihood, from the means of log x and log(1 − x), with its derivatives; concave. */
function evaluate([a, b]: Float64Array, logX: number, logY: number): Point {
  const whole = digammaOne(a + b);
  const common = trigammaOne(a + b);
  return {
    value: a > 0 && b > 0 ? (a - 1) * logX + (b - 1) * logY - logBetaOne(a, b) : -Infinity,
    gradient: Float64Array.of(logX - digammaOne(a) + whole, logY - digammaOne(b) + whole),
    information: Float64Array.of(trigammaOne(a) - common, -common, -common, trigammaOne(b) - common),
  };
}

/** Where the mean and the variance say that the parameters are, about. */
function momentsOf(data: Data): Float64Array {
  const mean = meanOf(data);
  const variance = constantOf(data) === null ? varianceOf(data, mean) : mean * (1 - mean) * 1e-6;
  const size = (mean * (1 - mean)) / variance - 1;
  return Float64Array.of(mean, 1 - mean).map((share) => Math.max(share * size, 1e-3));
}

/** The mode of the density of both parameters after the data. */
function withPriors(data: Data, priors: NonNullable<ReturnType<typeof readPriors<keyof BetaParameters>>>): Result {
  const logX = total(data, logOne) / data.total;
  const logY = total(data, (x) => log1pOne(-x)) / data.total;
  const coordinates = (["alpha", "beta"] as const).map((name) => ({
    ...{ name, prior: priors[name], range: "positive" as const },
  }));
  const mode = modeOf(startsOf(coordinates, momentsOf(data).map(logOne)), coordinates, data.total, (at) => {
    const parameters = at.map(expOne);
    return byLogarithms(evaluate(parameters, logX, logY), parameters);
  });
  return modeFit(data, mode, { alpha: mode.parameters[0]!, beta: mode.parameters[1]! }, make);
}

function fit(values: ArrayLike<number>, options?: ModeFitOptions<BetaParameters>): Result {
  const given = readFitOptions(options, ["weights", "prior"]);
  const priors = readPriors(given.prior, { alpha: "positive", beta: "positive" });
  const data = readData(values, given.weights, PROPORTION, false);
  const constant = constantOf(data);
  if (constant !== null && priors === null) {
    const reason = `Every value is ${constant}: the likelihood grows without bound as both parameters do.`;
    return unbounded({ alpha: Infinity, beta: Infinity }, data.total, reason);
  }
  const end = data.x.find((x) => x === 0 || x === 1);
  if (end !== undefined) {
    const which = end === 0 ? "alpha" : "beta";
    const reason = `A value is ${end}, where the density is infinite for ${which} below 1: the likelihood has no maximum.`;
    return unbounded({ alpha: NaN, beta: NaN }, data.total, reason);
  }
  if (priors !== null) return withPriors(data, priors);
  const logX = total(data, logOne) / data.total;
  const logY = total(data, (x) => log1pOne(-x)) / data.total;
  const { at, information, converged } = climb(momentsOf(data), (point) => evaluate(point, logX, logY));
  const distribution = make({ alpha: at[0], beta: at[1] });
  const inverse = inverseOf(information, 2);
  return Object.freeze({
    distribution,
    parameters: distribution.parameters,
    standardErrors:
      data.counting && inverse !== null
        ? Object.freeze({ alpha: Math.sqrt(inverse[0] / data.total), beta: Math.sqrt(inverse[3] / data.total) })
        : null,
    logLikelihood: total(data, (x) => distribution.logDensity(x)),
    totalWeight: data.total,
    status: converged ? "converged" : "iteration-limit",
    reason: converged ? CONVERGED : "The steps of Newton's method ended before the maximum.",
    ...withoutPrior,
  });
}

/**
 * The beta distribution of a proportion; the conjugate prior of a probability.
 *
 * log p(x) = (alpha − 1)·log x + (beta − 1)·log(1 − x) − log B(alpha, beta) nats, for 0 ≤ x ≤ 1. At an end it is +Infinity
 * if its parameter is below 1.
 *
 * @param options - `alpha` and `beta`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for one that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 2, 2nd ed., 1995
 * @example
 * const d = distributions.beta({ alpha: 2, beta: 3 });
 * d.cdf(0.25); // → 0.26171875
 * d.mean; // → 0.4
 * distributions.beta.fit([0.1, 0.4, 0.5]).status; // → "converged"
 * const prior = { alpha: distributions.gamma({ shape: 2, rate: 1 }), beta: distributions.gamma({ shape: 2, rate: 1 }) };
 * distributions.beta.fit([0.1, 0.4, 0.5], { prior }).parameters.alpha; // → 1.083099263615
 */
export const beta: ((options: BetaParameters) => Distribution<BetaParameters>) &
  Fits<ModeFitOptions<BetaParameters>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
