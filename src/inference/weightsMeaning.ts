import { checkChoice } from "../check.js";
import type { Dataset } from "../dataset.js";

/** What the weights of rows say: how often each was seen, how precise it is, or how many of a population it stands for. */
export type WeightsAre = "frequency" | "precision" | "sampling";

/** What weights mean for inference. */
export interface WeightsMeaning {
  /** Null where the weights are not whole and nobody says what they are. */
  readonly are: WeightsAre | null;
  /** n: Σ w of frequencies, else the rows of weight > 0. */
  readonly observations: number;
}

/** What to write where weights are not whole. */
export const UNKNOWN_WEIGHTS =
  "The weights are not whole numbers, so that it depends on what they are how much the rows say. Write weightsAre: " +
  '"frequency" (how often a row was seen), "precision" (of inverse variances) or "sampling" (of inverse probabilities).';

/** Reads the meaning of weights; whole ones count rows if nobody says otherwise. Throws for another word. */
export function readWeights({ weights, rows, totalWeight }: Dataset, given: unknown): WeightsMeaning {
  if (given !== undefined) checkChoice("weightsAre", given, ["frequency", "precision", "sampling"]);
  const whole = weights === null || weights.every((w) => Math.floor(w) === w);
  const are = (given as WeightsAre | undefined) ?? (whole ? "frequency" : null);
  if (are === "frequency" || weights === null) return { are, observations: totalWeight };
  let observations = 0;
  for (let i = 0; i < rows; i++) if (weights[i]! > 0) observations++;
  return { are, observations };
}
