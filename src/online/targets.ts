import { fail, toFloat64 } from "../check.js";
import type { Label } from "../estimators/labels.js";

/** Targets of an update: class indices of labels, or numbers as they are. Throws naming the row of what is no class. */
export function targetsOf(y: unknown, classes: readonly Label[] | null, rows: number): Float64Array {
  if (classes === null) return toFloat64("y", y).slice();
  if (!Array.isArray(y) && !ArrayBuffer.isView(y)) fail("type", "y", "an array of labels", y);
  const labels = y as unknown as ArrayLike<unknown>;
  if (labels.length !== rows) fail("range", "y", `${rows} labels, as X has rows`, y);
  return Float64Array.from({ length: rows }, (_, row) => {
    const at = classes.indexOf(labels[row] as Label);
    if (at >= 0) return at;
    return fail("range", "y", `one of the classes ${classes.slice(0, 10).join(", ")}`, labels[row], { row });
  });
}
