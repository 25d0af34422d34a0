import { checkOptions, fail } from "../check.js";
import { readMean, readIntercept, readNumber } from "./options.js";
import type { Family, Numbers } from "./family.js";
import { makePrior } from "./make.js";
import type { Prior } from "./prior.js";
import type { SmoothTerm } from "./terms.js";

/** A function of how far a parameter is from the mean. */
export type DistanceFunction = (distance: number) => number;

/** What a prior of one's own is made of. */
export interface CustomPrior {
  /** Its name. */
  readonly name: string;
  /** −log density of one coefficient less its constant, in nats, of its distance from the mean: smooth. */
  readonly value: DistanceFunction;
  /** The derivative of `value`. */
  readonly gradient: DistanceFunction;
  /** The second derivative. */
  readonly curvature: DistanceFunction;
  /** −log density − `value`, one number; without it `logDensity` is refused. */
  readonly constant?: number;
  /** True if `value` is convex: a convex loss then keeps its only minimum. False without it. */
  readonly convex?: boolean;
  /** Mean of every coefficient, or one each (default 0). */
  readonly mean?: number | ArrayLike<number>;
  /** A prior of the intercept too, which is free without it: the same function, around its own mean. */
  readonly intercept?: {
    /** Mean of every intercept (default 0). */
    readonly mean?: number;
  };
}

const FIELDS = ["name", "value", "gradient", "curvature", "constant", "convex", "mean", "intercept"];

/** The function, held to give numbers. */
function numeric(name: "value" | "gradient" | "curvature", f: unknown): DistanceFunction {
  if (typeof f !== "function") fail("type", name, "a function", f);
  return (distance) => {
    const result = (f as (distance: number) => unknown)(distance);
    return typeof result === "number" ? result : fail("type", `${name}(distance)`, "a number", result);
  };
}

function scaled({ value, slope, curvature }: SmoothTerm, times: number, convex: boolean): SmoothTerm {
  const by = (f: DistanceFunction): DistanceFunction => (times === 1 ? f : (distance) => times * f(distance));
  return { value: by(value), slope: by(slope), curvature: by(curvature), convex };
}

/** The family of a prior of one's own: its density to any power. */
function familyOf(name: string, term: SmoothTerm, constant: number | undefined, convex: boolean): Family<"times"> {
  return {
    name,
    penalty: null,
    shown: ["times"],
    proper: true,
    custom: true,
    term: ({ times }) => ({ precision: 0, rate: 0, smooth: scaled(term, times, convex) }),
    logDensity({ times }, distance) {
      if (constant === undefined || times !== 1) fail("type", "prior", "one whose constant is known", name);
      return -term.value(distance) - constant;
    },
    power: (numbers: Numbers<"times">, k: number) => ({ ...numbers, times: numbers.times * k }),
  };
}

/** What `priors.custom` and `penalties.custom` are made of, checked. */
export function customMember(argument: string, given: CustomPrior): Parameters<typeof makePrior<"times">>[0] {
  if (given === undefined) fail("type", argument, "an object", given);
  checkOptions(argument, given, FIELDS);
  const { name, constant, convex = false } = given;
  if (typeof name !== "string") fail("type", "name", "a string", name);
  if (typeof convex !== "boolean") fail("type", "convex", "true or false", convex);
  if (constant !== undefined) readNumber("constant", constant);
  const term: SmoothTerm = {
    value: numeric("value", given.value),
    slope: numeric("gradient", given.gradient),
    curvature: numeric("curvature", given.curvature),
  };
  const own = readIntercept(given.intercept, ["mean"]);
  if (own === null && given.intercept !== undefined) fail("type", "intercept", "an object", given.intercept);
  const mean = own?.mean === undefined ? 0 : readNumber("intercept.mean", own.mean);
  return {
    family: familyOf(name, term, constant, convex),
    coefficients: { times: 1, mean: readMean(given.mean) },
    intercept: own === null ? null : { times: 1, mean },
  };
}

/**
 * A prior of your own: a smooth density of each coefficient, independently, with all that this library's have: fits,
 * conversion into a penalty and back, means, stored jobs.
 *
 * State the surprisal of one coefficient as a function of its distance from the mean, and its two derivatives; `checkGradient`
 * of an objective compares them with differences. To have the same bits on every engine use this library's `exp`, `log1p` and
 * the like in place of those of `Math`. The intercept is free unless `intercept` is given. What is stored as JSON holds only
 * its name: `resume` and `verify` are given it again.
 *
 * @param prior - `name`; `value`, `gradient`, `curvature`: functions of a distance; `constant`, `convex`, `mean`,
 *   `intercept`: `{ mean? }`.
 * @returns The prior, frozen; its methods throw a TypeError where a function gives no number.
 * @throws TypeError or RangeError naming what does not fit.
 * @example
 * const logistic = priors.custom({
 *   name: "logistic", // the density σ(r)σ(−r)
 *   value: (r) => softplus(r) + softplus(-r),
 *   gradient: (r) => tanh(r / 2),
 *   curvature: (r) => 2 * sigmoid(r) * sigmoid(-r),
 *   constant: 0,
 *   convex: true,
 * });
 * logistic.logDensity([0, 1]); // → -3.012817736156
 * const data = dataset([[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli(), prior: logistic });
 * checkGradient(target, [0.3, -0.7]).gradient.error < 1e-10; // → true
 * map({ data, likelihood: likelihoods.bernoulli(), prior: logistic }).coefficients; // → [0.908966570346]
 */
export function custom(prior: CustomPrior): Prior {
  return makePrior(customMember("prior", prior));
}
