import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber, fail, toFloat64 } from "../check.js";
import type { Screened } from "./screened.js";

/** Smallest α that the first λ is divided by: at 0 there would be none. */
const LEAST_ALPHA = 1e-3;

/** How a path is asked for. */
interface Asked {
  readonly alpha?: number;
  readonly values?: number | ArrayLike<number>;
  readonly ratio?: number;
}

/** α and the values of λ that are asked for. */
export interface Plan {
  readonly alpha: number;
  readonly values: number | Float64Array;
  readonly ratio: number | null;
}

export function readPlan({ alpha = 1, values = 100, ratio }: Asked): Plan {
  checkNumber("alpha", alpha, { exclusiveMin: 0, max: 1 });
  if (ratio !== undefined) checkNumber("ratio", ratio, { exclusiveMin: 0, exclusiveMax: 1 });
  if (typeof values === "number") {
    checkNumber("values", values, { min: 1, max: 100_000, integer: true });
    return { alpha, values, ratio: ratio ?? null };
  }
  if (ratio !== undefined) fail("type", "ratio", "nothing beside the values themselves", ratio);
  const given = toFloat64("values", values).slice();
  if (given.length === 0) fail("range", "values", "at least one value", values);
  given.forEach((value, row) => {
    if (!(value >= 0 && value < Infinity)) fail("range", "values", "finite numbers >= 0", value, { row });
    if (row > 0 && !(value < given[row - 1]!)) fail("range", "values", "numbers that fall", value, { row });
  });
  return { alpha, values: given, ratio: null };
}

/** The values of λ, from the least at which all coefficients are 0. */
export function* lambdaSteps(
  screened: Screened,
  { alpha, values, ratio }: Plan,
): Generator<undefined, { readonly lambdaMax: number; readonly lambda: Float64Array }> {
  yield* screened.begin();
  const lambdaMax = screened.largestSlope() / Math.max(alpha, LEAST_ALPHA);
  const least = ratio ?? (screened.data.rows > screened.data.columns ? 1e-4 : 1e-2);
  return { lambdaMax, lambda: typeof values === "number" ? spaced(lambdaMax, least, values) : values };
}

/** Values from `first` to `first·ratio`, evenly spaced in their logarithms. */
function spaced(first: number, ratio: number, count: number): Float64Array {
  const step = count === 1 ? 0 : logOne(ratio) / (count - 1);
  return Float64Array.from({ length: count }, (_, k) => (k === 0 ? first : first * expOne(step * k)));
}
