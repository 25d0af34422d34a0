import { checkOptions, fail, toFloat64 } from "../check.js";
import type { Objective } from "../objective.js";
import type { Diagnosis } from "../optimizers/objective.js";

/** Where coefficients may lie; the intercept is free. */
export interface CoefficientBounds {
  /** One number for all coefficients, or one each; −Infinity: none. */
  readonly lower?: number | ArrayLike<number>;
  /** One number for all coefficients, or one each, ≥ lower; Infinity: none. */
  readonly upper?: number | ArrayLike<number>;
}

/** The objective with its coefficients within bounds. Throws a TypeError or RangeError naming what is wrong with them. */
export function withBounds(target: Objective, given: CoefficientBounds): Objective {
  checkOptions("bounds", given, ["lower", "upper"]);
  if (given === null) fail("type", "bounds", "{ lower, upper }", given);
  const { bound, data, prox } = target;
  const { outputs, features, intercept, thresholds = 0 } = bound.layout;
  const first = thresholds + (intercept ? 1 : 0);
  if (outputs > 1) fail("type", "bounds", "nothing for a model with several scores per row", given);
  if (prox !== undefined) fail("type", "bounds", "nothing beside an L1 prior or penalty", given);
  const read = (name: "lower" | "upper", none: number): Float64Array => {
    const all = new Float64Array(first + features).fill(none);
    const value = given[name];
    if (value === undefined) return all;
    const each = typeof value === "number" ? null : toFloat64(`bounds.${name}`, value);
    if (each !== null && each.length !== features) {
      fail("range", `bounds.${name}`, `one number per coefficient, ${features}`, value);
    }
    for (let j = 0; j < features; j++) {
      const own = each === null ? (value as number) : each[j];
      const at = each === null ? {} : { row: j };
      if (Number.isNaN(own) || own === -none) fail("range", `bounds.${name}`, `a number, or ${none}`, own, at);
      // A standardized column has the coefficient times its scale.
      all[j + first] = own * (data.moments === null ? 1 : data.moments.scale[j]);
    }
    return all;
  };
  const lower = read("lower", -Infinity);
  const upper = read("upper", Infinity);
  lower.forEach((low, j) => {
    if (!(low <= upper[j])) fail("range", "bounds.upper", "numbers >= those of lower", upper[j], { row: j - first });
  });
  const allowed = (found: Diagnosis | null): Diagnosis | null => {
    const out = found?.witness?.some((d, j) => (d < 0 && lower[j] > -Infinity) || (d > 0 && upper[j] < Infinity));
    return out === true ? null : found;
  };
  const { diagnose, diagnosis } = target;
  return Object.freeze<Objective>({
    ...target,
    bounds: Object.freeze({ lower, upper }),
    capabilities: Object.freeze([...target.capabilities, "bounds" as const]),
    ...(diagnose && { diagnose: (parameters: Float64Array) => allowed(diagnose(parameters)) }),
    ...(diagnosis && {
      *diagnosis(parameters: Float64Array) {
        return allowed(yield* diagnosis(parameters));
      },
    }),
  });
}
