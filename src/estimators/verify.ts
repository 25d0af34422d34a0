/**
 * Checking a fit against its data.
 *
 * @module
 */

import { checkOptions, fail, toFloat64 } from "../check.js";
import type { Dataset } from "../dataset.js";
import { refuseJoint } from "../likelihoods/joint.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { complete } from "../linalg/steps.js";
import type { Loss } from "../losses/loss.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Prior } from "../priors/prior.js";
import type { Layout } from "../priors/terms.js";
import { comparisonsOf } from "../separation.js";
import { judge } from "../existence.js";
import type { FitRecord } from "./fit.js";
import { examine } from "./optimality.js";
import { restate, toDataScale } from "./restated.js";
import type { Verification } from "./verification.js";

/** What a fit cannot say itself. */
export interface VerifyOptions {
  /** The likelihood, where its name is not all there is to it. */
  readonly likelihood?: Likelihood;
  /** The loss, where its name is not all there is to it: one with options, or of one's own. */
  readonly loss?: Loss;
  /** The prior, where it is one of your own. */
  readonly prior?: Prior;
  /** The penalty, where it is one of your own, or made of such a prior. */
  readonly penalty?: Penalty;
}

/**
 * Checks a fit against data in one pass: whether its coefficients are a minimum of what it states, by the Newton
 * decrement² with the Hessian there, subgradients where absolute values hold, and no descent to second order; of a fit
 * that says there is no optimum, whether its witness proves so. A coefficient that was tampered with, by 1e-6 say, is
 * found.
 *
 * Its bound is what rounding can account for, or what the run that made the fit had reached.
 *
 * @param fit - The fit, also one read from JSON.
 * @param data - The rows it was fitted to, with their weights and offset; of classes their indices or numbers.
 * @param options - `likelihood` or `loss` where the fit's name for it does not tell its options; `prior` or `penalty` where it
 *   is your own.
 * @returns `{ optimal, certificate, reason }`.
 * @throws TypeError or RangeError for what is no fit, or data of another shape.
 * @see Boyd & Vandenberghe, *Convex Optimization*, 2004, §9.5
 * @example
 * const hours = [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]];
 * const passed = [0, 0, 1, 0, 1, 0, 1, 1];
 * const fit = logisticRegression(hours, passed);
 * verify(fit, dataset(hours, passed)).optimal; // → true
 * verify({ ...fit, coefficients: fit.coefficients.map((b) => b + 1e-6) }, dataset(hours, passed)).optimal; // → false
 */
export function verify(fit: FitRecord, data: Dataset, options: VerifyOptions = {}): Verification {
  if (typeof fit !== "object" || fit === null) fail("type", "fit", "a fit", fit);
  if (typeof data?.vectors !== "function") fail("type", "data", "a dataset", data);
  checkOptions("options", options, ["likelihood", "loss", "prior", "penalty"]);
  const { target, parameters, ...stated } = restate(fit, data, { ...options, loss: lossOf(options) });
  const { terms: own, dispersion } = stated;
  const { layout } = target.bound;
  const found = examine(target, own, dispersion, parameters, fit.certificate);
  if (fit.witness === null) return found;
  const direction = toDataScale(layout, data, ...split(toFloat64("fit.witness", fit.witness), layout));
  const comparisons = complete(comparisonsOf({ data: target.data, loss: target.loss, layout, terms: own }));
  const verdict = comparisons === null ? null : complete(judge(comparisons, direction));
  const reason =
    verdict === null
      ? `The witness does not hold: it moves some rows against their targets, or none towards them. ${found.reason}`
      : `There is no optimum: along the witness ${verdict.positive} comparisons are won, ${verdict.zero} tied, none lost.`;
  return { optimal: false, certificate: found.certificate, reason };
}

function lossOf({ likelihood, loss }: VerifyOptions): Loss | null {
  if (likelihood !== undefined && typeof likelihood?.loss?.kernels !== "function") {
    fail("type", "likelihood", "one of this library's", likelihood);
  }
  refuseJoint(likelihood);
  if (loss !== undefined && typeof loss?.kernels !== "function") fail("type", "loss", "one of this library's", loss);
  return loss ?? likelihood?.loss ?? null;
}

/** A witness as coefficients and intercepts. */
function split(witness: Float64Array, { outputs, features, thresholds }: Layout): [Float64Array, Float64Array] {
  if (thresholds !== undefined) {
    if (witness.length !== thresholds + features)
      fail("range", "fit.witness", `${thresholds + features} numbers`, witness);
    return [witness.subarray(thresholds), witness.subarray(0, thresholds)];
  }
  const stride = features + 1;
  if (witness.length !== outputs * stride) fail("range", "fit.witness", `${outputs * stride} numbers`, witness);
  return [witness.filter((_, j) => j % stride !== 0), witness.filter((_, j) => j % stride === 0)];
}
