import { fail } from "../check.js";
import { difference } from "../linalg/differences.js";
import type { Distribution } from "./distribution.js";

/** A prior of one parameter: what it is called, its log density and the derivatives of that. */
export interface SmoothPrior {
  readonly text: string;
  /** Half of it is below, of what lies in the range of the parameter. */
  readonly median: number;
  quantile(p: number): number;
  logDensity(x: number): number;
  slope(x: number): number;
  curvature(x: number): number;
}

/** Whether a parameter is > 0, or any number. */
export type Range = "positive" | "real";

const EXAMPLES = { positive: "gamma({ shape: 2, rate: 1 })", real: "normal()" } as const;

/** The smallest share of a number > 0 over which its prior is taken to bend. */
const NARROW = 1e-3;

/** A continuous distribution with a smooth density on the whole range of a parameter. */
export function readSmoothPrior(argument: string, given: unknown, range: Range): SmoothPrior {
  const { name, parameters, discrete, support, logDensity, quantile } = (given ?? {}) as Partial<Distribution>;
  if (typeof logDensity !== "function" || typeof quantile !== "function" || discrete !== false) {
    const expected = `a continuous distribution of one number, such as distributions.${EXAMPLES[range]}`;
    return fail("type", argument, expected, given);
  }
  const [low, high] = support!;
  if (low > (range === "positive" ? 0 : -Infinity) || high < Infinity) {
    const where = range === "positive" ? "all numbers > 0" : "all numbers";
    fail("range", argument, `a distribution with a density on ${where}`, `${name}, from ${low} to ${high}`);
  }
  if (name === "laplace") fail("range", argument, "a smooth density", "laplace, which has a kink");
  const width = quantile(0.75) - quantile(0.25);
  // Steps of differences are a small share of what it takes a density to bend.
  const scaleAt = (x: number): number => (range === "real" ? width : Math.min(Math.max(width, NARROW * x), x));
  const derivative =
    (f: (x: number) => number) =>
    (x: number): number => {
      const scale = scaleAt(x);
      return difference(([shift]) => [f(x + scale * shift!)], new Float64Array(1), 0)[0]! / scale;
    };
  const slope = derivative((x) => logDensity(x));
  const middle = quantile(0.5);
  const shown = Object.entries(parameters!).map(([key, value]) => `${key} ${String(value)}`);
  return {
    text: `${name}(${shown.join(", ")})`,
    median: range === "real" || middle > 0 ? middle : Math.min(1, quantile(0.9) > 0 ? quantile(0.9) : 1),
    quantile: (p) => quantile(p),
    logDensity: (x) => logDensity(x),
    slope,
    curvature: derivative(slope),
  };
}
