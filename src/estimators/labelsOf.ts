import { fail } from "../check.js";
import type { Label } from "./labels.js";

/** Targets as labels: numbers that are classes themselves, else indices of classes. */
export function labelsOf(targets: Float64Array, classes: readonly Label[] | null): ArrayLike<Label> {
  if (classes === null) return targets;
  const known = new Set(classes);
  if (targets.every((target) => known.has(target))) return targets;
  return Array.from(targets, (target, row) => {
    return (
      classes[target] ??
      fail("range", "data", `targets that are classes, or indices below ${classes.length}`, target, { row })
    );
  });
}
