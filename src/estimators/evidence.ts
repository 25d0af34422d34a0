import { logOne } from "../backend/typescript/math/log.js";
import { TWO_PI } from "../constants.js";
import type { WeightsMeaning } from "../inference/weightsMeaning.js";
import { penaltyFromJSON } from "../penalties/penaltyFromJSON.js";
import type { Prior } from "../priors/prior.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";
import { namesIntercept } from "../priors/terms.js";
import type { Errors, Refuse } from "./errorsOf.js";
import type { FitRecord } from "./fit.js";
import type { StatedInference } from "./statedInference.js";

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
  const { information, dispersion, parameters, settled } = errors;
  const { layout } = target.bound;
  const why =
    likelihood === null || fit.logLikelihood === null || likelihood.dispersion === null
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
  const prior = priorOf(fit, stated, dispersion!);
  const intercept = layout.intercept ? { intercept: fit.intercepts } : {};
  const logPrior = prior.logDensity(fit.coefficients, intercept);
  const p = parameters.used.length;
  const logDeterminant = information!.logDeterminant - p * logOne(dispersion!);
  return fit.logLikelihood! + logPrior + 0.5 * p * logOne(TWO_PI) - 0.5 * logDeterminant;
}

function priorOf({ statement }: FitRecord, { target }: StatedInference, dispersion: number): Prior {
  if (statement.penalty === null) return priorFromJSON("fit.statement.prior", statement.prior);
  const penalty = penaltyFromJSON("fit.statement.penalty", statement.penalty);
  return penalty.prior({ totalWeight: target.totalWeight, dispersion });
}
