import { logOne } from "../backend/typescript/math/log.js";
import { TWO_PI } from "../constants.js";
import { deviancesOf, totalDeviance } from "../inference/deviance.js";
import { nullScores } from "../inference/nullModel.js";
import { UNKNOWN_WEIGHTS, type WeightsMeaning } from "../inference/weightsMeaning.js";
import { sum } from "../linalg/vector.js";
import { fSurvival } from "../special/f.js";
import type { Errors, Refuse } from "./errorsOf.js";
import { logEvidenceOf } from "./evidence.js";
import type { FitRecord } from "./fit.js";
import type { InferenceRecord } from "./inferenceRecord.js";
import type { StatedInference } from "./statedInference.js";

/** What is of the whole fit. */
type Measures = Omit<
  InferenceRecord,
  | "name"
  | "rows"
  | "errors"
  | "covariance"
  | "test"
  | "level"
  | "intervals"
  | "weightsAre"
  | "observations"
  | "scales"
  | "refused"
>;

export function measuresOf(
  fit: FitRecord,
  stated: StatedInference,
  weights: WeightsMeaning,
  errors: Errors,
  refuse: Refuse,
): Measures {
  const { likelihood, penalised } = stated;
  const { rank, residual, effective, dispersion, pearson } = errors;
  const estimated = likelihood !== null && likelihood.dispersion === null;
  const theta = fit.name === "negativeBinomial" && fit.dispersion !== null && fit.dispersion > 0;
  const parameters = rank + (estimated || theta ? 1 : 0);
  const { logLikelihood, phi } = likelihoodAt(fit, stated, weights, refuse);
  const { deviance, nullDeviance } = deviances(fit, stated, refuse);
  const why = whyNoCriteria(fit, stated, weights, errors, logLikelihood);
  const criteria = (factor: number): number | null => (why === null ? factor * parameters - 2 * logLikelihood! : null);
  if (why !== null) {
    refuse("aic", why);
    refuse("bic", why);
  }
  return {
    parameters,
    residualDegreesOfFreedom: residual,
    effectiveDegreesOfFreedom: effective,
    dispersion,
    maximumLikelihoodDispersion: phi,
    theta: errors.theta,
    ...{ logLikelihood, deviance, nullDeviance, pearson },
    aic: criteria(2),
    bic: criteria(logOne(weights.observations)),
    ...explained(stated, errors, deviance, nullDeviance, weights),
    logEvidence: penalised === "none" ? null : logEvidenceOf(fit, stated, weights, errors, refuse),
  };
}

/** The log-likelihood and the φ it is at. */
function likelihoodAt(
  fit: FitRecord,
  { likelihood, target, theta }: StatedInference,
  weights: WeightsMeaning,
  refuse: Refuse,
): { logLikelihood: number | null; phi: number | null } {
  if (likelihood === null) {
    return {
      logLikelihood: refuse("logLikelihood", "The fit states no likelihood, or its targets have no density."),
      phi: null,
    };
  }
  const { data } = target;
  const phi = maximumLikelihoodPhi(fit, likelihood.name, likelihood.dispersion);
  if (weights.are === "sampling") {
    return {
      logLikelihood: refuse("logLikelihood", "Under sampling weights the weighted sum is no likelihood of the rows."),
      phi: null,
    };
  }
  if (weights.are === "precision" && data.weights !== null) {
    if (likelihood.name !== "gaussian") {
      const why = "Precisions enter the density of a Gaussian alone in closed form.";
      return { logLikelihood: refuse("logLikelihood", why), phi };
    }
    const n = weights.observations;
    const logs = sum(data.weights.map((w) => (w === 0 ? 0 : logOne(w))));
    const squares = fit.statement.estimated ? fit.sd! * fit.sd! * fit.totalWeight : 2 * target.dataTerm(theta);
    const own = likelihood.dispersion ?? squares / n;
    return { logLikelihood: -0.5 * (n * logOne(TWO_PI * own) + squares / own) + 0.5 * logs, phi: own };
  }
  if (fit.logLikelihood !== null) return { logLikelihood: fit.logLikelihood, phi };
  const known = likelihood.dispersion !== null && likelihood.hasDensity(data.targets!, data.rows);
  if (!known) {
    const why =
      "The density has no closed form, or the targets have none (fractions), or the dispersion was never estimated.";
    return { logLikelihood: refuse("logLikelihood", why), phi };
  }
  const each = likelihood.logDensity(target.bound.scores(theta), data.targets!);
  return { logLikelihood: sum(each.map((value, i) => (data.weights === null ? 1 : data.weights[i]!) * value)), phi };
}

