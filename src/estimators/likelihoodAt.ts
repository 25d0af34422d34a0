import { TWO_PI } from "../constants.js";
import { logOne } from "../backend/typescript/math/log.js";
import type { Result } from "../minimize.js";
import { type Objective, constantOf } from "../objective.js";
import { isExactFit } from "./exactness.js";

/** An evaluation, done unit by unit. */
export function* evaluated<T extends { advance(units: number): boolean }>(evaluation: T): Generator<void, T> {
  while (!evaluation.advance(1)) yield;
  return evaluation;
}

/** Log-likelihood at the fit, and the sd of a Gaussian: known, or √(RSS/W) by maximum likelihood. */
export function* likelihoodAt(
  target: Objective,
  result: Result,
): Generator<void, { logLikelihood: number | null; sd: number | null; boundary: boolean }> {
  const { likelihood, data } = target;
  if (likelihood === null) return { logLikelihood: null, sd: null, boundary: false };
  const dataTerm = (yield* evaluated(target.bound.begin(result.parameters, 0))).value / target.dispersion;
  if (likelihood.dispersion !== null) {
    const hasDensity = likelihood.hasDensity(data.targets!, data.rows);
    // A penalty may have been made for another φ.
    const own = dataTerm * (target.dispersion / likelihood.dispersion);
    const logLikelihood = hasDensity ? -own - constantOf(likelihood, data, likelihood.dispersion) : null;
    const sd = likelihood.name === "gaussian" ? Math.sqrt(likelihood.variance([0])[0]) : null;
    return { logLikelihood, sd, boundary: false };
  }
  const W = data.totalWeight;
  if (likelihood.name !== "gaussian") {
    const phi = likelihood.estimate(dataTerm, data.targets!, data.weights, W);
    const known = phi !== null && phi > 0 && likelihood.hasDensity(data.targets!, data.rows);
    const logLikelihood = known ? -(dataTerm / phi) - constantOf(likelihood, data, phi) : null;
    return { logLikelihood, sd: null, boundary: phi === 0 };
  }
  const variance = (2 * dataTerm) / W;
  const boundary = isExactFit(data, variance);
  return { logLikelihood: gaussianLogLikelihood(W, variance), sd: Math.sqrt(variance), boundary };
}

/** Σ w·log density of a Gaussian at its own maximum-likelihood variance. */
export function gaussianLogLikelihood(totalWeight: number, variance: number): number {
  return -0.5 * totalWeight * (logOne(TWO_PI * variance) + 1);
}
