import type { Dataset } from "../dataset.js";
import type { Likelihood } from "../likelihoods/likelihood.js";

/** Residuals below this share of the largest target are rounding. */
const ROUNDING = 1e-14;

/** Why a Gaussian fit whose residuals all vanish has no maximum-likelihood sd. */
export const EXACT_FIT =
  "The model fits every row exactly: the likelihood rises for ever as the estimated sd goes to 0. Give sd, or drop columns.";

/** Why a fit has no maximum-likelihood dispersion. */
export function exactFitReason(likelihood: Likelihood | null): string {
  switch (likelihood?.name) {
    case "gamma":
      return (
        "The model fits every row exactly: the likelihood rises for ever as the estimated shape goes to infinity. Give " +
        "the shape, or drop columns."
      );
    case "negativeBinomial":
      return (
        "The counts vary no more than those of a Poisson distribution: the likelihood is largest as the estimated " +
        "dispersion goes to 0. Use likelihoods.poisson(), or give the dispersion."
      );
    case "laplace":
    case "asymmetricLaplace":
      return (
        "The model fits every row exactly: the likelihood rises for ever as the estimated scale goes to 0. Give the scale, " +
        "or drop columns."
      );
    default:
      return EXACT_FIT;
  }
}

/** Whether what the residuals leave, a variance per unit of weight, is rounding of the targets and offsets alone. */
export function isExactFit(data: Dataset, variance: number): boolean {
  let largest = 0;
  const look = (values: Float64Array): void => {
    for (const value of values) largest = Math.max(largest, Math.abs(value));
  };
  look(data.targets!);
  if (data.offsetLength > 0) {
    const { store, offset } = data.vectors();
    look(store.view(offset, data.offsetLength));
  }
  return Math.sqrt(variance) <= ROUNDING * largest;
}

/** Whether half the mean deviance of ratios of targets to means is rounding of the scores alone. */
export function isExactRatio(halfDeviance: number, scores: Float64Array): boolean {
  const largest = scores.reduce((max, score) => Math.max(max, Math.abs(score)), 1);
  return Math.sqrt(2 * halfDeviance) <= ROUNDING * largest;
}
