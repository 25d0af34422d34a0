import { logOne } from "../../backend/typescript/math/log.js";
import { log1pOne } from "../../backend/typescript/math/log1p.js";
import { digammaOne } from "../../special/digamma.js";
import { logBetaOne } from "../../special/logBeta.js";
import { trigammaOne } from "../../special/trigamma.js";
import { beta as make, type BetaParameters } from "../beta.js";
import type { Distribution } from "../distribution.js";
import { constantOf, type Domain, meanOf, readData, readFitOptions, total, varianceOf } from "./data.js";
import {
  CONVERGED,
  type DistributionFit,
  type DistributionFitOptions,
  type Fits,
  unbounded,
  withoutPrior,
} from "./fit.js";
import { climb, inverseOf, type Point } from "./maximum.js";

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

function fit(values: ArrayLike<number>, options?: DistributionFitOptions): Result {
  const data = readData(values, readFitOptions(options, ["weights"]).weights, PROPORTION, false);
  const constant = constantOf(data);
  if (constant !== null) {
    const reason = `Every value is ${constant}: the likelihood grows without bound as both parameters do.`;
    return unbounded({ alpha: Infinity, beta: Infinity }, data.total, reason);
  }
  const end = data.x.find((x) => x === 0 || x === 1);
  if (end !== undefined) {
    const which = end === 0 ? "alpha" : "beta";
    const reason = `A value is ${end}, where the density is infinite for ${which} below 1: the likelihood has no maximum.`;
    return unbounded({ alpha: NaN, beta: NaN }, data.total, reason);
  }
  const mean = meanOf(data);
  const variance = varianceOf(data, mean);
  const logX = total(data, logOne) / data.total;
  const logY = total(data, (x) => log1pOne(-x)) / data.total;
  const size = (mean * (1 - mean)) / variance - 1;
  const start = Float64Array.of(mean, 1 - mean).map((share) => Math.max(share * size, 1e-3));
  const { at, information, converged } = climb(start, (point) => evaluate(point, logX, logY));
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
 */
export const beta: ((options: BetaParameters) => Distribution<BetaParameters>) & Fits<DistributionFitOptions, Result> =
  /*#__PURE__*/ Object.assign((options: Parameters<typeof make>[0]) => make(options), { fit });
