import type { FitRecord } from "./fit.js";
import type { StatedInference } from "./statedInference.js";
import { MOST_PARAMETERS } from "../inference/information.js";

/** Why the information is not even computed, or null. */
export function whyNoInformation(
  fit: FitRecord,
  { target }: StatedInference,
  p: number,
  settled: boolean,
): string | null {
  const { loss, data } = target;
  if (!settled) return `The fit ended as "${fit.status}": it is at no optimum to measure curvature at.`;
  if (
    !loss.traits.smooth &&
    (target.pieces === undefined || target.pieces.curvature === null) &&
    loss.name !== "huber"
  ) {
    return `The loss ${loss.name} has no curvature: errors would need the density of the residuals at its kink.`;
  }
  if (!target.capabilities.includes("hessian")) return "The fit has too many outputs for its Hessian.";
  if (p > MOST_PARAMETERS) return `The fit has ${p} parameters; the inverse is made for ${MOST_PARAMETERS} at most.`;
  return p === 0 || data.rows === 0 ? "No parameter is estimated." : null;
}

const CANONICAL: readonly string[] = [
  "gaussian",
  "bernoulli",
  "binomial",
  "poisson",
  "categorical",
  "multiLabelCrossEntropy",
];

/** Whether the observed information is the expected one. */
export function isCanonical({ likelihood }: StatedInference): boolean {
  return likelihood !== null && CANONICAL.includes(likelihood.name);
}

/** Why there are no standard errors of the model, or null. */
export function whyNoModelErrors(
  { likelihood, target }: StatedInference,
  penalised: StatedInference["penalised"],
): string | null {
  if (likelihood === null) {
    return (
      "The fit states no likelihood (a loss alone, or targets without a density, such as shares): ask for a sandwich, " +
      "or give the likelihood."
    );
  }
  const { targets, rows } = target.data;
  if (likelihood.name !== "tweedie" && !likelihood.hasDensity(targets!, rows)) {
    return "The targets have no density under the likelihood, as shares have none: ask for a sandwich.";
  }
  if (penalised === "absolute") {
    return "An absolute value holds coefficients at its kink, where no curvature measures their error.";
  }
  return null;
}
