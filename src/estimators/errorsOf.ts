import { fail } from "../check.js";
import {
  type Parameters,
  distanceFromMinimum,
  effectiveDegrees,
  inColumnScale,
  inverseOf,
  parametersOf,
} from "../inference/covariance.js";
import { expectedCurvature } from "../inference/expectedCurvature.js";
import type { Information } from "../inference/information.js";
import { pearsonOf } from "../inference/pearson.js";
import { sandwich } from "../inference/sandwich.js";
import { UNKNOWN_WEIGHTS, type WeightsMeaning } from "../inference/weightsMeaning.js";
import type { FitRecord } from "./fit.js";
import type { InferenceRecord } from "./inferenceRecord.js";
import { profileRows, rowsOf, squareOf } from "./inferenceRows.js";
import type { InferenceRequest } from "./inferenceOptions.js";
import type { StatedInference } from "./statedInference.js";
import { thetaOf } from "./thetaOf.js";
import { isCanonical, whyNoInformation, whyNoModelErrors } from "./whyNoErrors.js";

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
  readonly theta: InferenceRecord["theta"];
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
  const expected = penalised === "none" && likelihood !== null && !request.joint;
  const curvature = expected ? expectedCurvature(likelihood) : null;
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

  const found = ((): Found | string => {
    if (why !== null) return why;
    if (information === null) return INDEFINITE;
    if (weights.are === null) return UNKNOWN_WEIGHTS;
    const far = distanceFromMinimum(stated, used, stated.gradient, information.inverse) / (dispersion ?? phi);
    if (penalised !== "jeffreys" && !exact && !(far <= NEAR)) return MOVED;
    const { sandwich: kind, clusters, joint } = request;
    const { inverse } = information;
    if (kind !== null) {
      if (joint) fail("range", "sandwich", "nothing beside joint", kind);
      const parts = { target, theta, used, inverse, kind, curvature, weights, clusters, parameters: rank };
      const of = clusters === null ? "" : `, ${clusters.count} clusters`;
      return { covariance: sandwich(parts), errors: `sandwich ${kind}${of}` };
    }
    const refusal = whyNoModelErrors(stated, penalised);
    if (refusal !== null) return refusal;
    if (dispersion === null) return NOTHING_LEFT;
    const dispersed = thetaOf(fit, stated, used, inverse, joint);
    if (dispersed !== null) {
      const errors = joint ? "observed information, jointly with theta" : "expected information, theta held";
      return { ...dispersed, errors };
    }
    const covariance = inverse.map((value) => dispersion * value);
    if (penalised !== "none") return { covariance, errors: "posterior, observed information" };
    const observed = curvature === null && !isCanonical(stated);
    return { covariance, errors: `${observed ? "observed" : "expected"} information` };
  })();
  const made = typeof found === "string" ? refuse("standardErrors", found) : found;
  const covariance = made === null ? null : inColumnScale(made.covariance, bound.layout, used, data.moments);
  const df = estimated ? residual : null;
  const tested = made !== null && penalised === "none";
  if (made !== null && !tested) {
    refuse("pValues", "Under a prior or penalty an estimate is pulled on purpose: no test of 0 has its level.");
  }
  const rows = rowsOf(fit, stated, parameters, covariance, { level: request.level, df, tested });
  const profiled =
    request.profile && made !== null ? profileRows(stated, request, parameters, rows, dispersion, df) : rows;
  return {
    shown: {
      rows: Object.freeze(profiled),
      errors: made?.errors ?? null,
      covariance: covariance === null ? null : squareOf(covariance, used.length),
      test: tested ? (estimated ? "t" : "z") : null,
    },
    theta: made?.theta ?? null,
    ...{ parameters, information, rank, effective, residual, dispersion, pearson, settled },
  };
}

/** A covariance of the columns as the data have them, in words what it is, and theta of a negative binomial. */
interface Found {
  readonly covariance: Float64Array;
  readonly errors: string;
  readonly theta?: InferenceRecord["theta"];
}

const INDEFINITE = "The information matrix is not positive definite there: the optimum is no strict one.";
const MOVED = "The coefficients are no minimum of what the fit states: bounds hold some of them, or they were changed.";
const NOTHING_LEFT = "There are as many parameters as observations: nothing is left to estimate the dispersion.";
