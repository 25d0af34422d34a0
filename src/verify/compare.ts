import { fail } from "../check.js";
import { fromBits } from "./bits.js";
import { type Inspection, decodeInspection } from "./inspection.js";

/** Where two devices part. */
export interface ValueDifference {
  /** Name of the entry. */
  readonly name: string;
  /** The public function, as a user would write it. */
  readonly call: string;
  /** The position among the values of the entry; null if their number differs. */
  readonly index: number | null;
  /** The bits as 16 hexadecimal digits, or what there is instead. */
  readonly got: string;
  /** What it should be, likewise. */
  readonly expected: string;
  /** What went in, by name, as bits; empty where everything went into everything. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  /** All of this in one line. */
  readonly message: string;
}

const BITS = /^[0-9a-f]{16}$/;

/** Bits, and the number they are. */
function show(text: string): string {
  return BITS.test(text) ? `${text} (${Object.is(fromBits(text), -0) ? "-0" : fromBits(text)})` : text;
}

/** Many numbers by the first few. */
function showAll(texts: readonly string[]): string {
  const some = texts.slice(0, 4).map(show).join(", ");
  return texts.length > 4 ? `[${some}, and ${texts.length - 4} more]` : texts.length === 1 ? some : `[${some}]`;
}

function rowOf({ columns, bits }: Inspection["inputs"][number], row: number): readonly string[] {
  return bits.slice(row * columns, (row + 1) * columns);
}

/**
 * The first value of an entry that differs between two devices, with what went in. If already the inputs differ, that
 * is what it tells.
 *
 * @param got - What this device gives.
 * @param expected - What the other gives, for the same entry.
 * @returns Where they part; null if they do not.
 * @throws TypeError or RangeError for what is no inspection, or for inspections of two entries.
 * @example
 * const wasmOrTwin = inspect("exp of 7 numbers");
 * firstDifference(wasmOrTwin, inspect("exp of 7 numbers", { backend: "typescript" })); // → null
 */
export function firstDifference(got: Inspection, expected: Inspection): ValueDifference | null {
  const ours = decodeInspection("got", got);
  const theirs = decodeInspection("expected", expected);
  if (ours.name !== theirs.name) fail("range", "got.name", `"${theirs.name}"`, ours.name);
  return compare(ours, theirs);
}

function compare(got: Inspection, expected: Inspection): ValueDifference | null {
  const { name, call } = expected;
  const difference = (
    index: number | null,
    ours: string,
    theirs: string,
    inputs: Readonly<Record<string, readonly string[]>>,
    what: string,
  ): ValueDifference => {
    const into = Object.entries(inputs).map(([key, bits]) => `, ${key} = ${showAll(bits)}`);
    const message = `"${name}": ${call}${what}${into.join("")}: got ${show(ours)}, expected ${show(theirs)}`;
    return { name, call, index, got: ours, expected: theirs, inputs, message };
  };
  for (const [k, input] of expected.inputs.entries()) {
    const bits = got.inputs[k]?.bits ?? [];
    const index = input.bits.findIndex((each, i) => each !== bits[i]);
    if (index < 0) continue;
    return difference(index, bits[index] ?? "nothing", input.bits[index], {}, `, input ${input.name}[${index}]`);
  }
  const [ours, theirs] = [got, expected].map(shapeOf);
  if (ours !== theirs) return difference(null, ours, theirs, {}, ", shape");
  if (got.values.length !== expected.values.length) {
    return difference(null, String(got.values.length), String(expected.values.length), {}, ", number of values");
  }
  const index = expected.values.findIndex((each, i) => each !== got.values[i]);
  if (index < 0) return null;
  const row = Math.floor(index / expected.perRow);
  const inputs = Object.fromEntries(expected.inputs.map((input) => [input.name, rowOf(input, row)]));
  return difference(index, got.values[index], expected.values[index], inputs, `, value ${index}`);
}

/** What was called, with which inputs, in words. */
function shapeOf({ call, perRow, inputs }: Inspection): string {
  return [call, perRow, ...inputs.map(({ name, columns, bits }) => `${name} ${bits.length} by ${columns}`)].join(", ");
}
