import { fail } from "../check.js";
import type { Prior } from "../priors/prior.js";
import type { Scale } from "../priors/scale.js";
import type { Layout, Terms } from "../priors/terms.js";

/** What is added to a mean loss: a prior seen from empirical risk. */
export interface Penalty {
  /** Its family. */
  readonly name: string;
  /**
   * Its strength, one number or one per coefficient: λ of (λ/2)‖θ‖² or λ‖θ‖₁; l1 + l2 of an elastic net; of others φ/W,
   * which multiplies the surprisal of their prior.
   */
  readonly lambda: number | Float64Array;
  /** λ₁ of λ₁‖θ‖₁: one number, or one per coefficient. */
  readonly l1: number | Float64Array;
  /** λ₂ of (λ₂/2)‖θ‖²: one number, or one per coefficient. */
  readonly l2: number | Float64Array;
  /**
   * True if it adds nothing but squares: least squares then stay least squares.
   *
   * @internal
   */
  readonly quadratic: boolean;
  /**
   * Its terms on the sum scale for data of total weight W, with the φ by which the losses are then divided.
   *
   * @internal
   */
  terms(layout: Layout, totalWeight: number): Terms & { readonly dispersion: number };
  /**
   * The prior that states the same: τ² = φ/(W·λ), b = φ/(W·λ₁). Throws a TypeError or RangeError for a scale that is no
   * number > 0, or makes these overflow or vanish.
   */
  prior(scale: Scale): Prior;
  /**
   * Its numbers as plain JSON, for stored jobs.
   *
   * @internal
   */
  toJSON(): unknown;
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
