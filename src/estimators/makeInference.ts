import { encodeNumber, encodeNumbers } from "../json.js";
import type { Inference, InferenceRecord } from "./inferenceRecord.js";
import { tableOf } from "./inferenceTable.js";

/** Makes it of its record. */
export function makeInference(record: InferenceRecord): Inference {
  const made: Inference = { ...record, toString: () => tableOf(made), toJSON: () => encode(record) };
  return Object.freeze(made);
}

/** Numbers as JSON keeps them, exact to the bit. */
function encode(value: unknown): unknown {
  if (typeof value === "number") return encodeNumber(value);
  if (value instanceof Float64Array) return encodeNumbers(value);
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, encode(each)]));
}