function maximumLikelihoodPhi(fit: FitRecord, name: string, known: number | null): number | null {
  if (known !== null) return known;
  if (name === "gaussian") return fit.sd === null ? null : fit.sd * fit.sd;
  return name === "gamma" && fit.shape !== null ? 1 / fit.shape : null;
}

function deviances(
  fit: FitRecord,
  { likelihood, target, theta }: StatedInference,
  refuse: Refuse,
): { deviance: number | null; nullDeviance: number | null } {
  const of = likelihood === null ? null : deviancesOf(likelihood);
  if (likelihood === null || of === null) {
    const why =
      likelihood === null
        ? "The fit states no likelihood."
        : `A ${likelihood.name} likelihood has no saturated model to compare with.`;
    return { deviance: refuse("deviance", why), nullDeviance: refuse("nullDeviance", why) };
  }
  const { targets, weights } = target.data;
  const at = (scores: Float64Array): number => totalDeviance(of, scores, targets!, weights);
  const squares = likelihood.name === "gaussian" && fit.statement.estimated;
  const scores = nullScores(target, likelihood);
  return {
    deviance: squares ? fit.sd! * fit.sd! * fit.totalWeight : at(target.bound.scores(theta)),
    nullDeviance:
      scores === null ? refuse("nullDeviance", "The model of nothing but an intercept has no optimum.") : at(scores),
  };
}

function whyNoCriteria(
  fit: FitRecord,
  { penalised }: StatedInference,
  weights: WeightsMeaning,
  { settled }: Errors,
  logLikelihood: number | null,
): string | null {
  if (weights.are === null) return UNKNOWN_WEIGHTS;
  if (logLikelihood === null) return "There is no log-likelihood.";
  const { joint } = fit.statement;
  if (joint !== undefined)
    return `The fit is at the mode of a joint density (${joint}), not where the likelihood is greatest.`;
  if (penalised !== "none") {
    return "The fit is penalised: it does not maximise the likelihood, and its effective degrees of freedom stand for a count.";
  }
  if (!settled) return `The fit ended as "${fit.status}": the likelihood is not at its greatest.`;
  return Number.isFinite(logLikelihood) ? null : "The likelihood has no finite maximum.";
}

/** R² and the F test of a Gaussian. */
function explained(
  { likelihood, target, penalised }: StatedInference,
  { rank, residual, shown }: Errors,
  deviance: number | null,
  nullDeviance: number | null,
  { are, observations }: WeightsMeaning,
): Pick<InferenceRecord, "rSquared" | "adjustedRSquared" | "fTest"> {
  const none = { rSquared: null, adjustedRSquared: null, fTest: null };
  if (likelihood?.name !== "gaussian" || deviance === null || nullDeviance === null || !(nullDeviance > 0)) return none;
  const rSquared = 1 - deviance / nullDeviance;
  if (penalised !== "none" || are === null || !(residual > 0)) return { ...none, rSquared };
  const { intercept } = target.bound.layout;
  const base = observations - (intercept ? 1 : 0);
  const numerator = rank - (intercept ? 1 : 0);
  const adjustedRSquared = 1 - (deviance / residual) * (base / nullDeviance);
  if (numerator < 1 || likelihood.dispersion !== null || shown.errors === null || shown.errors.startsWith("sandwich")) {
    return { rSquared, adjustedRSquared, fTest: null };
  }
  const statistic = (nullDeviance - deviance) / numerator / (deviance / residual);
  const pValue = statistic === Infinity ? 0 : fSurvival(statistic, numerator, residual);
  return { rSquared, adjustedRSquared, fTest: Object.freeze({ statistic, numerator, denominator: residual, pValue }) };
}
