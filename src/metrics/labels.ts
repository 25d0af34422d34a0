import { fail, toFloat64 } from "../check.js";

/** What a class may be called. */
export type ClassLabel = string | number | boolean;

/** An array of labels: all strings, all numbers or all booleans. */
export type Labels = ArrayLike<ClassLabel>;

function readLabels(argument: string, values: unknown): readonly ClassLabel[] {
  if (ArrayBuffer.isView(values)) return checkFinite(argument, Array.from(toFloat64(argument, values)));
  if (!Array.isArray(values)) fail("type", argument, "an array of labels", values);
  const kind = typeof values[0];
  for (let row = 0; row < values.length; row++) {
    const right = typeof values[row] === kind && (kind === "string" || kind === "number" || kind === "boolean");
    if (!right)
      fail("type", argument, "labels that are all strings, all numbers or all booleans", values[row], { row });
  }
  return kind === "number" ? checkFinite(argument, values as number[]) : [...(values as ClassLabel[])];
}

function checkFinite(argument: string, labels: readonly number[]): readonly number[] {
  labels.forEach((label, row) => {
    if (!Number.isFinite(label)) fail("range", argument, "a finite number", label, { row });
  });
  // One zero only.
  return labels.map((label) => label + 0);
}

/** Sorted ascending: numbers by size, strings by code unit, false before true. */
function sorted(labels: readonly ClassLabel[]): readonly ClassLabel[] {
  return [...new Set(labels)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function readClasses(classes: unknown): readonly ClassLabel[] {
  const labels = readLabels("classes", classes);
  if (new Set(labels).size !== labels.length) fail("range", "classes", "labels that all differ", classes);
  if (labels.length === 0) fail("range", "classes", "at least one label", classes);
  return labels;
}

function encode(argument: string, labels: readonly ClassLabel[], classes: readonly ClassLabel[]): Int32Array {
  const index = new Map(classes.map((label, k) => [label, k]));
  return Int32Array.from(labels, (label, row) => {
    const k = index.get(label);
    return k ?? fail("range", argument, `one of the classes ${classes.slice(0, 10).join(", ")}`, label, { row });
  });
}

/** Predicted and true classes by their indices. */
export interface Pairs {
  readonly classes: readonly ClassLabel[];
  readonly predicted: Int32Array;
  readonly actual: Int32Array;
}

/** Labels of both arguments as indices of classes: the given ones, or all that occur. */
export function readPairs(predictions: unknown, targets: unknown, classes: unknown): Pairs {
  const actual = readLabels("targets", targets);
  const predicted = readLabels("predictions", predictions);
  if (predicted.length !== actual.length) fail("range", "predictions", `one per row, ${actual.length}`, predictions);
  if (predicted.length > 0 && typeof predicted[0] !== typeof actual[0]) {
    fail("type", "predictions", `labels like the targets, ${typeof actual[0]}`, predicted[0]);
  }
  const order = classes === undefined ? completed(sorted([...actual, ...predicted])) : readClasses(classes);
  return {
    classes: order,
    predicted: encode("predictions", predicted, order),
    actual: encode("targets", actual, order),
  };
}

/** Where one class is missing whose name is clear: of {0, 1}, {−1, 1} and {false, true}. */
function completed(classes: readonly ClassLabel[]): readonly ClassLabel[] {
  if (classes.length !== 1) return classes;
  const [only] = classes;
  if (typeof only === "boolean") return [false, true];
  if (only === -1) return [-1, 1];
  return only === 0 || only === 1 ? [0, 1] : classes;
}

/** True classes by their indices. */
export interface Targets {
  readonly classes: readonly ClassLabel[];
  readonly actual: Int32Array;
}

/** Labels as indices of `count` classes, or of as many as there are. */
export function readTargets(targets: unknown, classes: unknown, count?: number): Targets {
  const labels = readLabels("targets", targets);
  const order = classes === undefined ? completed(sorted(labels)) : readClasses(classes);
  if (count !== undefined && order.length !== count && labels.length > 0) {
    const argument = classes === undefined ? "targets" : "classes";
    fail("range", argument, `${count} classes${classes === undefined ? ", or the option classes" : ""}`, order.length);
  }
  return { classes: order, actual: encode("targets", labels, order) };
}
