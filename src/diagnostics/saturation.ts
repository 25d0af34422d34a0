import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import type { Loss } from "../losses/loss.js";
import { sigmoid } from "../primitives/sigmoid.js";
import { say } from "./function.js";

/** Rows that are wrong and hardly pull any more. */
export interface Saturation {
  /** Their numbers, ascending. */
  readonly rows: readonly number[];
  /** How many times the slope of cross-entropy is larger: Infinity where this loss does not pull, 1 where neither does. [rows] */
  readonly factors: Float64Array;
  /** The saturated row with the largest factor, or null. */
  readonly worst: number | null;
  /** What that means. */
  readonly sentence: string;
}

/**
 * Finds the rows of a two-class loss that are on the wrong side and yet hardly pull: the vanishing gradient of a squared
 * error through a sigmoid, p(1 − p) times that of cross-entropy.
 *
 * Row i is saturated if |σ(z) − y| ≥ ½ and |∂ℓ/∂z| ≤ share·|σ(z) − y|, the latter being the slope of binary cross-entropy.
 *
 * @param loss - Of one score a row.
 * @param at - `scores` [rows] and `targets` [rows], 0 to 1 and as the loss takes them; `share`: default 0.01.
 * @returns The `rows`, the `factors` by which cross-entropy pulls harder, the `worst` row, and a sentence.
 * @throws TypeError or RangeError naming what does not fit.
 * @example
 * const at = { scores: [-10, 0, 4], targets: [1, 1, 1] };
 * const squared = diagnostics.saturation(losses.brier(), at);
 * squared.rows; // → [0]
 * squared.factors[0]; // → 11014.23292
 * diagnostics.saturation(losses.binaryCrossEntropy(), at).rows; // → []
 */
export function saturation(
  loss: Loss,
  at: { readonly scores: ArrayLike<number>; readonly targets: ArrayLike<number>; readonly share?: number },
): Saturation {
  if (typeof loss?.gradient !== "function" || loss.classes !== 1)
    fail("type", "loss", "a loss of one score a row", loss);
  if (at === undefined) fail("type", "at", "{ scores, targets }", at);
  checkOptions("at", at, ["scores", "targets", "share"]);
  const share = checkNumber("share", at.share === undefined ? 0.01 : at.share, { exclusiveMin: 0, max: 1 });
  const scores = toFloat64("scores", at.scores);
  const targets = toFloat64("targets", at.targets);
  targets.forEach((y, row) => {
    if (!(y >= 0 && y <= 1)) fail("range", "targets", "0 to 1", y, { row });
  });
  const slopes = loss.gradient(scores, targets, { reduction: "sum" });
  const pulls = sigmoid(scores).map((p, i) => Math.abs(p - targets[i]));
  const factors = pulls.map((pull, i) => (pull === Math.abs(slopes[i]) ? 1 : pull / Math.abs(slopes[i])));
  const rows: number[] = [];
  pulls.forEach((pull, i) => {
    if (pull >= 0.5 && Math.abs(slopes[i]) <= share * pull) rows.push(i);
  });
  const worst = rows.reduce<number | null>((a, b) => (a === null || factors[b] > factors[a] ? b : a), null);
  return { rows, factors, worst, sentence: sentence() };

  function sentence(): string {
    if (worst === null) return "No row is on the wrong side without pulling: this loss does not saturate here.";
    return (
      `${rows.length} of ${pulls.length} rows are on the wrong side and hardly pull: row ${worst} has slope ` +
      `${say(Math.abs(slopes[worst]))} where cross-entropy's would be ${say(pulls[worst])}, ` +
      `${factors[worst] === Infinity ? "infinitely" : `${say(factors[worst])} times`} more. Cross-entropy would move it.`
    );
  }
}
