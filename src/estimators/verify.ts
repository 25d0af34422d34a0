/**
 * Checking a fit against its data.
 *
 * @module
 */

import { checkOptions, fail, toFloat64 } from "../check.js";
import { type Dataset, dataset } from "../dataset.js";
import { givenAgain } from "../features.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { complete } from "../linalg/steps.js";
import type { Loss } from "../losses/loss.js";
import { ordinal } from "../losses/ordinal.js";
import { linear } from "../models/linear.js";
import { parallel } from "../models/parallel.js";
import { objective } from "../objective.js";
import { type Penalty, checkPenalty } from "../penalties/penalty.js";
import { penaltyFromJSON } from "../penalties/penaltyFromJSON.js";
import { type Prior, checkPrior } from "../priors/prior.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";
import { type Layout, type Terms, flatTerms, rescaled } from "../priors/terms.js";
import { comparisonsOf } from "../separation.js";
import { judge } from "../existence.js";
import type { FitRecord } from "./fit.js";
import { labelsOf } from "./labelsOf.js";
import { lossNamed } from "./lossNamed.js";
import { examine } from "./optimality.js";
import { isCustom } from "./storedOptions.js";
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
  const { intercepts, coefficients } = checkFit(fit);
  if (data.columns !== fit.names.length) {
    fail("range", "data", `${fit.names.length} columns as fitted`, `${data.columns} columns`);
  }
  const outputs = intercepts.length;
  const { intercept, prior, penalty, scale } = fit.statement;
  const thresholds = thresholdsOf(fit);
  const loss =
    lossOf(options) ??
    (thresholds === null ? lossNamed(fit.name, outputs) : ordinal({ classes: thresholds.length + 1 }));
  const rows = withIndices(data, fit.classes);
  const target = objective({ data: rows, loss, model: thresholds === null ? linear({ intercept }) : parallel() });
  const { layout } = target.bound;
  if (layout.outputs !== outputs) fail("range", "fit", `intercepts of ${layout.outputs} outputs`, intercepts);
  const parameters = toDataScale(layout, data, coefficients, thresholds ?? intercepts);
  const { terms, dispersion } = termsOf(
    layout,
    target.totalWeight,
    { prior, penalty },
    fit.statement.dispersion,
    options,
  );
  const own = rescaled(terms, layout, (column) => (scale?.[column] ?? 1) / (data.moments?.scale[column] ?? 1));
  const found = examine(target, own, dispersion, parameters, fit.certificate);
  if (fit.witness === null) return found;
  const direction = toDataScale(layout, data, ...split(toFloat64("fit.witness", fit.witness), layout));
  const comparisons = complete(comparisonsOf({ data: rows, loss, layout, terms: own }));
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
  if (loss !== undefined && typeof loss?.kernels !== "function") fail("type", "loss", "one of this library's", loss);
  return loss ?? likelihood?.loss ?? null;
}

/** The thresholds that were parameters, or null. */
function thresholdsOf({ statement, thresholds }: FitRecord): Float64Array | null {
  if (statement.thresholds !== "estimated") return null;
  const values = toFloat64("fit.thresholds", thresholds);
  values.forEach((value, row) => {
    if (!Number.isFinite(value)) fail("range", "fit.thresholds", "finite numbers", value, { row });
  });
  return values;
}

function checkFit(fit: FitRecord): { coefficients: Float64Array; intercepts: Float64Array } {
  const coefficients = toFloat64("fit.coefficients", fit.coefficients);
  const intercepts = toFloat64("fit.intercepts", fit.intercepts);
  if (!Array.isArray(fit.names)) fail("type", "fit.names", "names of columns", fit.names);
  if (intercepts.length === 0) fail("range", "fit.intercepts", "at least one number", intercepts);
  if (coefficients.length !== intercepts.length * fit.names.length) {
    fail("range", "fit.coefficients", `${intercepts.length} x ${fit.names.length} numbers`, coefficients);
  }
  for (const value of [...coefficients, ...intercepts]) {
    if (!Number.isFinite(value)) fail("range", "fit.coefficients", "finite numbers", value);
  }
  if (typeof fit.statement !== "object" || fit.statement === null) {
    fail("type", "fit.statement", "what the fit minimised", fit.statement);
  }
  return { coefficients, intercepts };
}

/** θ by the columns as the data have them, standardized or not. */
function toDataScale(
  { outputs, features, intercept, thresholds }: Layout,
  { moments }: Dataset,
  coefficients: Float64Array,
  intercepts: Float64Array,
): Float64Array {
  const shift = intercept ? 1 : 0;
  if (thresholds !== undefined) {
    const own = coefficients.map((value, j) => value * (moments?.scale[j] ?? 1));
    const moved = coefficients.reduce((sum, value, j) => sum + value * (moments?.center[j] ?? 0), 0);
    return Float64Array.of(...intercepts.map((value) => value - moved), ...own);
  }
  const parameters = new Float64Array(outputs * (features + shift));
  for (let k = 0; k < outputs; k++) {
    let constant = intercepts[k];
    for (let j = 0; j < features; j++) {
      const coefficient = coefficients[k * features + j];
      parameters[k * (features + shift) + shift + j] = coefficient * (moments?.scale[j] ?? 1);
      if (moments !== null) constant += coefficient * moments.center[j];
    }
    if (intercept) parameters[k * (features + shift)] = constant;
  }
  return parameters;
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

function termsOf(
  layout: Layout,
  totalWeight: number,
  { prior, penalty }: { readonly prior: unknown; readonly penalty: unknown },
  dispersion: number,
  given: VerifyOptions,
): { terms: Terms; dispersion: number } {
  for (const [name, stated] of [
    ["prior", prior],
    ["penalty", penalty],
  ] as const) {
    const own = isCustom(stated);
    if (own && given[name] === undefined) fail("type", name, `the ${name} of the fit, which is your own`, undefined);
    if (!own && given[name] !== undefined) fail("type", name, "nothing: the fit tells its own", given[name]);
  }
  if (given.prior !== undefined) checkPrior(given.prior);
  if (given.penalty !== undefined) checkPenalty(given.penalty);
  if (penalty !== null) {
    const stated: Penalty = given.penalty ?? penaltyFromJSON("fit.statement.penalty", penalty);
    const { dispersion: phi, ...terms } = stated.terms(layout, totalWeight);
    return { terms, dispersion: phi };
  }
  if (prior === null) return { terms: flatTerms(layout), dispersion };
  const stated: Prior = given.prior ?? priorFromJSON("fit.statement.prior", prior);
  return { terms: stated.terms(layout), dispersion };
}

/** The data with class indices as targets. */
function withIndices(data: Dataset, classes: FitRecord["classes"]): Dataset {
  const { targets } = data;
  if (targets === null) fail("type", "data", "a dataset with targets", "one without");
  if (classes === null || targets.length !== data.rows) return data;
  const indices = Float64Array.from(labelsOf(targets, classes), (label) => classes.indexOf(label));
  if (indices.every((index, i) => index === targets[i])) return data;
  const { store, offset } = data.vectors();
  if (data.moments !== null) fail("range", "data", "class indices as targets of standardized data", "other numbers");
  const { x, ...form } = givenAgain(data);
  return dataset(x, indices, {
    ...form,
    ...(data.weights !== null && { weights: data.weights }),
    ...(data.offsetLength > 0 && { offset: store.view(offset, data.offsetLength).slice() }),
  });
}
