import { checkNumber, checkOptions, fail } from "../check.js";
import { type Domain, domainOf, finite } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";
import type { Traits } from "./traits.js";

/** A function of a score and a target. */
export type ScoreFunction = (score: number, target: number) => number;

/** What a loss of one's own is made of. */
export interface CustomLoss {
  /** Its name. */
  readonly name: string;
  /** ℓ(score, target), in nats where it is a surprisal. */
  readonly value: ScoreFunction;
  /** ∂ℓ/∂score; this library's own losses have 0 at a kink. */
  readonly gradient: ScoreFunction;
  /** ∂²ℓ/∂score². */
  readonly curvature: ScoreFunction;
  /** What holds of it; whatever is left out is taken not to. */
  readonly traits?: Partial<Traits>;
  /** True if every target pulls its score without end, so that separated classes 0 and 1 have no minimum. */
  readonly separable?: boolean;
  /** Which finite targets it takes, and how to say so in a message; all without it. */
  readonly domain?: {
    /** Whether a finite number is a target. */
    readonly has: (target: number) => boolean;
    /** What messages say that they expected. */
    readonly text: string;
  };
}

const NO_TRAITS: Traits = {
  convex: false,
  strictlyConvex: false,
  smooth: false,
  proper: false,
  lipschitz: Infinity,
};

const FIELDS = ["name", "value", "gradient", "curvature", "traits", "separable", "domain"];

function checkType(name: string, value: unknown, type: "string" | "boolean" | "function"): void {
  if (typeof value !== type) fail("type", name, `a ${type}`, value);
}

/** The function, held to give numbers. */
function checked(name: "value" | "gradient" | "curvature", loss: CustomLoss): ScoreFunction {
  const f = loss[name];
  checkType(name, f, "function");
  return (score, target) => {
    const result: unknown = f(score, target);
    return typeof result === "number" ? result : fail("type", `${name}(score, target)`, "a number", result);
  };
}

function readTraits(given: Partial<Traits> | undefined): Traits {
  checkOptions("traits", given, Object.keys(NO_TRAITS));
  const traits = { ...NO_TRAITS, ...given };
  const { lipschitz, ...flags } = traits;
  if (lipschitz !== Infinity) checkNumber("lipschitz", lipschitz, { min: 0 });
  for (const name in flags) checkType(name, flags[name as "convex"], "boolean");
  return Object.freeze(traits);
}

function readDomain(given: CustomLoss["domain"]): Domain {
  if (given === undefined) return finite;
  checkOptions("domain", given, ["has", "text"]);
  const { has, text } = given;
  checkType("has", has, "function");
  checkType("text", text, "string");
  return domainOf(text, (y) => y - y === 0 && has(y));
}

/**
 * A loss of your own, of one score a row, with all that this library's have: weights, reductions, both backends, objectives
 * and fits.
 *
 * State the value and its two derivatives; `checkGradient` compares them with differences. To have the same bits on every
 * engine use this library's `exp`, `log1p` and the like in place of those of `Math`. scores, targets: [rows]. Likelihood:
 * none (null); `likelihoods.custom` makes one of it and of what it leaves out.
 *
 * @param loss - `name`; `value`, `gradient`, `curvature`: functions of a score and a target; `traits`: what holds of it;
 *   `separable`; `domain`: `{ has, text }`.
 * @returns The loss, frozen; its methods throw a RangeError, with the row, for a target outside its domain, and a TypeError
 *   where a function gives no number.
 * @throws TypeError or RangeError naming what does not fit.
 * @example
 * const root = (r: number) => Math.sqrt(1 + r * r);
 * const loss = losses.custom({
 *   name: "pseudoHuber",
 *   value: (z, y) => root(z - y) - 1,
 *   gradient: (z, y) => (z - y) / root(z - y),
 *   curvature: (z, y) => 1 / (root(z - y) * root(z - y) * root(z - y)),
 *   traits: { convex: true, strictlyConvex: true, smooth: true, lipschitz: 1 },
 * });
 * loss.value([1, 3], [0, 1]); // → 0.825140769936
 * checkGradient(loss, { scores: [1, 3], targets: [0, 1] }).gradient.error < 1e-10; // → true
 * erm({ data: dataset([[0], [1], [2], [3]], [1, 30, 5, 7]), loss }).coefficients; // → [1.815730830584]
 */
export function custom(loss: CustomLoss): Loss {
  if (loss === undefined) fail("type", "loss", "an object", loss);
  checkOptions("loss", loss, FIELDS);
  const { name, separable = false } = loss;
  checkType("name", name, "string");
  checkType("separable", separable, "boolean");
  return makePointwise({
    name,
    options: null,
    separable,
    traits: readTraits(loss.traits),
    domain: readDomain(loss.domain),
    value: checked("value", loss),
    gradient: checked("gradient", loss),
    curvature: checked("curvature", loss),
  });
}
