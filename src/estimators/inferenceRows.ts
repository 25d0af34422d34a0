import { fail } from "../check.js";
import { type Parameters, standardDeviations } from "../inference/covariance.js";
import { profileInterval } from "../inference/profile.js";
import { reachOf, twoSided } from "../inference/tails.js";
import type { FitRecord } from "./fit.js";
import type { InferenceRequest } from "./inferenceOptions.js";
import type { InferenceRow } from "./inferenceRecord.js";
import type { StatedInference } from "./statedInference.js";

/** The rows with intervals by profile likelihood. */
export function profileRows(
  { target, theta, penalised, likelihood }: StatedInference,
  { level, sandwich: kind }: InferenceRequest,
  { used }: Parameters,
  rows: readonly InferenceRow[],
  dispersion: number | null,
  df: number | null,
): InferenceRow[] {
  const { data } = target;
  if (penalised !== "none" || likelihood === null || dispersion === null || kind !== null) {
    fail(
      "range",
      "intervals",
      '"wald" unless the errors are those of a likelihood, without prior or sandwich',
      "profile",
    );
  }
  if (data.moments !== null) fail("range", "data", "columns as given for profiles, not standardized ones", "others");
  const free = used.filter((_, a) => rows[a]!.standardError !== null);
  const request = { target, theta, free, dispersion, reach: reachOf(level, df) };
  return rows.map((row, a) => {
    if (row.standardError === null) return row;
    const [lower, upper] = profileInterval(request, used[a]!, row.standardError);
    const known = (end: number): number | null => (end === end ? end : null);
    return Object.freeze({ ...row, lower: known(lower), upper: known(upper) });
  });
}

/** A packed symmetric matrix in full. */
export function squareOf(packed: Float64Array, p: number): Float64Array {
  return Float64Array.from({ length: p * p }, (_, at) => {
    const [a, b] = [Math.floor(at / p), at % p];
    return packed[a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a]!;
  });
}

/** One row per coefficient, with what its covariance says. */
export function rowsOf(
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
