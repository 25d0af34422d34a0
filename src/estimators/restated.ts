import { fail, toFloat64 } from "../check.js";
import { type Dataset, dataset } from "../dataset.js";
import { givenAgain } from "../features.js";
import type { Loss } from "../losses/loss.js";
import { ordinal } from "../losses/ordinal.js";
import { linear } from "../models/linear.js";
import { parallel } from "../models/parallel.js";
import { type Objective, objective } from "../objective.js";
import { type Penalty, checkPenalty } from "../penalties/penalty.js";
import { penaltyFromJSON } from "../penalties/penaltyFromJSON.js";
import { type Prior, checkPrior } from "../priors/prior.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";
import { type Layout, type Terms, flatTerms, rescaled } from "../priors/terms.js";
import type { FitRecord } from "./fit.js";
import { labelsOf } from "./labelsOf.js";
import { likelihoodOf } from "./likelihoodOf.js";
import { lossNamed } from "./lossNamed.js";
import { isCustom } from "./storedOptions.js";

/** What a fit minimised, stated again: F = Σ w·ℓ/dispersion + the surprisal of θ under the terms. */
export interface Restated {
  /** The losses alone, of the rows with class indices as targets. */
  readonly target: Objective;
  /** θ by the columns as the data have them, standardized or not. */
  readonly parameters: Float64Array;
  /** Of prior or penalty, by the same columns. */
  readonly terms: Terms;
  readonly dispersion: number;
}

/** What a fit does not tell. */
interface Given {
  /** The loss, null for the one that the fit names. */
  readonly loss: Loss | null;
  readonly prior?: Prior;
  readonly penalty?: Penalty;
}

/** The statement of a fit on its data. Throws naming what does not fit. */
export function restate(fit: FitRecord, data: Dataset, given: Given): Restated {
  const { intercepts, coefficients } = checkFit(fit);
  if (data.columns !== fit.names.length) {
    fail("range", "data", `${fit.names.length} columns as fitted`, `${data.columns} columns`);
  }
  const outputs = intercepts.length;
  const { intercept, prior, penalty, scale } = fit.statement;
  const thresholds = thresholdsOf(fit);
  const loss = given.loss ?? (thresholds === null ? lossOf(fit, outputs) : ordinal({ classes: thresholds.length + 1 }));
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
    given,
  );
  const own = rescaled(terms, layout, (column) => (scale?.[column] ?? 1) / (data.moments?.scale[column] ?? 1));
  return { target, parameters, terms: own, dispersion };
}

/** The loss that a fit names, with what else it tells of it: its link, its dispersion. */
function lossOf(fit: FitRecord, outputs: number): Loss {
  return likelihoodOf(fit)?.loss ?? lossNamed(fit.name, outputs);
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
export function toDataScale(
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

function termsOf(
  layout: Layout,
  totalWeight: number,
  { prior, penalty }: { readonly prior: unknown; readonly penalty: unknown },
  dispersion: number,
  given: Given,
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
