/**
 * What a Bayesian online model reads and checks, and what it predicts with.
 *
 * @module
 */

import { fail } from "../check.js";
import { decodeBoolean, decodeDocument, decodeInteger, decodeNumber, decodeNumbers, decodeString } from "../json.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Link } from "../likelihoods/link.js";
import { normInfinity } from "../linalg/vector.js";
import type { Loss } from "../losses/loss.js";
import { type Prior, checkPrior } from "../priors/prior.js";
import type { Layout } from "../priors/terms.js";
import { type Gaussian, factorOf } from "./gaussian.js";
import { meanExp, meanSigmoid } from "./predictive.js";

/** Means that are known under a normal score. */
const MEANS: Partial<Record<Link, (mean: number, sd: number) => number>> = {
  identity: (mean) => mean,
  log: meanExp,
  logit: meanSigmoid,
};

/** The expected targets of rows whose scores are normal. */
export function means(link: Link, scores: Float64Array, sds: Float64Array): Float64Array {
  const meanOf = MEANS[link]!;
  return scores.map((score, i) => meanOf(score, sds[i]!));
}

/** Loss, link and dispersion of a likelihood that a normal posterior suits. Throws naming what does not. */
export function readLikelihood(likelihood: unknown): { loss: Loss; link: Link; dispersion: number } {
  const { name, loss, link, dispersion } = (likelihood ?? {}) as Partial<Likelihood>;
  if (typeof loss?.kernels !== "function" || link === undefined) {
    fail("type", "likelihood", "one of this library's", likelihood);
  }
  const { convex, smooth } = loss.traits;
  if (loss.classes !== 1 || !convex || !smooth || MEANS[link] === undefined) {
    fail("range", "likelihood", "one of one score a row, smooth and convex, of link identity, log or logit", name);
  }
  if (typeof dispersion !== "number") {
    fail("range", "likelihood", "one whose dispersion is known, such as gaussian({ sd })", name);
  }
  return { loss, link, dispersion };
}

/** A normal prior of every parameter as mean and precision. Throws a RangeError naming what it leaves free. */
export function gaussianOf(prior: unknown, layout: Layout): Gaussian {
  checkPrior(prior);
  const own = prior as Prior;
  const { precision, mean } = own.terms(layout);
  if (!own.quadratic || !precision.every((value) => value > 0)) {
    const expected = `normal({ sd${layout.intercept ? ", intercept: { sd }" : ""} }), which leaves nothing free`;
    fail("range", "prior", expected, String(own));
  }
  const packed = new Float64Array((mean.length * (mean.length + 1)) / 2);
  for (let j = 0; j < mean.length; j++) packed[(j * (j + 3)) / 2] = precision[j]!;
  return { mean: mean.slice(), precision: packed };
}

/** What a model is stated with, as it is stored. */
interface Statement {
  readonly names: readonly string[];
  readonly likelihood: string;
  readonly prior: string;
  readonly intercept: boolean;
  readonly forgetting: number;
}

/** Where a stored model stood. Throws naming the field that is wrong, or of another statement. */
export function restore(from: unknown, statement: Statement, size: number): Gaussian & { readonly rows: number } {
  const keys = ["names", "likelihood", "prior", "intercept", "forgetting", "rows", "mean", "precision"];
  const fields = decodeDocument("bayesianOnline", from, keys);
  const { names } = statement;
  const stored = fields["names"];
  if (!Array.isArray(stored) || stored.length !== names.length || stored.some((name, j) => name !== names[j])) {
    fail("range", "json.names", names.join(", "), stored);
  }
  const own = {
    likelihood: decodeString("json.likelihood", fields["likelihood"]),
    prior: decodeString("json.prior", fields["prior"]),
    intercept: decodeBoolean("json.intercept", fields["intercept"]),
    forgetting: decodeNumber("json.forgetting", fields["forgetting"]),
  };
  for (const key of ["likelihood", "prior", "intercept", "forgetting"] as const) {
    if (own[key] !== statement[key]) fail("range", `json.${key}`, String(statement[key]), own[key]);
  }
  const mean = decodeNumbers("json.mean", fields["mean"], size);
  if (!(normInfinity(mean) < Infinity)) fail("range", "json.mean", "finite numbers", mean);
  const precision = decodeNumbers("json.precision", fields["precision"], (size * (size + 1)) / 2);
  factorOf(precision, size, "json.precision");
  return { rows: decodeInteger("json.rows", fields["rows"]), mean, precision };
}
