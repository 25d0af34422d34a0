import { fail } from "../check.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Layout, Terms } from "./terms.js";

/** How a prior on the sum scale becomes a penalty on the mean scale, and back. */
export interface Scale {
  /** W: the total weight of the data. */
  readonly totalWeight: number;
  /** φ: sd² of a Gaussian likelihood, 1 for Bernoulli and categorical ones (default 1). */
  readonly dispersion?: number;
}

/** A distribution of the parameters before the data: it acts on coefficients; the intercept is free unless named. */
export interface Prior {
  /** Its family. */
  readonly name: string;
  /**
   * Exactly what it adds to the summed surprisal. Throws a RangeError where it has another number of coefficients.
   *
   * @internal
   */
  terms(layout: Layout): Terms;
  /** True if it says nothing of some coefficient. */
  readonly flat: boolean;
  /**
   * The penalty on the mean loss that states the same, λ = φ/(W·τ²); it keeps this prior's own numbers, so that fits by
   * either give the same bits. Throws a TypeError or RangeError for a scale that is no number > 0.
   */
  penalty(scale: Scale): Penalty;
  /** In words, as summaries show it. */
  toString(): string;
}

/** Throws a TypeError unless it is a prior. */
export function checkPrior(prior: unknown): void {
  const { terms, penalty } = (prior ?? {}) as Partial<Prior>;
  if (typeof terms !== "function" || typeof penalty !== "function") {
    fail("type", "prior", "one of priors, or penalty.prior(scale)", prior);
  }
}
