import { laplace as make, type LaplaceParameters } from "../laplace.js";
import type { Distribution } from "../distribution.js";
import { constantOf, type Data, REAL, readData, readFitOptions, total } from "./data.js";
import { CONVERGED, type DistributionFit, type Fits, type ModeFitOptions, unbounded, withoutPrior } from "./fit.js";
import { laplaceMode } from "./laplaceMode.js";
import { modeFit, readPriors } from "./mode.js";

/** @inline */
type Result = DistributionFit<LaplaceParameters>;

/** The ends of the interval of weighted medians. */
export function mediansOf({ x, weights, total: sum }: Data): readonly [number, number] {
  const order = Array.from(x, (_, i) => i).sort((i, j) => x[i] - x[j]);
  let before = 0;
  for (let k = 0; k < order.length; k++) {
    before += weights === null ? 1 : weights[order[k]];
    if (before > 0.5 * sum) return [x[order[k]], x[order[k]]];
    if (before === 0.5 * sum && k + 1 < order.length) return [x[order[k]], x[order[k + 1]]];
  }
  const last = x[order[order.length - 1]];
  return [last, last];
}

function fit(values: ArrayLike<number>, options?: ModeFitOptions<LaplaceParameters>): Result {
  const given = readFitOptions(options, ["weights", "prior"]);
  const priors = readPriors(given.prior, { location: "real", scale: "positive" });
  const data = readData(values, given.weights, REAL, false);
  if (priors !== null) {
    const mode = laplaceMode(data, priors, mediansOf(data));
    return modeFit(data, mode, mode.parameters, make);
  }
  const constant = constantOf(data);
  if (constant !== null) {
    const reason = `Every value is ${constant}: the likelihood grows without bound as scale goes to 0.`;
    return unbounded({ location: constant, scale: 0 }, data.total, reason);
  }
  const [low, high] = mediansOf(data);
  const location = low + 0.5 * (high - low);
  const scale = total(data, (x) => Math.abs(x - location)) / data.total;
  const distribution = make({ location, scale });
  const error = scale / Math.sqrt(data.total);
  return Object.freeze({
    distribution,
    parameters: distribution.parameters,
    standardErrors: data.counting ? Object.freeze({ location: error, scale: error }) : null,
    logLikelihood: total(data, (x) => distribution.logDensity(x)),
    totalWeight: data.total,
    status: low === high ? "converged" : "flat",
    reason:
      low === high ? CONVERGED : `Every location from ${low} to ${high} maximises the likelihood; the middle is given.`,
    ...withoutPrior,
  });
}

/**
 * The Laplace (double exponential) distribution.
 *
 * log p(x) = −|x − location|/scale − log(2·scale) nats, for all real x.
 *
 * @param options - `location` (default 0) and `scale` (default 1).
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a location that is not finite or a scale that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 2, 2nd ed., 1995
 * @example
 * const d = distributions.laplace({ location: 1, scale: 0.5 });
 * d.logDensity(2); // → -2
 * d.survival(100); // → 5.1128e-87
 * distributions.laplace.fit([1, 2, 6]).parameters; // → {"location":2,"scale":1.666666666667}
 * const prior = { scale: distributions.inverseGamma({ shape: 3, scale: 2 }) };
 * distributions.laplace.fit([1, 2, 6], { prior }).parameters.scale; // → 1
 */
export const laplace: ((options?: Partial<LaplaceParameters>) => Distribution<LaplaceParameters>) &
  Fits<ModeFitOptions<LaplaceParameters>, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
