/**
 * Distributions of targets under which the scores that minimise an expected loss are known in closed form.
 *
 * @module
 */
import { type Draws } from "../support.js";

/** What the targets are, how probable (up to a factor), and the best scores. */
export interface Truth {
  readonly targets: Float64Array;
  readonly probabilities: Float64Array;
  readonly best: Float64Array;
  /** The expected loss has a kink there: its gradient need not be 0. */
  readonly kinked?: boolean;
}

/** 0 and 1, the best score a function of the probability of 1. */
export function binaryTruth(link: (p: number) => number, source: Draws, low = 0.1): Truth {
  const p = source.uniform(1, low, 1 - low)[0];
  return { targets: Float64Array.of(0, 1), probabilities: Float64Array.of(1 - p, p), best: Float64Array.of(link(p)) };
}

/** Classes, the best scores the logarithms of their probabilities. */
export function categoricalTruth(classes: number, source: Draws): Truth {
  const raw = source.uniform(classes, 0.1, 1);
  const total = raw.reduce((a, b) => a + b, 0);
  const probabilities = raw.map((p) => p / total);
  return {
    targets: Float64Array.from(probabilities, (_, k) => k),
    probabilities,
    best: probabilities.map(Math.log),
  };
}

/** Any targets, the best score a function of their mean. */
export function meanTruth(
  draw: (n: number, source: Draws) => Float64Array,
  link: (mean: number) => number,
  source: Draws,
): Truth {
  const targets = draw(5, source);
  targets[4] += 0.5;
  const probabilities = source.uniform(5, 0.1, 1);
  const total = probabilities.reduce((a, b) => a + b, 0);
  const mean = probabilities.reduce((sum, p, i) => sum + p * targets[i], 0) / total;
  return { targets, probabilities, best: Float64Array.of(link(mean)) };
}

/** Targets on both sides of a centre, not far from it, and there: the best score is the centre. */
export function symmetricTruth(spread: number, source: Draws): Truth {
  const centre = Math.round(4 * source.normal(1, 2)[0]) / 4;
  const steps = source.uniform(2, 0.25, 1).map((u) => Math.round(1024 * u * spread) / 1024);
  const targets = Float64Array.of(centre, ...[...steps].flatMap((step) => [centre - step, centre + step]));
  return { targets, probabilities: Float64Array.of(0.3, 0.1, 0.1, 0.25, 0.25), best: Float64Array.of(centre) };
}
