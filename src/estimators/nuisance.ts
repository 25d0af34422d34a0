import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { TWO_PI } from "../constants.js";
import { sum } from "../linalg/vector.js";
import { shapeFrom } from "../likelihoods/families/gammaShape.js";
import type { Dataset } from "../dataset.js";
import { fail } from "../check.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Objective } from "../objective.js";
import { log1pmx } from "../special/log1pmx.js";
import { evaluated } from "./evaluated.js";
import { exactFitReason, isExactFit, isExactRatio } from "./exactness.js";

/** Parameters beside the coefficients, known or estimated, and the log-likelihood that they complete. */
export interface Nuisance {
  /** Standard deviation of a Gaussian. */
  readonly sd: number | null;
  /** Shape of a gamma. */
  readonly shape: number | null;
  /** α of a negative binomial, where it was estimated. */
  readonly dispersion: number | null;
  /** Scale of a Laplace or asymmetric Laplace, where it was estimated. */
  readonly scale: number | null;
  /** Σ w·log density in nats; null where there is none. */
  readonly logLikelihood: number | null;
  /** Why the estimate lies on the edge of its domain, or null. */
  readonly boundary: string | null;
}

const NONE: Nuisance = { sd: null, shape: null, dispersion: null, scale: null, logLikelihood: null, boundary: null };

/** Estimates what the likelihood leaves open, by maximum likelihood at these parameters. */
export function* nuisanceAt(target: Objective, parameters: Float64Array): Generator<void, Nuisance> {
  const { likelihood, data } = target;
  if (likelihood === null) return NONE;
  const dataTerm = (yield* evaluated(target.bound.begin(parameters, 0))).value / target.dispersion;
  const hasDensity = likelihood.hasDensity(data.targets!, data.rows);
  if (likelihood.dispersion !== null) {
    const phi = likelihood.dispersion;
    // A penalty may have been made for another φ.
    const own = dataTerm * (target.dispersion / phi);
    const logLikelihood = hasDensity ? -own - (yield* constantOf(likelihood, data, phi)) : null;
    const sd = likelihood.name === "gaussian" ? Math.sqrt(likelihood.variance([0])[0]) : null;
    return { ...NONE, sd, shape: likelihood.name === "gamma" ? 1 / phi : null, logLikelihood };
  }
  if (likelihood.name === "gamma") return yield* gammaAt(target, parameters, dataTerm);
  const W = data.totalWeight;
  if (likelihood.name !== "gaussian") {
    const phi = likelihood.estimate(dataTerm, data.targets!, data.weights, W);
    const scale = likelihood.name === "laplace" || likelihood.name === "asymmetricLaplace" ? phi : null;
    const exact = phi === 0 || (scale !== null && isExactFit(data, scale * scale));
    const known = phi !== null && phi > 0 && hasDensity;
    const logLikelihood = known ? -(dataTerm / phi) - (yield* constantOf(likelihood, data, phi)) : null;
    return { ...NONE, scale, logLikelihood, boundary: exact ? exactFitReason(likelihood) : null };
  }
  const variance = (2 * dataTerm) / W;
  const boundary = isExactFit(data, variance) ? exactFitReason(likelihood) : null;
  return { ...NONE, sd: Math.sqrt(variance), logLikelihood: gaussianLogLikelihood(W, variance), boundary };
}

/** The shape from the ratios of targets to means, row by row: a difference of sums would lose the digits of a good fit. */
function* gammaAt(
  { data, bound, likelihood }: Objective,
  parameters: Float64Array,
  dataTerm: number,
): Generator<void, Nuisance> {
  const scores = bound.scores(parameters);
  const deviances = scores.map((score, i) => {
    const w = data.weights === null ? 1 : data.weights[i];
    const ratio = data.targets![i] * expOne(-score);
    return w === 0 ? 0 : w * -log1pmx(ratio - 1, ratio);
  });
  const deviance = sum(deviances) / data.totalWeight;
  if (isExactRatio(deviance, scores)) {
    return { ...NONE, shape: Infinity, logLikelihood: Infinity, boundary: exactFitReason(likelihood) };
  }
  const shape = shapeFrom(deviance);
  return { ...NONE, shape, logLikelihood: -dataTerm * shape - (yield* constantOf(likelihood!, data, 1 / shape)) };
}

/** Σ w·log density of a Gaussian at its own maximum-likelihood variance. */
export function gaussianLogLikelihood(totalWeight: number, variance: number): number {
  return -0.5 * totalWeight * (logOne(TWO_PI * variance) + 1);
}

/** Rows between two yields. */
const ROWS = 512;

/** Σ w·(−log density − ℓ/φ), the rows one after the other. */
function* constantOf(likelihood: Likelihood, data: Dataset, dispersion: number): Generator<void, number> {
  const { rows, targets, weights } = data;
  const width = targets!.length / rows;
  // Trials and exposures belong to all rows together.
  const most = likelihood.name === "binomial" || likelihood.name === "poisson" ? rows : ROWS;
  let total = 0;
  for (let begin = 0; begin < rows; begin += most) {
    if (begin > 0) yield;
    const end = Math.min(begin + most, rows);
    const some = targets!.subarray(begin * width, end * width);
    const each = likelihood.constant(some, likelihood.dispersion === null ? { dispersion } : {});
    if (each.length !== end - begin) fail("range", "targets", "one target a row for a likelihood", targets);
    for (let i = 0; i < each.length; i++) total += (weights === null ? 1 : weights[begin + i]) * each[i];
  }
  return total;
}
