import { checkChoice, checkNumber, checkOptions, fail } from "../check.js";
import { domainOf, finite } from "../losses/domains.js";
import type { Loss } from "../losses/loss.js";
import type { Random } from "../random.js";
import type { Likelihood } from "./likelihood.js";
import { LINKS, type Link, inverseLinkOf } from "./link.js";
import { pointwiseLikelihood } from "./pointwiseLikelihood.js";

/** What a likelihood of one's own is made of. */
export interface CustomLikelihood {
  /** Its name. */
  readonly name: string;
  /** ℓ, a loss of one score a row: one of this library's, or `losses.custom`. */
  readonly loss: Loss;
  /** −log density − ℓ(score, target)/φ, which must not depend on the score. */
  readonly constant: (target: number, dispersion: number) => number;
  /** φ > 0; 1 without it. */
  readonly dispersion?: number;
  /** How scores become what fits predict, of one score; `"identity"` without it. */
  readonly link?: Exclude<Link, "softmax" | "cumulativeLogit">;
  /** The expected target of a score; the inverse link without it. */
  readonly mean?: (score: number) => number;
  /** The variance of the target of a score; NaN without it. */
  readonly variance?: (score: number, dispersion: number) => number;
  /** A target drawn for a score; without it `sample` is refused. */
  readonly draw?: (score: number, dispersion: number, random: Random) => number;
  /** Which targets have a density, and how to say so in a message; all that the loss takes without it. */
  readonly domain?: {
    /** Whether a target has a density. */
    readonly has: (target: number) => boolean;
    /** What messages say that they expected. */
    readonly text: string;
  };
}

const FIELDS = ["name", "loss", "constant", "dispersion", "link", "mean", "variance", "draw", "domain"];

function checkFunction(name: string, value: unknown): void {
  if (typeof value !== "function") fail("type", name, "a function", value);
}

/** What a function gave, held to be a number. */
function numeric(name: string, result: unknown): number {
  return typeof result === "number" ? result : fail("type", `${name}()`, "a number", result);
}

/**
 * A likelihood of your own, of one score a row, with all that this library's have: objectives, fits, samples.
 *
 * It is a loss and what that leaves out: −log density = ℓ(score, target)/φ + constant(target, φ), in nats. That the density
 * sums or integrates to one is yours to see to. scores, targets: [rows].
 *
 * @param likelihood - `name`, `loss`, `constant`; and `dispersion`, `link`, `mean`, `variance`, `draw`, `domain`.
 * @returns The likelihood, frozen; its methods throw a TypeError where a function gives no number, and `logDensity` a
 *   RangeError, with the row, for a target outside the domain.
 * @throws TypeError or RangeError naming what does not fit.
 * @example
 * const geometric = likelihoods.custom({
 *   name: "geometric", // failures before the first success, of probability σ(−z)
 *   loss: losses.custom({
 *     name: "geometric",
 *     value: (z, y) => softplus(z) + y * softplus(-z),
 *     gradient: (z, y) => sigmoid(z) - y * sigmoid(-z),
 *     curvature: (z, y) => (1 + y) * sigmoid(z) * sigmoid(-z),
 *     traits: { convex: true },
 *     domain: { has: (y) => y >= 0, text: "a count" },
 *   }),
 *   constant: () => 0,
 *   link: "log",
 *   variance: (z) => exp(z) * (1 + exp(z)),
 * });
 * geometric.logDensity([0], [3]); // → [-2.772588722240]
 * mle({ data: dataset([[0], [1]], [3, 8]), likelihood: geometric }).predict([[0], [1]]); // → [3, 8]
 */
export function custom(likelihood: CustomLikelihood): Likelihood {
  if (likelihood === undefined) fail("type", "likelihood", "an object", likelihood);
  checkOptions("likelihood", likelihood, FIELDS);
  const { name, loss, dispersion = 1, link = "identity", domain } = likelihood;
  if (typeof name !== "string") fail("type", "name", "a string", name);
  if (typeof loss?.kernels !== "function") fail("type", "loss", "one of this library's, or losses.custom", loss);
  if (loss.classes !== 1) fail("range", "loss", "one of one score a row", loss.name);
  checkNumber("dispersion", dispersion, { exclusiveMin: 0 });
  checkChoice("link", link, LINKS.filter((one) => inverseLinkOf(one) !== null) as (typeof link)[]);
  checkOptions("domain", domain, ["has", "text"]);
  if (domain !== undefined) {
    checkFunction("has", domain.has);
    if (typeof domain.text !== "string") fail("type", "text", "a string", domain.text);
  }
  for (const key of ["constant", "mean", "variance", "draw"] as const)
    if (key === "constant" || likelihood[key] !== undefined) checkFunction(key, likelihood[key]);
  const { constant, mean, variance = () => NaN } = likelihood;
  const draw = likelihood.draw ?? (() => fail("type", "likelihood", "one with draw", name));
  return pointwiseLikelihood({
    name,
    loss,
    dispersion,
    link,
    support: domain === undefined ? finite : domainOf(domain.text, (y) => y - y === 0 && domain.has(y)),
    constant: (y, phi) => numeric("constant", constant(y, phi)),
    ...(mean && { mean: (z: number) => numeric("mean", mean(z)) }),
    variance: (z, phi) => numeric("variance", variance(z, phi)),
    draw: (z, phi, random) => numeric("draw", draw(z, phi, random)),
  });
}
