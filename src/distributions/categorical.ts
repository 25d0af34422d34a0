import { logOne } from "../backend/typescript/math/log.js";
import { fail } from "../check.js";
import { SUM_TOLERANCE } from "../constants.js";
import { sum } from "../linalg/vector.js";
import { surprisalTerm } from "./bernoulli.js";
import type { Distribution } from "./distribution.js";
import { makeDiscrete } from "./discrete.js";
import { readNumbers, readOptions } from "./options.js";

/** Parameters of a categorical distribution. */
export interface CategoricalParameters {
  /** Of the classes 0, 1, ...: [k], sum 1. */
  readonly probabilities: readonly number[];
}

/** What is given: any array of numbers. */
export interface CategoricalOptions {
  /** Of the classes 0, 1, ...: [k], sum 1. */
  readonly probabilities: ArrayLike<number>;
}

/** Σ above each, added from the end. */
function sumsAbove(p: Float64Array): Float64Array {
  const above = new Float64Array(p.length);
  for (let k = p.length - 1; k > 0; k--) above[k - 1] = above[k] + p[k];
  return above;
}

function sumsUpTo(p: Float64Array): Float64Array {
  const up = p.slice();
  for (let k = 1; k < p.length; k++) up[k] += up[k - 1];
  return up;
}

/** The distribution itself; `fits/categorical.ts` has it with its fit. */
export function categorical(options: CategoricalOptions): Distribution<CategoricalParameters> {
  const p = readNumbers("probabilities", readOptions(options, ["probabilities"]).probabilities, { min: 0, max: 1 });
  const total = sum(p);
  if (!(Math.abs(total - 1) <= SUM_TOLERANCE)) fail("range", "probabilities", "a sum of 1", total);
  const log = p.map(logOne);
  const lower = sumsUpTo(p);
  const upper = sumsAbove(p);
  const mean = sum(p.map((q, k) => q * k));
  return makeDiscrete({
    name: "categorical",
    parameters: { probabilities: Object.freeze([...p]) },
    support: [p.findIndex((q) => q > 0), p.reduce((last, q, k) => (q > 0 ? k : last), 0)],
    mean,
    variance: sum(p.map((q, k) => q * (k - mean) * (k - mean))),
    entropy: sum(p.map((q, k) => surprisalTerm(q, log[k]))),
    logDensity: (k) => log[k],
    cdf: (k) => Math.min(1, lower[k]),
    survival: (k) => Math.min(1, upper[k]),
    draw(random) {
      const u = random.uniform() * lower[p.length - 1];
      let k = 0;
      while (u >= lower[k]) k++;
      return k;
    },
  });
}
