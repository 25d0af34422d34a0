import { fail, toFloat64 } from "../check.js";

/** What a class may be called. */
export type Label = string | number | boolean;

/** Labels as class indices, and the classes in their order. */
export interface Encoded {
  readonly classes: readonly Label[];
  readonly indices: Float64Array;
}

/**
 * Class indices of labels. Classes are sorted ascending (numbers by size, strings by code unit, false before true) unless
 * given. Throws a TypeError for mixed or other kinds, a RangeError naming the row for a label that is no class, or naming
 * the class that no label has.
 */
export function encodeLabels(y: unknown, classes: readonly Label[] | undefined): Encoded {
  const { found, rows, indices } = findLabels(readLabels(y));
  const order = classes === undefined ? [...found].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) : checkClasses(classes);
  const index = new Map(order.map((label, k) => [label, k]));
  const places = found.map((label) => index.get(label) ?? -1);
  const strange = places.indexOf(-1);
  if (strange >= 0) {
    const expected = `one of the classes ${order.slice(0, 10).join(", ")}`;
    return fail("range", "y", expected, found[strange], { row: rows[strange] });
  }
  if (found.length < order.length) {
    const seen = new Set(places);
    fail("range", "y", `every class at least once, also ${order.find((_, k) => !seen.has(k))}`, y);
  }
  if (places.some((place, k) => place !== k)) {
    for (let row = 0; row < indices.length; row++) indices[row] = places[indices[row]];
  }
  return { classes: order, indices };
}

function readLabels(y: unknown): ArrayLike<Label> {
  if (ArrayBuffer.isView(y)) return checkNumbers(toFloat64("y", y));
  if (!Array.isArray(y)) fail("type", "y", "an array of labels", y);
  const labels = checkKind("y", y);
  return typeof labels[0] === "number" ? checkNumbers(labels as readonly number[]) : labels;
}

function checkKind(argument: string, labels: readonly unknown[]): readonly Label[] {
  const kind = typeof labels[0];
  // Not forEach: it would skip holes.
  for (let row = 0; row < labels.length; row++) {
    const right = typeof labels[row] === kind && (kind === "string" || kind === "number" || kind === "boolean");
    if (!right) {
      fail("type", argument, "labels that are all strings, all numbers or all booleans", labels[row], { row });
    }
  }
  return labels as readonly Label[];
}

function checkNumbers(labels: ArrayLike<number>): ArrayLike<number> {
  for (let row = 0; row < labels.length; row++) {
    if (!Number.isFinite(labels[row])) fail("range", "y", "a finite number", labels[row], { row });
  }
  return labels;
}

/** Labels that are looked for one by one: a map is slower as long as they are few. */
const FEW = 8;

/** The labels that there are, in the order of their first rows, and which of them each row has. */
function findLabels(labels: ArrayLike<Label>): { found: Label[]; rows: number[]; indices: Float64Array } {
  const found: Label[] = [];
  const rows: number[] = [];
  const map = new Map<Label, number>();
  const indices = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    let k = 0;
    if (found.length <= FEW) while (k < found.length && found[k] !== label) k++;
    else k = map.get(label) ?? found.length;
    if (k === found.length) {
      // One zero only.
      found.push(label === 0 ? 0 : label);
      rows.push(row);
      map.set(label, k);
    }
    indices[row] = k;
  }
  return { found, rows, indices };
}

function checkClasses(classes: unknown): readonly Label[] {
  if (!Array.isArray(classes)) fail("type", "classes", "an array of labels", classes);
  if (new Set(classes).size !== classes.length) fail("range", "classes", "labels that all differ", classes);
  return [...checkKind("classes", classes)];
}
