import { fail, toFloat64 } from "../check.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import {
  type ClassificationOptions,
  type Estimator,
  checkRegression,
  makeEstimator,
  startRegression,
} from "./estimator.js";
import { type Encoded, type Label, encodeLabels } from "./labels.js";
import { startLinear } from "./linearRegression.js";

/** Options of a generalized linear model. */
export interface GeneralizedOptions extends ClassificationOptions {
  /** The distribution of a target given its score, of `likelihoods`. */
  readonly likelihood: Likelihood;
}

/**
 * Generalized linear model: link(mean of y) = intercept + x·coefficients, y of any likelihood of this library.
 *
 * Maximum likelihood by default, maximum a posteriori with `prior`, empirical risk with `penalty`. A parameter that the
 * likelihood leaves open is estimated by maximum likelihood; beside a prior it must be given. The same bits as `linearRegression`, `logisticRegression` and
 * `softmaxRegression` where those state the same.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Targets [rows]: numbers; for a Bernoulli or categorical likelihood labels of any kind, or for Bernoulli
 *   shares of successes in [0, 1].
 * @param options - `likelihood`; `prior` or `penalty`, `classes`, `intercept`, `weights`,
 *   `offset`, `names`, `standardize`, `columns`; those of the minimisation.
 * @returns The fit; `predict` gives labels of classes, else means.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989
 * @function
 * @example
 * const shares = [0.1, 0.3, 0.5, 0.9];
 * const fit = generalizedLinearModel([[0], [1], [2], [3]], shares, { likelihood: likelihoods.bernoulli() });
 * fit.coefficients; // → [1.352982865033]
 */
export const generalizedLinearModel: Estimator<ArrayLike<Label>, GeneralizedOptions> = /*#__PURE__*/ makeEstimator(
  "generalizedLinearModel",
  (x, y, options, stored) => {
    checkRegression(options, ["likelihood", "classes"]);
    const { likelihood, classes: given, ...rest } = options ?? ({} as GeneralizedOptions);
    if (typeof likelihood?.loss?.kernels !== "function") {
      fail("type", "likelihood", "one of this library's", likelihood);
    }
    const { classes, indices: targets } = encode(likelihood, y, given);
    if (likelihood.name === "gaussian") {
      const known = likelihood.dispersion !== null && { sd: Math.sqrt(likelihood.variance([0])[0]) };
      return startLinear(x, targets, { ...rest, ...known }, stored);
    }
    return startRegression(x, { likelihood, targets, classes }, rest, stored);
  },
);

/** Targets as the likelihood takes them, and the classes if they are labels of some. */
function encode(
  likelihood: Likelihood,
  y: unknown,
  classes: readonly Label[] | undefined,
): Omit<Encoded, "classes"> & { readonly classes: readonly Label[] | null } {
  const expected =
    likelihood.name === "bernoulli" ? 2 : likelihood.name === "categorical" ? likelihood.loss.classes : 0;
  if (expected === 0 || (expected === 2 && likelihood.name === "bernoulli" && hasShares(y))) {
    if (classes !== undefined)
      fail("type", "classes", `nothing for numbers of a ${likelihood.name} likelihood`, classes);
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
