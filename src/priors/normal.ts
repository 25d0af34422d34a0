import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import { type Penalty, checkScale, fillCoefficients, perCoefficient } from "../penalties/penalty.js";
import type { Prior, Scale } from "./prior.js";
import { type Layout, type Terms, flatTerms } from "./terms.js";

/** Options of a normal prior. */
export interface NormalOptions {
  /** Mean of every coefficient, or one each (default 0). */
  readonly mean?: number | ArrayLike<number>;
  /** Standard deviation of every coefficient, or one each; > 0. */
  readonly sd: number | ArrayLike<number>;
  /** A prior of the intercept too, which is free without it. */
  readonly intercept?: {
    /** Mean of every intercept (default 0). */
    readonly mean?: number;
    /** Standard deviation of every intercept; > 0. */
    readonly sd: number;
  };
}

/** The numbers of a normal prior: what fits add up. */
interface Normal {
  readonly mean: number | Float64Array;
  readonly precision: number | Float64Array;
  readonly intercept: { readonly mean: number; readonly precision: number } | null;
}

function readEach(argument: string, value: unknown, positive: boolean): number | Float64Array {
  const range = positive ? { exclusiveMin: 0 } : {};
  if (typeof value === "number") return checkNumber(argument, value, range);
  const each = toFloat64(argument, value).slice();
  each.forEach((number, row) => {
    if (!Number.isFinite(number) || (positive && number <= 0)) {
      fail("range", argument, positive ? "a finite number > 0" : "a finite number", number, { row });
    }
  });
  return each;
}

const precisionOf = (sd: number): number => checkNumber("sd", 1 / (sd * sd), { exclusiveMin: 0 });

/**
 * Normal prior: each coefficient ~ N(mean, sd²), independently; ridge seen from probability.
 *
 * Adds ½((θ − mean)/sd)² nats per coefficient to the summed surprisal; its constant ½ ln(2π sd²) enters evidence only.
 * The intercept is free unless `intercept` names its own. As a penalty: λ = φ/(W·sd²).
 *
 * @param options - `sd` and `mean` (default 0): one number, or one per coefficient. `intercept`: `{ mean?, sd }`.
 * @returns The prior.
 * @throws TypeError for what is no number; RangeError unless every mean is finite, every sd is finite and > 0, and
 *   1/sd² is finite.
 * @see Hoerl & Kennard, "Ridge regression: biased estimation for nonorthogonal problems", Technometrics 12 (1970)
 * @example
 * const prior = priors.normal({ sd: 2 });
 * prior.penalty({ totalWeight: 10 }).lambda; // → 0.025
 * String(prior); // → "normal(sd 2)"
 */
export function normal(options: NormalOptions): Prior {
  checkOptions("options", options, ["mean", "sd", "intercept"]);
  const sd = readEach("sd", options?.sd, true);
  const mean = readEach("mean", options.mean === undefined ? 0 : options.mean, false);
  const { intercept } = options;
  if (intercept !== undefined) checkOptions("intercept", intercept, ["mean", "sd"]);
  return makeNormal(
    {
      mean,
      precision: typeof sd === "number" ? precisionOf(sd) : sd.map(precisionOf),
      intercept:
        intercept === undefined
          ? null
          : {
              mean: checkNumber("intercept.mean", intercept.mean === undefined ? 0 : intercept.mean),
              precision: precisionOf(checkNumber("intercept.sd", intercept.sd, { exclusiveMin: 0 })),
            },
    },
    typeof sd === "number" && mean === 0 ? `normal(sd ${sd})` : "normal(one mean and sd per coefficient)",
  );
}

/** The normal prior of mean 0 and this precision; 0 is flat. */
export function normalFromPrecision(precision: number): Prior {
  const description = precision === 0 ? "flat" : `normal(sd ${Math.sqrt(1 / precision)})`;
  return makeNormal({ mean: 0, precision, intercept: null }, description);
}

function makeNormal(own: Normal, description: string): Prior {
  const prior: Prior = Object.freeze<Prior>({
    name: "normal",
    flat: own.precision === 0,
    terms: (layout) => termsOf(own, layout),
    penalty: (scale) => penaltyOf(prior, own, scale),
    toString: () => description,
  });
  return prior;
}

function termsOf(own: Normal, layout: Layout): Terms {
  const terms = flatTerms(layout);
  fillCoefficients(layout, terms.precision, perCoefficient("sd", own.precision, layout));
  fillCoefficients(layout, terms.mean, perCoefficient("mean", own.mean, layout));
  if (own.intercept !== null && layout.intercept) {
    for (let k = 0; k < layout.outputs; k++) {
      terms.precision[k * (layout.features + 1)] = own.intercept.precision;
      terms.mean[k * (layout.features + 1)] = own.intercept.mean;
    }
  }
  return terms;
}

function penaltyOf(prior: Prior, own: Normal, scale: Scale): Penalty {
  const { totalWeight, dispersion } = checkScale(scale);
  const toLambda = (precision: number): number => (dispersion * precision) / totalWeight;
  const lambda = typeof own.precision === "number" ? toLambda(own.precision) : own.precision.map(toLambda);
  return Object.freeze<Penalty>({
    name: "l2",
    lambda,
    terms(layout, weight) {
      const terms = prior.terms(layout);
      if (weight === totalWeight) return { ...terms, dispersion };
      return { precision: terms.precision.map((p) => toLambda(p) * weight), mean: terms.mean, dispersion: 1 };
    },
    prior(other) {
      const checked = checkScale(other);
      if (checked.totalWeight === totalWeight && checked.dispersion === dispersion) return prior;
      const toPrecision = (p: number): number => (toLambda(p) * checked.totalWeight) / checked.dispersion;
      const precision = typeof own.precision === "number" ? toPrecision(own.precision) : own.precision.map(toPrecision);
      const { intercept } = own;
      return makeNormal(
        {
          mean: own.mean,
          precision,
          intercept: intercept === null ? null : { ...intercept, precision: toPrecision(intercept.precision) },
        },
        "normal(converted from a penalty)",
      );
    },
    toString: () => (typeof lambda === "number" ? `l2(${lambda})` : "l2(one per coefficient)"),
  });
}
