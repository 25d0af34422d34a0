import {
  type Parameters,
  distanceFromMinimum,
  effectiveDegrees,
  inColumnScale,
  inverseOf,
  parametersOf,
  standardDeviations,
} from "../inference/covariance.js";
import { expectedCurvature } from "../inference/expectedCurvature.js";
import { type Information, MOST_PARAMETERS } from "../inference/information.js";
import { pearsonOf } from "../inference/pearson.js";
import { sandwich } from "../inference/sandwich.js";
import { reachOf, twoSided } from "../inference/tails.js";
import { UNKNOWN_WEIGHTS, type WeightsMeaning } from "../inference/weightsMeaning.js";
import type { FitRecord } from "./fit.js";
import type { InferenceRecord, InferenceRow } from "./inferenceRecord.js";
import type { InferenceRequest } from "./inferenceOptions.js";
import type { StatedInference } from "./statedInference.js";

/** Notes why a field is null. */
export type Refuse = (name: string, why: string) => null;

/** The errors of the coefficients, and what else hangs on them. */
export interface Errors {
  readonly shown: Pick<InferenceRecord, "rows" | "errors" | "covariance" | "test">;
  readonly parameters: Parameters;
  readonly information: Information | null;
  /** Coefficients that are determined. */
  readonly rank: number;
  readonly effective: number | null;
  readonly residual: number;
  /** φ of the standard errors. */
  readonly dispersion: number | null;
  readonly pearson: number | null;
  /** Whether the fit is where its likelihood, or with a prior its posterior, is greatest. */
  readonly settled: boolean;
}

/** Statuses of fits that are at an optimum. */
const SETTLED: readonly string[] = ["converged", "stationary", "rank-deficient", "precision-limit"];

/** Standard errors by which a fit may miss the minimum, squared. */
const NEAR = 1e-4;

export function errorsOf(
  fit: FitRecord,
  stated: StatedInference,
  weights: WeightsMeaning,
  request: InferenceRequest,
  refuse: Refuse,
): Errors {
  const { target, theta, likelihood, penalised, phi } = stated;
  const { data, loss, bound } = target;
  const compared = loss.name === "softmaxCrossEntropy";
  const parameters = parametersOf(stated, compared);
  const { used } = parameters;
  const curvature = penalised === "none" && likelihood !== null ? expectedCurvature(likelihood) : null;
  const exact = fit.status === "boundary" && likelihood?.name === "gaussian" && fit.sd === 0;
  const poissonEdge = fit.status === "boundary" && fit.name === "negativeBinomial" && fit.dispersion === 0;
  const settled = SETTLED.includes(fit.status) || exact || poissonEdge;
  const why = whyNoInformation(fit, stated, used.length, settled);
  const { information, ridge } =
    why === null ? inverseOf(stated, parameters, curvature) : { information: null, ridge: null };
  const rank = used.length - (information?.aliased.length ?? 0);
  const effective = information === null ? null : effectiveDegrees(information, ridge, parameters);
  const residual = weights.observations - (penalised === "none" ? rank : (effective ?? rank));
  const scores = bound.scores(theta);
  const squares =
    likelihood?.name === "gaussian" && fit.statement.estimated ? fit.sd! * fit.sd! * fit.totalWeight : null;
  const pearson = likelihood === null ? null : (squares ?? pearsonOf(likelihood, scores, data.targets!, data.weights));
  const estimated = likelihood?.dispersion === null;
  const dispersion =
    likelihood === null
      ? null
      : (likelihood.dispersion ?? (residual > 0 && pearson !== null ? pearson / residual : null));

  const found = ((): { covariance: Float64Array; errors: string } | string => {
    if (why !== null) return why;
    if (information === null)
      return "The information matrix is not positive definite there: the optimum is no strict one.";
    if (weights.are === null) return UNKNOWN_WEIGHTS;
    const far = distanceFromMinimum(stated, used, stated.gradient, information.inverse) / (dispersion ?? phi);
    if (penalised !== "jeffreys" && !exact && !(far <= NEAR)) {
      return "The coefficients are no minimum of what the fit states: bounds hold some of them, or they were changed.";
    }
    const kind = request.sandwich;
    if (kind !== null) {
      const { clusters } = request;
      const { inverse } = information;
      const covariance = sandwich({
        target,
        theta,
        used,
        inverse,
        kind,
        curvature,
        weights,
        clusters,
        parameters: rank,
      });
      return { covariance, errors: `sandwich ${kind}${clusters === null ? "" : `, ${clusters.count} clusters`}` };
    }
    const refusal = whyNoModelErrors(stated, penalised);
    if (refusal !== null) return refusal;
    if (dispersion === null)
      return "There are as many parameters as observations: nothing is left to estimate the dispersion.";
    const errors =
      penalised !== "none"
        ? "posterior, observed information"
        : information === null
          ? ""
          : curvature === null && !isCanonical(stated)
            ? "observed information"
            : "expected information";
    return { covariance: information.inverse.map((value) => dispersion * value), errors };
  })();
  const made = typeof found === "string" ? refuse("standardErrors", found) : found;
  const covariance = made === null ? null : inColumnScale(made.covariance, bound.layout, used, data.moments);
  const df = estimated ? residual : null;
  const tested = made !== null && penalised === "none";
  if (made !== null && !tested) {
    refuse("pValues", "Under a prior or penalty an estimate is pulled on purpose: no test of 0 has its level.");
  }
  return {
    shown: {
      rows: Object.freeze(rowsOf(fit, stated, parameters, covariance, { level: request.level, df, tested })),
      errors: made?.errors ?? null,
      covariance: covariance === null ? null : squareOf(covariance, used.length),
      test: tested ? (estimated ? "t" : "z") : null,
    },
    ...{ parameters, information, rank, effective, residual, dispersion, pearson, settled },
  };
}

