import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { fail } from "../check.js";
import { SUM_TOLERANCE } from "../constants.js";
import { sum } from "../linalg/vector.js";
import { digammaOne } from "../special/digamma.js";
import { logBetaOne } from "../special/logBeta.js";
import { drawLogGamma } from "./drawGamma.js";
import { readNumbers, readOptions } from "./options.js";
import { makeVector, type VectorDistribution } from "./vector.js";

/** Parameters of a Dirichlet distribution. */
export interface DirichletParameters {
  /** One for every class: [k], each > 0. */
  readonly alpha: readonly number[];
}

/** What is given: any array of numbers. */
export interface DirichletOptions {
  /** One for every class: [k], each > 0. */
  readonly alpha: ArrayLike<number>;
}

/** log B(α) = Σ log Γ(αₖ) − log Γ(Σ αₖ), as a chain of log B(αₖ, α₀ + ... + αₖ₋₁), in which nothing large cancels. */
export function logMultiBeta(alpha: ArrayLike<number>): number {
  let before = alpha[0];
  let log = 0;
  for (let k = 1; k < alpha.length; k++) {
    log += logBetaOne(alpha[k], before);
    before += alpha[k];
  }
  return log;
}

/**
 * The Dirichlet distribution of probabilities that sum to 1; the conjugate prior of those of classes.
 *
 * log p(x) = Σ (αₖ − 1)·log xₖ − log B(α) nats, for x ≥ 0 whose sum is 1 within 1e-6. Where some xₖ is 0 it is ±Infinity
 * unless αₖ is 1, and NaN if both infinities meet.
 *
 * @param options - `alpha` [k], at least two.
 * @returns The distribution of vectors [k].
 * @throws TypeError for what is no array of numbers; RangeError for fewer than two, or one that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Multivariate Distributions*, vol. 1, 2nd ed., 2000, chapter 49
 * @example
 * const d = distributions.dirichlet({ alpha: [2, 3, 5] });
 * d.logDensity([0.2, 0.3, 0.5]); // → 2.140654
 * d.mean; // → [0.2, 0.3, 0.5]
 */
export function dirichlet(options: DirichletOptions): VectorDistribution<DirichletParameters> {
  const given = readOptions(options, ["alpha"]).alpha;
  const alpha = readNumbers("alpha", given, { exclusiveMin: 0 });
  if (alpha.length < 2) fail("range", "alpha", "at least two numbers", given);
  const total = sum(alpha);
  if (!(total < Infinity)) fail("range", "alpha", "numbers with a finite sum", total);
  const log = logMultiBeta(alpha);
  const classes = alpha.length;
  return makeVector({
    name: "dirichlet",
    parameters: { alpha: Object.freeze([...alpha]) },
    mean: Array.from(alpha, (a) => a / total),
    variance: Array.from(alpha, (a) => ((a / total) * ((total - a) / total)) / (total + 1)),
    entropy: log + (total - classes) * digammaOne(total) - sum(alpha.map((a) => (a - 1) * digammaOne(a))),
    logDensity(x) {
      if (x.some((value) => value < 0) || Math.abs(sum(x) - 1) > SUM_TOLERANCE) return -Infinity;
      return sum(x.map((value, k) => (alpha[k] === 1 ? 0 : (alpha[k] - 1) * logOne(value)))) - log;
    },
    draw(random, out) {
      for (let k = 0; k < classes; k++) out[k] = drawLogGamma(random, alpha[k]);
      const largest = out.reduce((a, b) => Math.max(a, b), -Infinity);
      for (let k = 0; k < classes; k++) out[k] = expOne(out[k] - largest);
      const scale = sum(out);
      for (let k = 0; k < classes; k++) out[k] /= scale;
    },
  });
}
