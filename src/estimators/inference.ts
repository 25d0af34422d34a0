import { checkChoice, checkNumber, checkOptions, fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { Sandwich } from "../inference/sandwich.js";
import { readWeights } from "../inference/weightsMeaning.js";
import { readClusters } from "./clusters.js";
import { errorsOf } from "./errorsOf.js";
import type { FitRecord } from "./fit.js";
import { INFERENCE_OPTIONS, type InferenceOptions, type InferenceRequest } from "./inferenceOptions.js";
import type { Inference } from "./inferenceRecord.js";
import { makeInference } from "./makeInference.js";
import { measuresOf } from "./measuresOf.js";
import { scalesOf } from "./scalesOf.js";
import { stateFor } from "./statedInference.js";

/**
 * What the data say of the errors of a fit: standard errors, tests and intervals of its coefficients; log-likelihood,
 * deviance, AIC, BIC; of a fit with a prior the posterior's standard deviations, effective degrees of freedom, evidence.
 *
 * Standard errors are √diag of φ·(expected information)⁻¹ for generalized linear models, as R's, with Student's t where φ is
 * estimated (Pearson/(n − p)), else normal; under a smooth prior those of Laplace's approximation, observed information and
 * prior together; `sandwich` for errors that hold whatever the distribution. What cannot be said is null, and `refused` has
 * the sentence why. A fit keeps no data: they are given again, and must be those it was fitted to.
 *
 * @param fit - A linear fit, also one read from JSON.
 * @param data - The rows it was fitted to, with their weights and offset (the logarithm of an exposure); of classes their
 *   indices or numbers.
 * @param options - `weightsAre`, `sandwich`, `clusters`, `level`, `intervals`, `joint`; `likelihood` or `loss` where the fit's name for it does
 *   not tell its options.
 * @returns The inference, frozen; its text is a table.
 * @throws TypeError or RangeError naming what does not fit; an Error that names the remedies where no optimum exists.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989
 * @see White, "A heteroskedasticity-consistent covariance matrix estimator", Econometrica 48 (1980)
 * @example
 * const hours = [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]];
 * const passed = [0, 0, 1, 0, 1, 0, 1, 1];
 * const fit = logisticRegression(hours, passed);
 * const made = inference(fit, dataset(hours, passed));
 * made.rows.map((row) => row.standardError); // → [2.120728033139, 0.864483159292]
 * made.rows[1].pValue; // → 0.169309257368
 * made.aic; // → 12.449581074873
 */
export function inference(fit: FitRecord, data: Dataset, options: InferenceOptions = {}): Inference {
  if (typeof fit !== "object" || fit === null) fail("type", "fit", "a fit", fit);
  if (typeof data?.vectors !== "function") fail("type", "data", "a dataset", data);
  checkOptions("options", options, INFERENCE_OPTIONS);
  if ("activation" in fit) {
    fail(
      "type",
      "fit",
      "a linear one: weights of a network, which many others equal, have no standard errors",
      "an mlp",
    );
  }
  const { level = 0.95 } = options;
  checkNumber("level", level, { exclusiveMin: 0, exclusiveMax: 1 });
  if (["separated", "quasi-separated", "unbounded"].includes(fit.status)) {
    throw new Error(`There is no optimum to make inferences about (${fit.status}). ${fit.reason}`);
  }
  const request: InferenceRequest = {
    level,
    clusters: options.clusters === undefined ? null : readClusters(options.clusters, data.rows),
    sandwich: kindOf(options),
    profile: options.intervals !== undefined && checkChoice("intervals", options.intervals, INTERVALS) === "profile",
    joint: readJoint(fit, options.joint),
  };
  const stated = stateFor(fit, data, options);
  const weights = readWeights(data, options.weightsAre);
  const refused: Record<string, string> = {};
  const refuse = (name: string, why: string): null => {
    refused[name] = why;
    return null;
  };
  const errors = errorsOf(fit, stated, weights, request, refuse);
  const measures = measuresOf(fit, stated, weights, errors, refuse);
  return makeInference({
    name: fit.name,
    ...errors.shown,
    level,
    intervals: request.profile && errors.shown.errors !== null ? "profile" : "wald",
    weightsAre: weights.are,
    observations: weights.observations,
    ...measures,
    scales: scalesOf(fit.statement, stated, errors.dispersion),
    refused: Object.freeze(refused),
  });
}

const INTERVALS = ["wald", "profile"] as const;

function readJoint({ name, dispersion }: FitRecord, joint: boolean | undefined): boolean {
  if (joint === undefined || joint === false) return false;
  if (joint !== true) fail("type", "joint", "true or false", joint);
  if (name === "negativeBinomial" && dispersion !== null && dispersion > 0) return true;
  return fail("range", "joint", "false: no dispersion of a negative binomial was estimated", joint);
}

function kindOf({ sandwich, clusters, weightsAre }: InferenceOptions): Sandwich | null {
  if (sandwich === undefined || sandwich === true || sandwich === false) {
    const implied = clusters !== undefined || weightsAre === "sampling";
    if (sandwich === false && implied) fail("range", "sandwich", "true beside clusters or sampling weights", sandwich);
    return sandwich === true || implied ? "HC0" : null;
  }
  return checkChoice<Sandwich>("sandwich", sandwich, ["HC0", "HC1", "HC2", "HC3"]);
}
