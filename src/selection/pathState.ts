import type { Fit } from "../estimators/fit.js";
import { linearFitFromJSON } from "../estimators/fitJSON.js";
import { fail } from "../check.js";
import { decodeNumber, decodeNumbers, decodeRecord, encodeNumber, encodeNumbers } from "../json.js";
import type { Place } from "./screened.js";

/** How far a path is: what goes on from it gives the same bits, since each value begins where the one before ended. */
export interface PathState {
  /** The least λ at which all coefficients are 0, and the values; null before they are known. */
  values: { readonly lambdaMax: number; readonly lambda: Float64Array } | null;
  /** Where the last value ended. */
  place: Place | null;
  readonly fits: Fit[];
}

export function newPathState(): PathState {
  return { values: null, place: null, fits: [] };
}

export function encodePath({ values, place, fits }: PathState): unknown {
  if (values === null || place === null) return null;
  return {
    lambdaMax: encodeNumber(values.lambdaMax),
    lambda: encodeNumbers(values.lambda),
    parameters: encodeNumbers(place.parameters),
    slope: encodeNumbers(place.slope),
    fits: fits.map((fit) => fit.toJSON()),
  };
}

/** A state read back, of a problem with `size` parameters. Throws naming the field that is wrong. */
export function decodePath(field: string, json: unknown, size: number): PathState {
  if (json === null) return newPathState();
  const record = decodeRecord(field, json, ["lambdaMax", "lambda", "parameters", "slope", "fits"]);
  const lambda = decodeNumbers(`${field}.lambda`, record["lambda"]);
  const { fits } = record;
  if (!Array.isArray(fits)) fail("type", `${field}.fits`, "an array of fits", fits);
  if (fits.length > lambda.length) fail("range", `${field}.fits`, `at most ${lambda.length} fits`, fits.length);
  return {
    values: { lambdaMax: decodeNumber(`${field}.lambdaMax`, record["lambdaMax"]), lambda },
    place: {
      parameters: decodeNumbers(`${field}.parameters`, record["parameters"], size),
      slope: decodeNumbers(`${field}.slope`, record["slope"], size),
    },
    fits: fits.map((fit) => linearFitFromJSON(fit)),
  };
}

/** Throws unless a stored job was started with the same. */
export function checkStarted(stored: unknown, own: unknown): void {
  if (JSON.stringify(stored) === JSON.stringify(own)) return;
  fail("range", "json.started", `data and options of this job, ${JSON.stringify(own)}`, stored);
}
