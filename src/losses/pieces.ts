import type { Choice, Choosable } from "../optimizers/choice.js";

/**
 * A loss that is 0 at a kink: its slopes below and above. With a curvature c it is half a parabola, c/2 of the squared
 * distance, on the side whose slope is infinite.
 */
export type Piece = (target: number) => {
  readonly kink: number;
  readonly below: number;
  readonly above: number;
  readonly curvature?: number;
};

/** The pieces of a loss with the choice of an optimiser for them, which so is carried only where such a loss is. */
export interface PiecesOfLoss {
  readonly piece: Piece;
  readonly choose: (objective: Choosable) => Choice | null;
}
