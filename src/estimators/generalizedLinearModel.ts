import { fail, toFloat64 } from "../check.js";
import { alone } from "../likelihoods/joint.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import {
  type ClassificationOptions,
  type Estimator,
  checkRegression,
  makeEstimator,
  startRegression,
} from "./estimator.js";
import { offsetOf } from "./exposure.js";
import { type Encoded, type Label, encodeLabels } from "./labels.js";
import { startJoint } from "./startJoint.js";
import { startLinear } from "./linearRegression.js";
import { startNegativeBinomial } from "./negativeBinomial.js";
import { startOrdinal } from "./ordinalRegression.js";

/** Options of a generalized linear model. */
export interface GeneralizedOptions extends ClassificationOptions {
  /** The distribution of a target given its score, of `likelihoods`. */
  readonly likelihood: Likelihood;
  /** For a log link: time, area or population of each row, > 0; its logarithm is added to the scores. */
  readonly exposure?: ArrayLike<number>;
}

/**
 * Generalized linear model: link(mean of y) = intercept + x·coefficients, y of any likelihood of this library.
 *
 * Maximum likelihood by default, maximum a posteriori with `prior`, empirical risk with `penalty`. A parameter that the
 * likelihood leaves open (sd of a Gaussian, shape of a gamma, dispersion of a negative binomial) is estimated by maximum
 * likelihood; beside a prior it must be given, or be "estimate" for the joint mode, as `map` has it. The same bits as `linearRegression`, `logisticRegression` and
 * `softmaxRegression` where those state the same.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows]: numbers; for a Bernoulli, categorical or ordinal likelihood labels of any kind, or for
 *   Bernoulli shares of successes in [0, 1].
 * @param options - `likelihood`; `prior` or `penalty`, `classes`, `exposure` (log link), `intercept`, `weights`,
 *   `offset`, `names`, `standardize`, `columns`; those of the minimisation.
 * @returns The fit; `predict` gives labels of classes, else means.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989
 * @function
 * @example
 * const rows = [[0], [1], [2], [3], [4], [5]];
 * const counts = [2, 0, 5, 12, 3, 30];
 * const fit = generalizedLinearModel(rows, counts, { likelihood: likelihoods.negativeBinomial() });
 * fit.coefficients; // → [0.592542437884]
 * fit.dispersion; // → 0.372273983535
 * const gamma = generalizedLinearModel(rows.slice(0, 4), [1.2, 2.1, 5.8, 11], { likelihood: likelihoods.gamma() });
 * gamma.coefficients; // → [0.765333056477]
 * gamma.shape; // → 112.368237007438
 */
export const generalizedLinearModel: Estimator<ArrayLike<Label>, GeneralizedOptions> = /*#__PURE__*/ makeEstimator(
  "generalizedLinearModel",
  (x, y, options, stored) => {
    checkRegression(options, ["likelihood", "classes", "exposure"]);
    const { likelihood: stated, classes: given, exposure, ...others } = options ?? ({} as GeneralizedOptions);
    if (typeof stated?.loss?.kernels !== "function") {
      fail("type", "likelihood", "one of this library's", stated);
    }
    const flat = others.penalty === undefined && others.prior?.flat !== false;
    const likelihood = stated.joint === undefined ? stated : alone(stated, flat);
    const { classes, indices: targets } = encode(likelihood, y, given);
    if (exposure !== undefined && likelihood.link !== "log") {
      fail("type", "exposure", `nothing for ${likelihood.name}, whose link is no logarithm`, exposure);
    }
    const offset = offsetOf(exposure, others.offset, targets.length);
    const rest = { ...others, ...(offset && { offset }) };
    if (likelihood.joint !== undefined) return startJoint(x, { likelihood, targets }, rest, stored);
    if (likelihood.name === "negativeBinomial" && likelihood.dispersion === null) {
      return startNegativeBinomial(x, targets, rest);
    }
    if (likelihood.name === "gaussian") {
      const known = likelihood.dispersion !== null && { sd: Math.sqrt(likelihood.variance([0])[0]) };
      return startLinear(x, targets, { ...rest, ...known }, stored);
    }
    if (likelihood.loss.ordered) return startOrdinal(x, { likelihood, targets, classes }, rest, stored);
    return startRegression(x, { likelihood, targets, classes }, rest, stored);
  },
);

/** Targets as the likelihood takes them, and the classes if they are labels of some. */
function encode(
  likelihood: Likelihood,
  y: unknown,
  classes: readonly Label[] | undefined,
): Omit<Encoded, "classes"> & { readonly classes: readonly Label[] | null } {
  const { name, thresholds, loss } = likelihood;
  const isBinary = name === "bernoulli";
  const expected = isBinary
    ? 2
    : name === "categorical"
      ? loss.classes
      : thresholds !== null
        ? thresholds.length + 1
        : loss.ordered
          ? loss.classes + 1
          : 0;
  if (expected === 0 || (isBinary && hasShares(y))) {
    if (classes !== undefined) fail("type", "classes", `nothing for numbers of a ${name} likelihood`, classes);
    return { classes: null, indices: toFloat64("y", y) };
  }
  const encoded = encodeLabels(y, classes);
  if (encoded.classes.length !== expected) {
    fail("range", "y", `labels of ${expected} classes`, `${encoded.classes.length} classes`);
  }
  return encoded;
}

/** True for numbers of which some lie between 0 and 1: shares, not labels. */
function hasShares(y: unknown): boolean {
  const isShare = (value: unknown): boolean => typeof value === "number" && value > 0 && value < 1;
  if (Array.isArray(y)) return y.some(isShare);
  return ArrayBuffer.isView(y) && Array.prototype.some.call(y, isShare);
}
