import { fail } from "../check.js";
import { TWO_PI } from "../constants.js";
import type { Dataset } from "../dataset.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { logOne } from "../backend/typescript/math/log.js";
import type { Result } from "../minimize.js";
import type { Objective } from "../objective.js";
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
    const logLikelihood = hasDensity ? -own - (yield* constantOf(likelihood, data, likelihood.dispersion)) : null;
    const sd = likelihood.name === "gaussian" ? Math.sqrt(likelihood.variance([0])[0]) : null;
    return { logLikelihood, sd, boundary: false };
  }
  const W = data.totalWeight;
  if (likelihood.name !== "gaussian") {
    const phi = likelihood.estimate(dataTerm, data.targets!, data.weights, W);
    const boundary = phi !== null && phi <= ROUNDING_DISPERSION;
    const known = phi !== null && !boundary && likelihood.hasDensity(data.targets!, data.rows);
    const logLikelihood = known ? -(dataTerm / phi) - (yield* constantOf(likelihood, data, phi)) : null;
    return { logLikelihood, sd: null, boundary };
  }
  const variance = (2 * dataTerm) / W;
  const boundary = isExactFit(data, variance);
  return { logLikelihood: gaussianLogLikelihood(W, variance), sd: Math.sqrt(variance), boundary };
}

/** An estimated φ of at most this is rounding of the deviance that it is made of. */
const ROUNDING_DISPERSION = 1e-13;

/** Rows between two yields. */
const ROWS = 512;

/** Σ w·(−log density − ℓ/φ), the rows one after the other. */
function* constantOf(likelihood: Likelihood, data: Dataset, dispersion: number): Generator<void, number> {
  const { rows, targets, weights } = data;
  const width = targets!.length / rows;
  let sum = 0;
  for (let begin = 0; begin < rows; begin += ROWS) {
    if (begin > 0) yield;
    const end = Math.min(begin + ROWS, rows);
    const some = targets!.subarray(begin * width, end * width);
    const each = likelihood.constant(some, likelihood.dispersion === null ? { dispersion } : {});
    if (each.length !== end - begin) fail("range", "targets", "one target a row for a likelihood", targets);
    for (let i = 0; i < each.length; i++) sum += (weights === null ? 1 : weights[begin + i]) * each[i];
  }
  return sum;
}

/** Σ w·log density of a Gaussian at its own maximum-likelihood variance. */
export function gaussianLogLikelihood(totalWeight: number, variance: number): number {
  return -0.5 * totalWeight * (logOne(TWO_PI * variance) + 1);
}
