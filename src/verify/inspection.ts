import { fail } from "../check.js";
import { decodeInteger, decodeRecord, decodeString } from "../json.js";

/** Numbers that went in, as bits. */
export interface InspectedInput {
  /** What it is called. */
  readonly name: string;
  /** Numbers in a row. */
  readonly columns: number;
  /** Each as 16 hexadecimal digits. */
  readonly bits: readonly string[];
}

/** All that an entry of the suite gives on a device, as plain JSON. */
export interface Inspection {
  /** Name of the entry. */
  readonly name: string;
  /** The public function, as a user would write it. */
  readonly call: string;
  /** The backend that it ran on. */
  readonly backend: "wasm" | "typescript";
  /** Numbers as 16 hexadecimal digits, one NaN for all; anything else as JSON. */
  readonly values: readonly string[];
  /** Inputs whose row r led to the values r·perRow .. (r + 1)·perRow − 1; none where all inputs led to all values. */
  readonly inputs: readonly InspectedInput[];
  /** Values that come from one row of the inputs. */
  readonly perRow: number;
}

function decodeTexts(field: string, json: unknown): string[] {
  if (!Array.isArray(json)) fail("type", field, "an array of strings", json);
  return Array.from(json, (text, i) => decodeString(`${field}[${i}]`, text));
}

function decodeInput(field: string, json: unknown): InspectedInput {
  const { name, columns, bits } = decodeRecord(field, json, ["name", "columns", "bits"]);
  return {
    name: decodeString(`${field}.name`, name),
    columns: decodeInteger(`${field}.columns`, columns, 1),
    bits: decodeTexts(`${field}.bits`, bits),
  };
}

/** An inspection, perhaps of another device. Throws a TypeError or RangeError naming the field for anything else. */
export function decodeInspection(field: string, json: unknown): Inspection {
  const fields = ["name", "call", "backend", "values", "inputs", "perRow"];
  const { name, call, backend, values, inputs, perRow } = decodeRecord(field, json, fields);
  if (backend !== "wasm" && backend !== "typescript") fail("range", `${field}.backend`, "wasm or typescript", backend);
  if (!Array.isArray(inputs)) fail("type", `${field}.inputs`, "an array of inputs", inputs);
  return {
    name: decodeString(`${field}.name`, name),
    call: decodeString(`${field}.call`, call),
    backend,
    values: decodeTexts(`${field}.values`, values),
    inputs: Array.from(inputs, (input, k) => decodeInput(`${field}.inputs[${k}]`, input)),
    perRow: decodeInteger(`${field}.perRow`, perRow, 1),
  };
}
