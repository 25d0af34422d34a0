import { fail } from "../check.js";
import { decodeDocument, decodeInteger, decodeStored, decodeString, type Stored } from "../json.js";
import type { Optimizer, Problem } from "../optimizers/optimizer.js";
import { checkFinite } from "../optimizers/storedState.js";
import type { StochasticState } from "../optimizers/stochastic/state.js";

/** Where a stored online model stood. Throws naming the field that is wrong, or of another model. */
export function restore(
  from: unknown,
  optimizer: Optimizer<StochasticState>,
  names: readonly string[],
  template: StochasticState,
  problem: Problem,
): { state: StochasticState; rows: number } {
  const fields = decodeDocument("online", from, ["names", "optimizer", "rows", "state"]);
  const stored = fields["names"];
  if (!Array.isArray(stored) || stored.length !== names.length || stored.some((name, j) => name !== names[j])) {
    fail("range", "json.names", names.join(", "), stored);
  }
  if (decodeString("json.optimizer", fields["optimizer"]) !== optimizer.name) {
    fail("range", "json.optimizer", `"${optimizer.name}"`, fields["optimizer"]);
  }
  const state = decodeStored(
    "json.state",
    fields["state"],
    template as unknown as Stored,
  ) as unknown as StochasticState;
  optimizer.check?.(state, problem, null);
  checkFinite("parameters", state.parameters);
  const known = state.gradient.findIndex((slope) => slope === slope);
  if (known >= 0)
    fail("range", "json.state.gradient", "NaN: it is of no one step", state.gradient[known], { row: known });
  const rows = decodeInteger("json.rows", fields["rows"]);
  if (rows < state.steps || (rows > 0 && state.steps === 0)) {
    fail("range", "json.rows", `those of ${state.steps} steps, at least one each`, rows);
  }
  return { state, rows };
}
