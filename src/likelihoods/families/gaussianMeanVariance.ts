import { expOne } from "../../backend/typescript/math/exp.js";
import { TWO_PI } from "../../constants.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { domainOf } from "../../losses/domains.js";
import type { Loss } from "../../losses/loss.js";
import { drawNormal } from "../../distributions/drawGamma.js";
import { type Likelihood, makeLikelihood } from "../likelihood.js";

/** Gaussian whose mean and log variance are the two scores of a row. */
export function gaussianMeanVarianceOf(loss: Loss): Likelihood {
  const each = (scores: Float64Array, f: (mean: number, log: number) => number): Float64Array =>
    Float64Array.from({ length: scores.length / 2 }, (_, i) => f(scores[2 * i]!, scores[2 * i + 1]!));
  return makeLikelihood({
    name: "gaussianMeanVariance",
    loss,
    dispersion: 1,
    link: "identity",
    support: domainOf("a finite number", (y) => y - y === 0),
    constant: (_targets, rows) => new Float64Array(rows).fill(0.5 * logOne(TWO_PI)),
    mean: (scores) => each(scores, (mean) => mean),
    variance: (scores) => each(scores, (_, log) => expOne(log)),
    sample: (scores, _phi, random) => each(scores, (mean, log) => mean + expOne(0.5 * log) * drawNormal(random)),
  });
}
