import { fail, toFloat64 } from "../check.js";
import { SUM_TOLERANCE } from "../constants.js";
import { type Labels, readTargets, type Targets } from "./labels.js";

/** One probability a row of the last class, or a row of one per class: flat [n × classes] or nested. */
export type Probabilities = ArrayLike<number> | readonly ArrayLike<number>[];

/** Probabilities beside true classes. */
export interface Predicted extends Targets {
  /** [n] of the last of two classes, or [n × classes]. */
  readonly p: Float64Array;
  readonly rows: number;
  /** 1 where `p` has one number a row. */
  readonly columns: number;
}

function flatten(values: unknown): readonly [Float64Array, number | null] {
  if (!Array.isArray(values) || !values.some((row) => typeof row === "object" && row !== null)) {
    return [toFloat64("probabilities", values), null];
  }
  const rows = Array.from(values as unknown[], (row) => toFloat64("probabilities", row));
  const columns = rows[0].length;
  const flat = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) fail("range", "probabilities", `rows of ${columns} numbers`, row, { row: i });
    flat.set(row, i * columns);
  });
  return [flat, columns];
}

/** Checks probabilities and labels; rows of several must sum to 1. */
export function readPredicted(probabilities: unknown, targets: Labels, classes: unknown): Predicted {
  const [p, nested] = flatten(probabilities);
  const first = readTargets(targets, classes);
  const rows = first.actual.length;
  const columns = nested ?? (rows === 0 ? 1 : p.length / rows);
  if (columns * rows !== p.length || !Number.isInteger(columns) || columns < 1) {
    fail("range", "probabilities", `one number, or one per class, for each of ${rows} rows`, probabilities);
  }
  const { classes: order, actual } = readTargets(targets, classes, columns === 1 ? 2 : columns);
  p.forEach((value, i) => {
    if (!(value >= 0 && value <= 1)) {
      fail("range", "probabilities", "a number from 0 to 1", value, { row: Math.floor(i / columns) });
    }
  });
  for (let i = 0; columns > 1 && i < rows; i++) {
    const sum = p.subarray(i * columns, (i + 1) * columns).reduce((a, b) => a + b, 0);
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) fail("range", "probabilities", "rows whose sum is 1", sum, { row: i });
  }
  return { classes: order, actual, p, rows, columns };
}

/** The class predicted in a row, 1 iff p ≥ ½ or the first of the largest, and the probability given to it. */
export function decide({ p, columns }: Predicted, row: number): readonly [number, number] {
  if (columns === 1) return p[row] >= 0.5 ? [1, p[row]] : [0, 1 - p[row]];
  let best = 0;
  for (let k = 1; k < columns; k++) if (p[row * columns + k] > p[row * columns + best]) best = k;
  return [best, p[row * columns + best]];
}
