import type { Capability, Optimizer } from "./optimizer.js";
import type { Pieces } from "./pieces.js";

/** Largest number of parameters for which size³ work per Newton step pays. */
export const NEWTON_SIZE = 300;

/** An optimiser and, in one sentence, why this one. */
export interface Choice {
  /** The optimiser. */
  readonly optimizer: Optimizer;
  /** Why this one, as a sentence. */
  readonly reason: string;
}

/** What an optimiser is chosen by. */
export interface Choosable {
  /** Number of parameters. */
  readonly size: number;
  /** Scores a row, 1 if not told. */
  readonly outputs?: number;
  /** Rows that it is a mean of, if it is. */
  readonly rows?: number;
  /** What it offers beyond value and gradient. */
  readonly capabilities: readonly Capability[];
  /** Its rows as pieces, where it has them. */
  readonly pieces?: Pieces | undefined;
}
