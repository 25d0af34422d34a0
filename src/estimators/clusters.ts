import { fail, toFloat64 } from "../check.js";
import type { Label } from "./labels.js";

/** Which cluster each row belongs to, numbered as they come. */
export interface Clusters {
  readonly of: Int32Array;
  readonly count: number;
}

/** Numbers clusters. Throws a TypeError or RangeError for what is no label per row, or a single cluster. */
export function readClusters(given: unknown, rows: number): Clusters {
  const labels: ArrayLike<unknown> = ArrayBuffer.isView(given) ? toFloat64("clusters", given) : (given as []);
  if (!ArrayBuffer.isView(given) && !Array.isArray(given)) fail("type", "clusters", "an array of labels", given);
  if (labels.length !== rows) fail("range", "clusters", `one label per row, ${rows}`, labels.length);
  const seen = new Map<unknown, number>();
  const of = Int32Array.from({ length: rows }, (_, row) => {
    const label = labels[row] as Label;
    const kind = typeof label;
    if ((kind !== "string" && kind !== "number" && kind !== "boolean") || kind !== typeof labels[0]) {
      fail("type", "clusters", "labels that are all strings, all numbers or all booleans", label, { row });
    }
    if (label !== label) fail("range", "clusters", "a label", label, { row });
    const known = seen.get(label);
    if (known !== undefined) return known;
    seen.set(label, seen.size);
    return seen.size - 1;
  });
  if (seen.size < 2) fail("range", "clusters", "at least two clusters", seen.size);
  return { of, count: seen.size };
}
