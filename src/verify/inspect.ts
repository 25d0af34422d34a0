import { fail } from "../check.js";
import { backend, inMode } from "../backend/select.js";
import { toBits } from "./bits.js";
import type { Entry, Value } from "./entry.js";
import { expected } from "./expected.js";
import type { Inspection } from "./inspection.js";
import { library } from "./library.js";
import { entries } from "./suite.js";
import { type VerifyOptions, readMode } from "./verify.js";

/**
 * The bits behind one entry of the suite, to be compared with those of another device or backend by {@link
 * firstDifference}. Takes up to seconds.
 *
 * @param name - An entry, as a report names it.
 * @param options - `backend`: for this call alone.
 * @returns Its values and inputs, as bits.
 * @throws TypeError for what is no name; RangeError for a name that the suite does not know; as `verify` for the
 *   backend.
 * @example
 * inspect("exp of 7 numbers").values.length; // → 7
 * inspect("exp of 7 numbers").inputs[0].bits.length; // → 7
 */
export function inspect(name: string, options: VerifyOptions = {}): Inspection {
  const mode = readMode(options);
  if (typeof name !== "string") fail("type", "name", "the name of an entry", name);
  if (!Object.hasOwn(expected, name)) fail("range", "name", "the name of an entry", name);
  return inMode(mode, () => inspection(entryOf(name)));
}

function entryOf(name: string): Entry {
  for (const entry of entries(library)) if (entry.name === name) return entry;
  return fail("range", "name", "the name of an entry", name);
}

function inspection({ name, call, values, inputs, perRow }: Entry): Inspection {
  return {
    name,
    call,
    backend: backend.name,
    values: values.flatMap(textsOf),
    inputs: inputs.map((input) => ({
      name: input.name,
      columns: input.columns,
      bits: Array.from(input.values, toBits),
    })),
    perRow,
  };
}

function textsOf(value: Value): string[] {
  if (typeof value === "number") return [toBits(value)];
  return typeof value === "object" && value !== null ? Array.from(value, toBits) : [JSON.stringify(value)];
}
