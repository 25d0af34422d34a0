import { dispersionByScore, dispersionInformation } from "../inference/dispersionInformation.js";
import { addOuter, multiply, withZeros } from "../inference/symmetric.js";
import { eachDesignRow } from "../inference/information.js";
import type { FitRecord } from "./fit.js";
import type { InferenceRecord } from "./inferenceRecord.js";
import type { StatedInference } from "./statedInference.js";

/** What is known of theta = 1/α of a negative binomial, and the covariance of the coefficients jointly with it. */
export interface Theta {
  readonly theta: InferenceRecord["theta"];
  /** Packed; the inverse it was given, where theta is held. */
  readonly covariance: Float64Array;
}

/**
 * Theta with its standard error by observed information: at these coefficients, or jointly with them, which then share its
 * error. `inverse` is that of the information of the coefficients, observed where `joint`. Null where α was not estimated.
 */
export function thetaOf(
  { name, dispersion: alpha, statement }: FitRecord,
  { target, theta: parameters }: StatedInference,
  used: readonly number[],
  inverse: Float64Array,
  joint: boolean,
): Theta | null {
  // At the mode of a joint density its error is not that of the likelihood.
  if (name !== "negativeBinomial" || alpha === null || !(alpha > 0) || statement.joint !== undefined) return null;
  const { targets, weights } = target.data;
  const means = meansOf(target, parameters);
  let information = dispersionInformation(targets!, means, weights, alpha);
  const covariance = inverse.slice();
  if (joint) {
    const cross = new Float64Array(used.length);
    eachDesignRow(target, used, (i, x) => {
      const factor = (weights === null ? 1 : weights[i]!) * dispersionByScore(targets![i]!, means[i]!, alpha);
      for (let a = 0; a < x.length; a++) cross[a]! += factor * x[a]!;
    });
    const solved = new Float64Array(used.length);
    multiply(withZeros(inverse), cross, solved);
    for (let a = 0; a < used.length; a++) information -= cross[a]! * solved[a]!;
    addOuter(covariance, 1 / information, solved);
  }
  const value = 1 / alpha;
  const standardError = (value * value) / Math.sqrt(information);
  return { theta: Object.freeze({ value, standardError }), covariance };
}

function meansOf({ bound, loss }: StatedInference["target"], parameters: Float64Array): Float64Array {
  return loss.likelihood!.mean(bound.scores(parameters));
}