/** Why the information is not even computed, or null. */
function whyNoInformation(fit: FitRecord, { target }: StatedInference, p: number, settled: boolean): string | null {
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
function isCanonical({ likelihood }: StatedInference): boolean {
  return likelihood !== null && CANONICAL.includes(likelihood.name);
}

/** Why there are no standard errors of the model, or null. */
function whyNoModelErrors(
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

function squareOf(packed: Float64Array, p: number): Float64Array {
  return Float64Array.from({ length: p * p }, (_, at) => {
    const [a, b] = [Math.floor(at / p), at % p];
    return packed[a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a]!;
  });
}

function rowsOf(
  fit: FitRecord,
  { target }: StatedInference,
  { used, reference }: Parameters,
  covariance: Float64Array | null,
  { level, df, tested }: { readonly level: number; readonly df: number | null; readonly tested: boolean },
): InferenceRow[] {
  const { outputs, features, intercept } = target.bound.layout;
  const shift = intercept ? 1 : 0;
  const stride = features + shift;
  const deviations = covariance === null ? null : standardDeviations(covariance, used.length);
  const reach = reachOf(level, df);
  const rows: InferenceRow[] = [];
  for (let j = 0; j < outputs * stride; j++) {
    const [k, column] = [Math.floor(j / stride), (j % stride) - shift];
    if (k === reference) continue;
    const coefficient = column < 0 ? fit.intercepts[k]! : fit.coefficients[k * features + column]!;
    const place = used.indexOf(j);
    const sd = deviations === null || place < 0 ? NaN : deviations[place]!;
    const known = sd === sd;
    const statistic = known && tested ? coefficient / sd : null;
    rows.push(
      Object.freeze({
        class: outputs === 1 ? "" : String(fit.classes?.[k] ?? k),
        name: column < 0 ? "(intercept)" : fit.names[column]!,
        coefficient,
        standardError: known ? sd : null,
        statistic,
        pValue: statistic === null ? null : twoSided(statistic, df),
        lower: known ? coefficient - reach * sd : null,
        upper: known ? coefficient + reach * sd : null,
      }),
    );
  }
  return rows;
}
