import { normalQuantileOne } from "../special/normalQuantile.js";
import type { Distribution } from "./distribution.js";
import { makeDistribution, type Recipe } from "./make.js";

/** A recipe of one of whole numbers, whose quantiles are found by way of its tails. */
type Discrete<Parameters extends object> = Omit<Recipe<Parameters>, "discrete" | "quantile" | "upperQuantile">;

/** The smallest whole number from `low` to `high` for which `reached` is true, as it is from there on; else `high`. */
function smallest(low: number, high: number, start: number, reached: (k: number) => boolean): number {
  let below = low - 1;
  let above = Math.min(Math.max(Math.floor(start), low), high);
  for (let stride = 1; above < high && !reached(above); stride *= 2) {
    below = above;
    above = Math.min(above + stride, high);
  }
  for (let stride = 1; above - stride > below; stride *= 2) {
    const at = above - stride;
    if (!reached(at)) {
      below = at;
      break;
    }
    above = at;
  }
  // What is `above` has been reached or is the end; what is `below` has not.
  for (let width = above - below; width > 1; width = above - below) {
    const middle = below + Math.floor(width / 2);
    if (middle === below || middle === above) break;
    if (reached(middle)) above = middle;
    else below = middle;
  }
  return above;
}

export function makeDiscrete<Parameters extends object>(recipe: Discrete<Parameters>): Distribution<Parameters> {
  const { mean, variance, cdf, survival, support } = recipe;
  const [low, high] = support;
  const guess = (z: number): number => {
    const start = mean + z * Math.sqrt(variance);
    return Number.isFinite(start) ? start : low;
  };
  return makeDistribution({
    ...recipe,
    discrete: true,
    quantile: (p) => smallest(low, high, guess(normalQuantileOne(p)), (k) => cdf(k) >= p),
    upperQuantile: (q) => smallest(low, high, guess(-normalQuantileOne(q)), (k) => survival(k) <= q),
  });
}
