import { logOne } from "../backend/typescript/math/log.js";
import { fail } from "../check.js";
import { TWO_PI } from "../constants.js";
import type { Dataset } from "../dataset.js";
import { type WeightsMeaning, readWeights } from "../inference/weightsMeaning.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { sum } from "../linalg/vector.js";
import { penaltyFromJSON } from "../penalties/penaltyFromJSON.js";
import type { Prior } from "../priors/prior.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";
import { namesIntercept } from "../priors/terms.js";
import { type Errors, type Refuse, errorsOf } from "./errorsOf.js";
import type { FitRecord } from "./fit.js";
import { type StatedInference, stateFor } from "./statedInference.js";

/**
 * Laplace's approximation of the log evidence: log-likelihood + log prior + ½p·ln 2π − ½ ln |H| at the mode, H the negative
 * Hessian of the log posterior there.
 */
export function logEvidenceOf(
  fit: FitRecord,
  stated: StatedInference,
  weights: WeightsMeaning,
  errors: Errors,
  refuse: Refuse,
): number | null {
  const { likelihood, target, penalised, terms } = stated;
  const { information, settled } = errors;
  const { layout } = target.bound;
  const why =
    likelihood === null ||
    fit.logLikelihood === null ||
    likelihood.dispersion === null ||
    fit.statement.joint !== undefined
      ? "It needs a likelihood with everything in it given but the coefficients."
      : penalised === "jeffreys"
        ? "Jeffreys' prior is not normalised."
        : layout.intercept && !namesIntercept(terms, layout)
          ? "The intercept is free, and so has no proper prior: name one, as in priors.normal({ sd: 1, intercept: { sd: 10 } })."
          : penalised === "absolute"
            ? "The posterior has a kink at its mode, where Laplace's approximation needs a curvature."
            : weights.are !== "frequency"
              ? "Weights that count nothing make no likelihood of the rows."
              : !settled || information === null || information.aliased.length > 0
                ? "The fit is at no strict maximum of the posterior."
                : null;
  if (why !== null) return refuse("logEvidence", why);
  return laplaceEvidence(fit, stated, errors);
}

/** The value itself, of a fit that has one; an intercept without a prior counts as one whose density is 1. */
function laplaceEvidence(fit: FitRecord, stated: StatedInference, errors: Errors): number {
  const { target, terms } = stated;
  const { layout } = target.bound;
  const phi = errors.dispersion!;
  const named = layout.intercept && namesIntercept(terms, layout);
  // A prior of standardized columns is one of β·scale; data that are standardized have coefficients β·moments.scale.
  const { scale } = fit.statement;
  const coefficients = fit.coefficients.map((b, j) => b * (scale?.[j % fit.names.length] ?? 1));
  const logs = (scales: Float64Array | undefined): number => (scales === undefined ? 0 : sum(scales.map(logOne)));
  const volume = layout.outputs * (logs(scale ?? undefined) - logs(target.data.moments?.scale));
  const logPrior =
    priorOf(fit, stated, phi).logDensity(coefficients, named ? { intercept: fit.intercepts } : {}) + volume;
  const p = errors.parameters.used.length - (errors.parameters.level.length > 0 ? 1 : 0);
  const logDeterminant = errors.information!.logDeterminant - p * logOne(phi);
  return fit.logLikelihood! + logPrior + 0.5 * p * logOne(TWO_PI) - 0.5 * logDeterminant;
}

/**
 * The log evidence of a fit under a prior, as inference has it but that an intercept without a prior is taken as one of
 * density 1: only differences then mean anything.
 */
export function evidenceOf(fit: FitRecord, data: Dataset, likelihood: Likelihood): number {
  const stated = stateFor(fit, data, { likelihood });
  const request = { sandwich: null, clusters: null, level: 0.95, profile: false, joint: false };
  const errors = errorsOf(fit, stated, readWeights(data, undefined), request, () => null);
  if (errors.information === null || errors.information.aliased.length > 0 || !errors.settled) {
    fail("range", "X", "columns and targets whose posterior has a strict maximum", fit.status);
  }
  return laplaceEvidence(fit, stated, errors);
}

function priorOf({ statement }: FitRecord, { target, given }: StatedInference, dispersion: number): Prior {
  if (statement.penalty === null) return given.prior ?? priorFromJSON("fit.statement.prior", statement.prior);
  const penalty = given.penalty ?? penaltyFromJSON("fit.statement.penalty", statement.penalty);
  return penalty.prior({ totalWeight: target.totalWeight, dispersion });
}
