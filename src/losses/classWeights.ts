import { allocate, fail, toFloat64 } from "../check.js";

/** One finite weight ≥ 0 per class, copied; ones without it. Throws a TypeError or RangeError naming the place. */
export function checkClassWeights(argument: string, given: unknown, classes: number): Float64Array {
  if (given === undefined) return allocate("classes", classes).fill(1);
  const weights = toFloat64(argument, given).slice();
  if (weights.length !== classes) fail("range", argument, `${classes} numbers`, given);
  for (let row = 0; row < classes; row++) {
    const c = weights[row];
    if (!(c >= 0 && c < Infinity)) fail("range", argument, "a finite number >= 0", c, { row });
  }
  if (weights.every((c) => c === 0)) fail("range", argument, "one that is > 0", 0);
  return weights;
}
