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
  const labels = readLabels(y);
  const order = classes === undefined ? sorted(labels) : checkClasses(classes);
  const index = new Map(order.map((label, k) => [label, k]));
  const seen = new Uint8Array(order.length);
  const indices = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const k = index.get(labels[row]);
    if (k === undefined) {
      return fail("range", "y", `one of the classes ${order.slice(0, 10).join(", ")}`, labels[row], { row });
    }
    seen[k] = 1;
    indices[row] = k;
  }
  const absent = seen.indexOf(0);
  if (absent >= 0) fail("range", "y", `every class at least once, also ${order[absent]}`, y);
  return { classes: order, indices };
}

function readLabels(y: unknown): readonly Label[] {
  if (ArrayBuffer.isView(y)) return checkNumbers(Array.from(toFloat64("y", y)));
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

function checkNumbers(labels: readonly number[]): readonly number[] {
  labels.forEach((label, row) => {
    if (!Number.isFinite(label)) fail("range", "y", "a finite number", label, { row });
  });
  // One zero only.
  return labels.map((label) => label + 0);
}

function sorted(labels: readonly Label[]): readonly Label[] {
  return [...new Set(labels)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function checkClasses(classes: unknown): readonly Label[] {
  if (!Array.isArray(classes)) fail("type", "classes", "an array of labels", classes);
  if (new Set(classes).size !== classes.length) fail("range", "classes", "labels that all differ", classes);
  return [...checkKind("classes", classes)];
}
