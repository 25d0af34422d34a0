import { fail } from "../check.js";
import { decodeDocument, decodeNumber, decodeNumbers, decodeRecord, encodeNumber, encodeNumbers } from "../json.js";
import { type PathState, checkStarted, decodePath, encodePath, newPathState } from "./pathState.js";

/** What each λ costs on the rows of a fold, and what these weigh. */
export interface FoldCosts {
  readonly scores: Float64Array;
  readonly weight: number;
}

/** How far a choice of a penalty is: its path, what the folds cost that are done, and the path without the next. */
export interface SelectionState {
  readonly path: PathState;
  readonly costs: FoldCosts[];
  fold: PathState;
}

export function encodeState({ path, costs, fold }: SelectionState): Record<string, unknown> {
  return {
    path: encodePath(path),
    costs: costs.map(({ scores, weight }) => ({ scores: encodeNumbers(scores), weight: encodeNumber(weight) })),
    fold: encodePath(fold),
  };
}

/** A new state, or a stored one of a problem with `size` parameters. Throws naming the field that is wrong. */
export function readState(
  from: { readonly stored: unknown } | undefined,
  started: { readonly folds: readonly number[] },
  size: number,
): SelectionState {
  if (from === undefined) return { path: newPathState(), costs: [], fold: newPathState() };
  const fields = decodeDocument("penaltySelection", from.stored, ["started", "path", "costs", "fold"]);
  checkStarted(fields["started"], started);
  const path = decodePath("json.path", fields["path"], size);
  const { costs } = fields;
  if (!Array.isArray(costs)) fail("type", "json.costs", "an array of costs", costs);
  const most = started.folds.reduce((largest, fold) => Math.max(largest, fold + 1), 0);
  if (costs.length > most) fail("range", "json.costs", `at most ${most} folds`, costs.length);
  const read = costs.map((one: unknown, k) => {
    const { scores, weight } = decodeRecord(`json.costs[${k}]`, one, ["scores", "weight"]);
    return {
      scores: decodeNumbers(`json.costs[${k}].scores`, scores, path.values?.lambda.length ?? 0),
      weight: decodeNumber(`json.costs[${k}].weight`, weight),
    };
  });
  return { path, costs: read, fold: decodePath("json.fold", fields["fold"], size) };
}
