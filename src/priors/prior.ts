import { fail } from "../check.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Scale } from "./scale.js";
import type { Layout, Terms } from "./terms.js";

/** A distribution of the parameters before the data: it acts on coefficients; the intercept is free unless named. */
export interface Prior {
  /** Its family. */
  readonly name: string;
  /** True if it says nothing at all. */
  readonly flat: boolean;
  /**
   * True if it adds nothing but squares: least squares then stay least squares.
   *
   * @internal
   */
  readonly quadratic: boolean;
  /**
   * True for Jeffreys' prior, which adds −½ log det of the Fisher information.
   *
   * @internal
   */
  readonly jeffreys?: true;
  /**
   * Exactly what it adds to the summed surprisal. Throws a RangeError where it has another number of coefficients, or names
   * an intercept that is not there.
   *
   * @internal
   */
  terms(layout: Layout): Terms;
  /**
   * log density of coefficients in nats, its constant included: [columns], or [outputs × columns]. With `intercept` (one
   * number, or one per output) that of the intercept too, which the prior must name. Throws a TypeError or RangeError for
   * other lengths, and where there is no density: a flat prior has none.
   */
  logDensity(
    coefficients: ArrayLike<number>,
    options?: {
      /** Of a prior that names the intercept. */
      readonly intercept?: number | ArrayLike<number>;
    },
  ): number;
  /**
   * The penalty on the mean loss that states the same: φ/W times the surprisal, such as λ = φ/(W·τ²) or λ₁ = φ/(W·b). It
   * keeps this prior's own numbers, so that fits by either give the same bits. Throws a TypeError or RangeError for a
   * scale that is no number > 0, or makes λ overflow or vanish.
   */
  penalty(scale: Scale): Penalty;
  /**
   * Its numbers as plain JSON, for stored jobs.
   *
   * @internal
   */
  toJSON(): unknown;
  /** In words, as summaries show it: the scale of the coefficients, and that of the intercept where it is named. */
  toString(): string;
}

/** Throws a TypeError unless it is a prior. */
export function checkPrior(prior: unknown): void {
  const { terms, penalty } = (prior ?? {}) as Partial<Prior>;
  if (typeof terms !== "function" || typeof penalty !== "function") {
    fail("type", "prior", "one of priors, or penalty.prior(scale)", prior);
  }
}
