import { fail, toFloat64 } from "../check.js";
import { sum } from "../linalg/vector.js";
import { checkWeights, type Weights } from "../weights.js";

/** Options of a metric that is a mean over rows. */
export interface WeightedOptions {
  /** One per row, finite and ≥ 0 (default 1). */
  readonly weights?: ArrayLike<number>;
}

/** Finite numbers, one a row. */
export function readFinite(argument: string, values: unknown, rows?: number): Float64Array {
  const numbers = toFloat64(argument, values);
  if (rows !== undefined && numbers.length !== rows) fail("range", argument, `one per row, ${rows}`, values);
  numbers.forEach((value, row) => {
    if (!(Math.abs(value) < Infinity)) fail("range", argument, "a finite number", value, { row });
  });
  return numbers;
}

/** Weights whose sum is positive; of no rows there is no mean. */
export function readWeights(weights: ArrayLike<number> | undefined, rows: number): Weights {
  const checked = checkWeights(weights, rows);
  if (rows === 0) fail("range", "targets", "at least one row", rows);
  if (!(checked.total > 0)) fail("range", "weights", "a sum > 0", checked.total);
  return checked;
}

/** Σ w·f(i); rows of weight 0 do not count whatever f is there. */
export function weightedSum(rows: number, { weights }: Weights, f: (row: number) => number): number {
  const terms = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[i];
    terms[i] = w === 0 ? 0 : w * f(i);
  }
  return sum(terms);
}

/** Σ w·f(i)/Σ w. */
export function weightedMean(rows: number, weights: Weights, f: (row: number) => number): number {
  return weightedSum(rows, weights, f) / weights.total;
}

/** A number to return where there is no answer, NaN too; undefined for an error instead. */
export function readWhenUndefined(value: unknown): number | undefined {
  if (value !== undefined && typeof value !== "number") fail("type", "whenUndefined", "a number", value);
  return value;
}
