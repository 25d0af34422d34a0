/**
 * Classes in order whose thresholds are parameters: what their objectives ask of data and model.
 *
 * @module
 */
import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { Loss } from "../losses/loss.js";
import type { Model } from "./model.js";
import { withOffset } from "./withVectors.js";
import type { Layout } from "../priors/terms.js";

/** Throws a TypeError where a loss of free thresholds has another model, or that model another loss. */
export function checkThresholds({ name, ordered }: Loss, layout: Layout, model: Model): void {
  const has = layout.thresholds !== undefined;
  if (ordered && !has) fail("type", "model", "models.parallel(), whose parameters the thresholds are", model.name);
  if (!ordered && has)
    fail("type", "model", `nothing with thresholds for ${name}: losses.ordinal({ classes })`, model.name);
}

/**
 * The data as scores of thresholds take them: what is added to a row's score is taken from each of its thresholds. Throws a
 * RangeError for a class of which no row counts: the thresholds around it would meet.
 */
export function orderedData(data: Dataset, targets: Float64Array, classes: number): Dataset {
  const seen = new Uint8Array(classes);
  targets.forEach((y, i) => {
    if (data.weights === null || data.weights[i] > 0) seen[y] = 1;
  });
  const absent = seen.indexOf(0);
  if (absent >= 0) fail("range", "targets", `a row of weight > 0 of every class, also of ${absent}`, "none");
  if (data.offsetLength === 0) return data;
  if (data.offsetLength !== data.rows)
    fail("range", "offset", `${data.rows} numbers, one per row`, `${data.offsetLength} numbers`);
  const { store, offset } = data.vectors();
  const own = store.view(offset, data.rows);
  const thresholds = classes - 1;
  return withOffset(
    data,
    Float64Array.from({ length: data.rows * thresholds }, (_, at) => -own[(at - (at % thresholds)) / thresholds]),
  );
}
