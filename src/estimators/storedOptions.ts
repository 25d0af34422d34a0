import { joined } from "../joined.js";
import { fail } from "../check.js";
import { decodeRecord } from "../json.js";
import { penaltyFromJSON } from "../penalties/penaltyFromJSON.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";

/** Options that belong to the data or to the minimisation: stored elsewhere, or given again. */
const ELSEWHERE: readonly string[] = /*#__PURE__*/ joined(
  ["columns", "weights", "offset", "names", "storage", "classes", "exposure"],
  ["optimizer", "start", "tolerance", "maxIterations", "onProgress"],
);

/** Options that are plain JSON themselves, and are checked where they are read. */
const PLAIN: readonly string[] = ["hidden", "learningRate"];

/** What a fit was stated with beside its data, as plain JSON; what cannot be stored is marked to be given again. */
export function encodeOptions(options: object): Record<string, unknown> {
  const entries = Object.entries(options).filter(([name, value]) => !ELSEWHERE.includes(name) && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, encodeOption(name, value)]));
}

function encodeOption(name: string, value: unknown): unknown {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (PLAIN.includes(name)) return JSON.parse(JSON.stringify(value)) as unknown;
  const stored = typeof value === "object" ? (value as { toJSON?: () => unknown } | null)?.toJSON?.() : undefined;
  if (stored === undefined || (name !== "prior" && name !== "penalty") || isCustom(stored)) return { again: true };
  return stored;
}

/** Whether the JSON of a prior or penalty is only the name of one of a user's own. */
export function isCustom(stored: unknown): boolean {
  if (typeof stored !== "object" || stored === null) return false;
  return "custom" in stored || ("prior" in stored && isCustom(stored.prior));
}

/** The options again: `given` takes the place of what could not be stored, and of nothing else. */
export function decodeOptions(json: unknown, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    fail("type", "json.options", "an object", json);
  }
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(json)) {
    if (ELSEWHERE.includes(name) || name === "__proto__") fail("range", "json.options", "options of the fit", name);
    options[name] = decodeOption(name, value, given[name]);
  }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(options, name)) fail("type", name, "nothing: the stored fit had none", value);
  }
  return options;
}

function decodeOption(name: string, value: unknown, given: unknown): unknown {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "again")) {
    decodeRecord(`json.options.${name}`, value, ["again"]);
    return given ?? fail("type", name, "what the stored fit was given, once more", given);
  }
  if (PLAIN.includes(name)) return value;
  if (name === "prior") return priorFromJSON("json.options.prior", value);
  if (name === "penalty") return penaltyFromJSON("json.options.penalty", value);
  return fail("type", `json.options.${name}`, "a stored option", value);
}
