import { checkAttached, checkNumber, checkOptions, fail } from "../check.js";
import type { Label } from "../estimators/labels.js";
import { random } from "../random.js";

/** How rows are divided. */
export interface FoldOptions {
  /** How many folds, 2 .. rows; 5 if not given. */
  readonly folds?: number;
  /** Of the random order: an integer ≥ 0; 0 if not given. */
  readonly seed?: number;
  /** One label per row: every fold then has its share of each. */
  readonly stratify?: ArrayLike<Label>;
  /** One label per row: rows with the same one stay together. */
  readonly groups?: ArrayLike<Label>;
}

/**
 * Divides rows into folds at random: which fold each row is held out in.
 *
 * Without more, folds differ in size by at most a row. With `stratify` each label is dealt out evenly; with `groups` whole
 * groups are, the largest first, each to the fold that is smallest so far. The same seed gives the same folds on every
 * engine.
 *
 * @param rows - How many rows.
 * @param options - `folds`, `seed`, and `stratify` or `groups`.
 * @returns The number of a fold per row: [rows].
 * @throws TypeError or RangeError for numbers that make no sense, labels that are not one a row, fewer groups than folds.
 * @example
 * folds(6, { folds: 3, seed: 1 }); // → [0, 0, 1, 2, 2, 1]
 * folds(4, { folds: 2, groups: ["a", "a", "b", "b"] }); // → [1, 1, 0, 0]
 */
export function folds(rows: number, options: FoldOptions = {}): Int32Array {
  checkNumber("rows", rows, { min: 2, max: 0xffff_ffff, integer: true });
  checkOptions("options", options, ["folds", "seed", "stratify", "groups"]);
  const { folds: count = Math.min(5, rows), seed = 0, stratify, groups } = options;
  checkNumber("folds", count, { min: 2, max: rows, integer: true });
  checkNumber("seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
  if (stratify !== undefined && groups !== undefined) fail("type", "groups", "nothing beside stratify", groups);
  const order = random(seed).permutation(rows);
  if (groups !== undefined) return byGroups(readClasses("groups", groups, rows), order, count);
  const out = new Int32Array(rows);
  const strata = stratify === undefined ? null : readClasses("stratify", stratify, rows);
  // Labels are dealt one after the other, each where the one before ended: sizes stay even.
  (strata === null ? Array.from(order) : strataInOrder(strata, order)).forEach((row, at) => (out[row] = at % count));
  return out;
}

/** Rows in random order, label after label as they come first. */
function strataInOrder(strata: readonly Label[], order: Uint32Array): number[] {
  const by = new Map<Label, number[]>();
  for (const label of strata) if (!by.has(label)) by.set(label, []);
  for (const row of order) by.get(strata[row]!)!.push(row);
  return [...by.values()].flat();
}

function byGroups(groups: readonly Label[], order: Uint32Array, count: number): Int32Array {
  const members = new Map<Label, number[]>();
  for (const row of order) {
    const label = groups[row]!;
    const rows = members.get(label);
    if (rows === undefined) members.set(label, [row]);
    else rows.push(row);
  }
  if (members.size < count) fail("range", "groups", `at least ${count} groups, one per fold`, members.size);
  const sorted = [...members.values()].map((rows, at) => ({ rows, at }));
  sorted.sort((a, b) => b.rows.length - a.rows.length || a.at - b.at);
  const sizes = new Array<number>(count).fill(0);
  const out = new Int32Array(groups.length);
  for (const { rows } of sorted) {
    const fold = sizes.indexOf(Math.min(...sizes));
    sizes[fold]! += rows.length;
    for (const row of rows) out[row] = fold;
  }
  return out;
}

/** One string, number or boolean per row. */
function readClasses(argument: string, labels: unknown, rows: number): readonly Label[] {
  const isList = Array.isArray(labels) || (ArrayBuffer.isView(labels) && !(labels instanceof DataView));
  if (!isList) fail("type", argument, "an array of labels", labels);
  if (ArrayBuffer.isView(labels)) checkAttached(argument, labels);
  const list = Array.from(labels as ArrayLike<unknown>);
  const kind = typeof list[0];
  if (list.length !== rows) fail("range", argument, `${rows} labels, one per row`, labels);
  list.forEach((label, row) => {
    const right = typeof label === kind && (kind === "string" || kind === "boolean" || Number.isFinite(label));
    if (!right) fail("type", argument, "labels that are all strings, all numbers or all booleans", label, { row });
  });
  return list as Label[];
}
