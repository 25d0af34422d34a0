import { checkOptions, fail, toFloat64 } from "../../check.js";
import { sum } from "../../linalg/vector.js";
import { checkWeights } from "../../weights.js";

/** Values that count, with their weights. */
export interface Data {
  /** Rows of weight 0 are left out. */
  readonly x: Float64Array;
  /** null stands for ones. */
  readonly weights: Float64Array | null;
  /** Σ w. */
  readonly total: number;
  /** Whether weights are whole numbers, so that they count values. */
  readonly counting: boolean;
}

/** Which values a distribution takes, in words and as a test. */
export interface Domain {
  readonly expected: string;
  readonly holds: (x: number) => boolean;
}

export const REAL: Domain = { expected: "a finite number", holds: () => true };
export const NON_NEGATIVE: Domain = { expected: "a finite number >= 0", holds: (x) => x >= 0 };
export const COUNT: Domain = { expected: "a whole number >= 0", holds: (x) => x >= 0 && Number.isInteger(x) };

/** Throws unless options hold no other names. */
export function readFitOptions<T extends object>(
  options: T | undefined,
  names: readonly (keyof T & string)[],
): Partial<T> {
  checkOptions("options", options, names);
  return options ?? {};
}

/** Checks every value and weight; refuses nothing to fit unless a prior says enough by itself. */
export function readData(
  data: unknown,
  weights: ArrayLike<number> | undefined,
  domain: Domain,
  hasPrior: boolean,
): Data {
  const x = toFloat64("data", data);
  x.forEach((value, row) => {
    if (!(Math.abs(value) < Infinity) || !domain.holds(value)) fail("range", "data", domain.expected, value, { row });
  });
  const checked = checkWeights(weights, x.length);
  if (!hasPrior && !(checked.total > 0)) {
    fail("range", x.length === 0 ? "data" : "weights", "at least one value of weight > 0, or a prior", data);
  }
  const w = checked.weights;
  if (w === null) return { x: x.slice(), weights: null, total: checked.total, counting: true };
  return {
    x: x.filter((_, i) => w[i] > 0),
    weights: w.filter((weight) => weight > 0),
    total: checked.total,
    counting: w.every((weight) => Number.isInteger(weight)),
  };
}

/** Σ w·f(x), in the tree of every sum. */
export function total({ x, weights }: Data, f: (x: number) => number): number {
  return sum(x.map((value, i) => (weights === null ? 1 : weights[i]) * f(value)));
}

/** The mean, corrected by the mean of what it leaves. Throws a RangeError if it overflows. */
export function meanOf(data: Data): number {
  const first = total(data, (x) => x / data.total);
  const mean = first + total(data, (x) => x - first) / data.total;
  if (!Number.isFinite(mean)) fail("range", "data", "values whose mean and sum do not overflow", mean);
  return mean;
}

/** The variance about the mean. Throws a RangeError if it overflows or underflows. */
export function varianceOf(data: Data, mean: number): number {
  const variance = total(data, (x) => ((x - mean) * (x - mean)) / data.total);
  if (!(variance > 0 && variance < Infinity)) {
    fail("range", "data", "values whose variance neither overflows nor vanishes", variance);
  }
  return variance;
}

/** The one value that all rows have, or null. */
export function constantOf({ x }: Data): number | null {
  return x.length > 0 && x.every((value) => value === x[0]) ? x[0] : null;
}
