import type { Dataset } from "../dataset.js";
import type { Loss } from "../losses/loss.js";
import type { BoundModel, Model } from "./model.js";

/** What the sums of an objective are of. */
export interface Sums {
  /** The rows, with the targets as given. */
  readonly data: Dataset;
  readonly model: Model;
  readonly loss: Loss;
}

/** Gives the model on its data whose sums come from elsewhere, with the same bits; or the same model. */
export type Spread = (bound: BoundModel, sums: Sums) => BoundModel;

let current: Spread | null = null;

/** Does something, such as a step of a job, while the sums of all objectives that it makes go through `spread`. */
export function spreading<T>(spread: Spread, action: () => T): T {
  const before = current;
  current = spread;
  try {
    return action();
  } finally {
    current = before;
  }
}

/** The model whose sums an objective takes: the one on its data, unless they are being spread. */
export function spread(bound: BoundModel, sums: Sums): BoundModel {
  return current === null ? bound : current(bound, sums);
}
