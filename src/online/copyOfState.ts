import type { Stored } from "../json.js";

/** A deep copy of a state. */
export function copyOfState(value: Stored): Stored {
  if (typeof value !== "object") return value;
  if (value instanceof Float64Array) return value.slice();
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOfState(part)]));
}
