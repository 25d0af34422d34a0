/**
 * Numbers in JSON, exactly: finite ones as they are (the shortest text that reads back as the same double), the rest as
 * the strings "NaN", "Infinity", "-Infinity" and "-0". Readers trust nothing: they name the field that is wrong.
 *
 * @module
 */

import { fail } from "./check.js";

export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity" | "-0";

/** What can stand in a stored state: numbers, flags, vectors and records of these. */
export type Stored = number | boolean | Float64Array | { [key: string]: Stored };

export function encodeNumber(value: number): JsonNumber {
  if (Object.is(value, -0)) return "-0";
  if (Number.isFinite(value)) return value;
  return value !== value ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** A number read back. @throws TypeError naming `field` for anything {@link encodeNumber} does not write. */
export function decodeNumber(field: string, json: unknown): number {
  if (typeof json === "number") return json;
  if (json === "NaN") return NaN;
  if (json === "Infinity") return Infinity;
  if (json === "-Infinity") return -Infinity;
  if (json === "-0") return -0;
  return fail("type", field, 'a number, "NaN", "Infinity", "-Infinity" or "-0"', json);
}

export function encodeNumbers(values: Float64Array): JsonNumber[] {
  return Array.from(values, encodeNumber);
}

/** A vector read back. @throws TypeError or RangeError naming `field` (and row) for wrong kinds or a wrong length. */
export function decodeNumbers(field: string, json: unknown, length?: number): Float64Array {
  if (!Array.isArray(json)) fail("type", field, "an array of numbers", json);
  if (length !== undefined && json.length !== length) fail("range", field, `an array of length ${length}`, json);
  const values = new Float64Array(json.length);
  for (let i = 0; i < values.length; i++) values[i] = decodeNumber(`${field}[${i}]`, json[i]);
  return values;
}

/** Any stored value as plain JSON. */
export function encodeStored(value: Stored): unknown {
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "boolean") return value;
  if (value instanceof Float64Array) return encodeNumbers(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encodeStored(part)]));
}

/**
 * Reads back what {@link encodeStored} wrote, field by field of `template`, a value of the same shape: other fields, other
 * kinds and other lengths are refused by name.
 */
export function decodeStored<T extends Stored>(field: string, json: unknown, template: T): T {
  return decodeLike(field, json, template) as T;
}

function decodeLike(field: string, json: unknown, template: Stored): Stored {
  if (typeof template === "number") return decodeNumber(field, json);
  if (typeof template === "boolean") return decodeBoolean(field, json);
  if (template instanceof Float64Array) return decodeNumbers(field, json, template.length);
  const fields = Object.keys(template);
  const record = decodeRecord(field, json, fields);
  return Object.fromEntries(fields.map((key) => [key, decodeLike(`${field}.${key}`, record[key], template[key]!)]));
}

export function decodeBoolean(field: string, json: unknown): boolean {
  return typeof json === "boolean" ? json : fail("type", field, "true or false", json);
}

export function decodeString(field: string, json: unknown): string {
  return typeof json === "string" ? json : fail("type", field, "a string", json);
}

/** A whole number in [min, max]. */
export function decodeInteger(field: string, json: unknown, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof json !== "number") fail("type", field, `an integer from ${min} to ${max}`, json);
  if (!(Number.isInteger(json) && json >= min && json <= max)) {
    fail("range", field, `an integer from ${min} to ${max}`, json);
  }
  return json;
}

/** Three counts. */
export function decodeCounts(field: string, json: unknown): [number, number, number] {
  if (!Array.isArray(json) || json.length !== 3) fail("type", field, "three counts", json);
  return Array.from(json, (count, k) => decodeInteger(`${field}[${k}]`, count)) as [number, number, number];
}

/** An object whose own fields are exactly `fields`. */
export function decodeRecord(field: string, json: unknown, fields: readonly string[]): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) fail("type", field, "an object", json);
  for (const key of Object.keys(json)) {
    if (!fields.includes(key)) fail("type", field, `only the fields ${fields.join(", ")}`, key);
  }
  for (const key of fields) {
    if (!Object.hasOwn(json, key)) fail("type", `${field}.${key}`, "a value", undefined);
  }
  return json as Record<string, unknown>;
}

/** An object with `version: 1`, the given `type`, and exactly `fields` beside; a JSON text is parsed first. */
export function decodeDocument(type: string, json: unknown, fields: readonly string[]): Record<string, unknown> {
  let parsed = json;
  if (typeof json === "string") {
    try {
      parsed = JSON.parse(json);
    } catch {
      fail("type", "json", "valid JSON", json);
    }
  }
  const record = decodeRecord("json", parsed, ["version", "type", ...fields]);
  if (record["version"] !== 1) fail("range", "json.version", "1", record["version"]);
  if (record["type"] !== type) fail("range", "json.type", `"${type}"`, record["type"]);
  return record;
}
