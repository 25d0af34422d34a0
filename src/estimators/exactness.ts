import type { Dataset } from "../dataset.js";

/** Residuals below this share of the largest target are rounding. */
const ROUNDING = 1e-14;

/** Why a Gaussian fit whose residuals all vanish has no maximum-likelihood sd. */
export const EXACT_FIT =
  "The model fits every row exactly: the likelihood rises for ever as the estimated sd goes to 0. Give sd, or drop columns.";

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
