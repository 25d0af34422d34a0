/**
 * What is fitted where a parameter of the likelihood is found together with the coefficients, and how such a fit ends.
 *
 * @module
 */

import type { Dataset } from "../dataset.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { poisson } from "../likelihoods/poisson.js";
import { sum } from "../linalg/vector.js";
import type { MinimizeOptions, Result } from "../minimize.js";
import type { Model } from "../models/model.js";
import { type Objective, objective } from "../objective.js";
import type { Prior } from "../priors/prior.js";
import { type CoefficientBounds, withBounds } from "./bounds.js";
import { isExactFit, isExactRatio } from "./exactness.js";
import { gammaGap, slopeOfPrior } from "./jointSlope.js";

/** What is fitted: coefficients and one parameter of the likelihood, both by the mode of their joint density. */
export interface JointStatement {
  readonly data: Dataset;
  readonly model: Model;
  /** One with a `joint` parameter. */
  readonly likelihood: Likelihood;
  /** Of the coefficients. */
  readonly prior: Prior;
  readonly bounds?: CoefficientBounds | undefined;
  readonly settings: MinimizeOptions;
  /** Gives back the data, where the fit owns them. */
  readonly release: () => void;
}

/** The best coefficients at one value of the parameter. */
export interface Trial {
  /** Logarithm of the value. */
  readonly at: number;
  readonly value: number;
  readonly target: Objective;
  readonly result: Result;
  /** Derivative by the logarithm of −log joint density along the best coefficients. */
  readonly slope: number;
}

/** The objective of the coefficients at a value; of counts that vary as Poisson ones do at 0. */
export function targetAt({ data, model, likelihood, prior, bounds }: JointStatement, value: number): Objective {
  const known = value === 0 ? poisson() : likelihood.joint!.at(value);
  const target = objective({ data, model, likelihood: known, prior });
  return bounds === undefined ? target : withBounds(target, bounds);
}

/** Where the search begins: the standard deviation of the targets; 1 where it is no matter of their units. */
export function firstValue({ data, likelihood }: JointStatement): number {
  const { name } = likelihood.joint!;
  if (name !== "sd" && name !== "scale") return 1;
  const { targets, weights, totalWeight: W } = data;
  const weighted = (f: (y: number) => number): number =>
    sum(targets!.map((y, i) => (weights === null ? 1 : weights[i]!) * f(y))) / W;
  const mean = weighted((y) => y);
  const spread = Math.sqrt(weighted((y) => (y - mean) * (y - mean)));
  return spread > 0 && spread < Infinity ? spread : Math.max(1e-100, Math.min(1e100, Math.abs(mean))) || 1;
}

/** −log of the joint density, up to what depends on neither. */
export function cost(
  { joint }: Likelihood,
  { target, value, result }: Pick<Trial, "target" | "value" | "result">,
): number {
  return result.value * target.totalWeight + target.constant() - joint!.logPrior(value);
}

export const POISSON =
  "The joint density is highest as the dispersion goes to 0, where the distribution is Poisson: the coefficients are those of " +
  "Poisson regression with the same prior.";

export function reasonOf(name: string, { result }: Trial, other: number | "none" | null): string {
  const found =
    other === null
      ? "the search from above and from below ends here"
      : other === "none"
        ? "the search from the other side ended at none"
        : `the joint density has another mode, not as high, at ${name} ${other}`;
  return `The coefficients and the ${name} are at a mode of their joint density; ${found}. ${result.reason}`;
}

export function unboundedReason({ likelihood }: JointStatement, where: "0" | "infinity"): string {
  const { name } = likelihood.joint!;
  return (
    `The joint density of the coefficients and the ${name} rises without bound as the ${name} goes to ${where}. Give the ` +
    `${name}, or a ${name}Prior that vanishes faster there` +
    (where === "0" ? ", such as distributions.inverseGamma({ shape: 2, scale: 1 })." : ".")
  );
}

/** Whether residuals can vanish, so that the density rises for ever unless the prior of the parameter falls faster: why, or null. */
export function* rising(
  statement: JointStatement,
  best: (target: Objective) => Generator<void, Result>,
): Generator<void, string | null> {
  const { data, model, likelihood, bounds } = statement;
  const { name } = likelihood.joint!;
  if (name === "dispersion" || likelihood.name === "studentT") return null;
  const plain = objective({ data, model, likelihood: likelihood.joint!.at(1) });
  const target = bounds === undefined ? plain : withBounds(plain, bounds);
  const { parameters, value } = yield* best(target);
  const scores = target.bound.scores(parameters);
  const W = data.totalWeight;
  const exact =
    name === "shape"
      ? isExactRatio(gammaGap(target, scores), scores)
      : isExactFit(data, name === "sd" ? 2 * value : value * value);
  if (!exact) return null;
  // Towards the edge the likelihood gains W nats per unit of ln sd or ln scale, or ½W per unit of ln shape.
  const bounded =
    name === "shape"
      ? slopeOfPrior(likelihood, 1e12) < -0.5 * W
      : slopeOfPrior(likelihood, 1e-12 * firstValue(statement)) > W;
  return bounded ? null : unboundedReason(statement, name === "shape" ? "infinity" : "0");
}
