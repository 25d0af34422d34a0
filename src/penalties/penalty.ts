import { checkNumber, checkOptions, fail } from "../check.js";
import type { Prior, Scale } from "../priors/prior.js";
import type { Layout, Terms } from "../priors/terms.js";

/** What is added to a mean loss: a prior seen from empirical risk. */
export interface Penalty {
  /** Its family. */
  readonly name: string;
  /** λ of (λ/2)‖θ‖²: one number, or one per coefficient. */
  readonly lambda: number | Float64Array;
  /**
   * Its terms on the sum scale for data of total weight W, with the φ by which the losses are then divided.
   *
   * @internal
   */
  terms(layout: Layout, totalWeight: number): Terms & { readonly dispersion: number };
  /**
   * The prior that states the same, τ² = φ/(W·λ). Throws a TypeError or RangeError for a scale that is no number > 0.
   */
  prior(scale: Scale): Prior;
  /** In words, as summaries show it. */
  toString(): string;
}

/** Throws a TypeError unless it is a penalty. */
export function checkPenalty(penalty: unknown): void {
  const { terms, prior } = (penalty ?? {}) as Partial<Penalty>;
  if (typeof terms !== "function" || typeof prior !== "function") {
    fail("type", "penalty", "one of penalties, or prior.penalty(scale)", penalty);
  }
}

/** W and φ, checked. */
export function checkScale(scale: Scale): Required<Scale> {
  checkOptions("scale", scale, ["totalWeight", "dispersion"]);
  const totalWeight = checkNumber("totalWeight", scale?.totalWeight, { exclusiveMin: 0 });
  const dispersion = checkNumber("dispersion", scale.dispersion === undefined ? 1 : scale.dispersion, {
    exclusiveMin: 0,
  });
  return { totalWeight, dispersion };
}

/** Writes one number per coefficient of every output; intercepts are left alone. */
export function fillCoefficients(layout: Layout, out: Float64Array, value: (feature: number) => number): void {
  const first = layout.intercept ? 1 : 0;
  const stride = layout.features + first;
  for (let k = 0; k < layout.outputs; k++) {
    for (let j = 0; j < layout.features; j++) out[k * stride + first + j] = value(j);
  }
}

/** A number per coefficient: the same for all, or one each. */
export function perCoefficient(argument: string, values: number | Float64Array, layout: Layout): (j: number) => number {
  if (typeof values === "number") return () => values;
  if (values.length !== layout.features)
    fail("range", argument, `one number per coefficient, ${layout.features}`, values);
  return (j) => values[j];
}
