import { logOne } from "../backend/typescript/math/log.js";
import { fail, toFloat64 } from "../check.js";

/**
 * What is added to scores of log link: the logarithm of each row's exposure, and the offset if there is one. Throws a
 * RangeError naming the row unless every exposure is > 0.
 */
export function offsetOf(
  exposure: ArrayLike<number> | undefined,
  offset: ArrayLike<number> | undefined,
  rows: number,
): ArrayLike<number> | undefined {
  if (exposure === undefined) return offset;
  const values = toFloat64("exposure", exposure);
  if (values.length !== rows) fail("range", "exposure", `one number per row, ${rows}`, exposure);
  const added = offset === undefined ? null : toFloat64("offset", offset);
  if (added !== null && added.length !== rows) fail("range", "offset", `one number per row, ${rows}`, offset);
  return values.map((value, row) => {
    if (!(value > 0 && value < Infinity)) fail("range", "exposure", "a finite number > 0", value, { row });
    return logOne(value) + (added === null ? 0 : added[row]);
  });
}
