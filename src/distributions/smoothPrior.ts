import { fail } from "../check.js";
import type { Distribution } from "./distribution.js";

/** A prior of one parameter: what it is called, and its log density. */
export interface SmoothPrior {
  readonly text: string;
  logDensity(x: number): number;
}

/** A continuous distribution with a smooth density on the whole range of a parameter, which is > 0 or any number. */
export function readSmoothPrior(argument: string, given: unknown, range: "positive" | "real"): SmoothPrior {
  const { name, parameters, discrete, support, logDensity } = (given ?? {}) as Partial<Distribution>;
  const where = range === "positive" ? "all numbers > 0" : "all numbers";
  if (typeof logDensity !== "function" || !Array.isArray(support) || discrete !== false) {
    return fail(
      "type",
      argument,
      `a continuous distribution of one number, such as distributions.${EXAMPLES[range]}`,
      given,
    );
  }
  const [low, high] = support as readonly [number, number];
  if (low > (range === "positive" ? 0 : -Infinity) || high < Infinity) {
    fail("range", argument, `a distribution with a density on ${where}`, `${name}, from ${low} to ${high}`);
  }
  if (name === "laplace") fail("range", argument, "a smooth density", "laplace, which has a kink");
  const shown = Object.entries(parameters ?? {}).map(([key, value]) => `${key} ${String(value)}`);
  return { text: `${name}(${shown.join(", ")})`, logDensity: (x) => logDensity(x) };
}

const EXAMPLES = { positive: "gamma({ shape: 2, rate: 1 })", real: "normal()" } as const;
