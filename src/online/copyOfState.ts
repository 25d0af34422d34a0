import type { Stored } from "../json.js";

/** A deep copy of a state. */
export function copyOfState(value: Stored): Stored {
  if (typeof value !== "object") return value;
  if (value instanceof Float64Array) return value.slice();
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOfState(part)]));
}

/** The same into a copy that was made before, allocating nothing. */
export function copyState(from: { readonly [key: string]: Stored }, to: { [key: string]: Stored }): void {
  for (const key in from) {
    const part = from[key]!;
    if (typeof part !== "object") to[key] = part;
    else if (part instanceof Float64Array) (to[key] as Float64Array).set(part);
    else copyState(part as { [key: string]: Stored }, to[key] as { [key: string]: Stored });
  }
}
