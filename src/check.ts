/**
 * The one voice for errors. A call that fails says which argument, what was expected, what came instead and where; it
 * leaves its inputs as they were. `TypeError` is for the wrong kind of thing, `RangeError` for the wrong value.
 *
 * @module
 */

/** Where in an argument: row, column (a name or an index). */
export interface Place {
  readonly row?: number;
  readonly column?: number | string;
}

/** The fields that every error of this library carries beside its message. */
export interface ErrorFields extends Place {
  readonly argument: string;
  readonly expected: string;
  readonly got: unknown;
}

/** Throws `"argument" expected ..., got ... at row r, column c`. */
export function fail(kind: "type" | "range", argument: string, expected: string, got: unknown, at: Place = {}): never {
  const place = [
    at.row === undefined ? "" : ` at row ${at.row}`,
    at.column === undefined ? "" : `${at.row === undefined ? " at" : ","} column ${show(at.column)}`,
  ].join("");
  const message = `"${argument}" expected ${expected}, got ${show(got)}${place}`;
  const error = kind === "type" ? new TypeError(message) : new RangeError(message);
  throw Object.assign(error, { argument, expected, got, ...at });
}

/** A short text for any value. */
export function show(value: unknown): string {
  if (typeof value === "string") return value.length > 40 ? `"${value.slice(0, 37)}..."` : `"${value}"`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (ArrayBuffer.isView(value)) {
    const length = (value as { length?: number }).length ?? value.byteLength;
    return `${value.constructor.name} of length ${length}`;
  }
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
  readonly integer?: boolean;
}

/** A finite number inside a range; returns it. */
export function checkNumber(argument: string, value: unknown, range: NumberRange = {}): number {
  if (typeof value !== "number") fail("type", argument, describe(range), value);
  const { min, max, exclusiveMin, exclusiveMax, integer } = range;
  if (
    !Number.isFinite(value) ||
    (min !== undefined && value < min) ||
    (max !== undefined && value > max) ||
    (exclusiveMin !== undefined && value <= exclusiveMin) ||
    (exclusiveMax !== undefined && value >= exclusiveMax) ||
    (integer === true && !Number.isInteger(value))
  ) {
    fail("range", argument, describe(range), value);
  }
  return value;
}

function describe({ min, max, exclusiveMin, exclusiveMax, integer }: NumberRange): string {
  const bounds = [
    exclusiveMin === undefined ? "" : `> ${exclusiveMin}`,
    min === undefined ? "" : `>= ${min}`,
    exclusiveMax === undefined ? "" : `< ${exclusiveMax}`,
    max === undefined ? "" : `<= ${max}`,
  ].filter((bound) => bound !== "");
  const kind = integer === true ? "an integer" : "a finite number";
  return bounds.length === 0 ? kind : `${kind} ${bounds.join(" and ")}`;
}

/** One of a few words; returns it. */
export function checkChoice<T extends string>(argument: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  return fail(typeof value === "string" ? "range" : "type", argument, choices.map(show).join(" or "), value);
}

/** An options object (or undefined) that holds no name beside `allowed`. */
export function checkOptions(name: string, options: unknown, allowed: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options) || ArrayBuffer.isView(options)) {
    fail("type", name, "an object of options", options);
  }
  for (const key in options) {
    if (!allowed.includes(key)) {
      fail("type", name, allowed.length === 0 ? "no options" : `only ${allowed.join(", ")}`, key);
    }
  }
}

/** True for a typed array whose buffer was transferred away: its length reads 0, like an empty one. */
function isDetached(array: ArrayBufferView): boolean {
  if (array.buffer.byteLength > 0) return false;
  try {
    new Uint8Array(array.buffer);
    return false;
  } catch {
    return true;
  }
}

/** Throws a TypeError for a view of a buffer that was transferred away. */
export function checkAttached(argument: string, x: ArrayBufferView): void {
  if (isDetached(x)) fail("type", argument, "an array whose buffer is attached", "a detached one");
}

/**
 * Numbers as a Float64Array: a Float64Array itself (not copied), any other numeric typed array or ArrayLike<number>
 * converted. Refuses strings, BigInts, detached buffers and arrays holding anything but numbers, naming the row.
 */
export function toFloat64(argument: string, x: unknown): Float64Array {
  if (x instanceof Float64Array) {
    if (x.length === 0) checkAttached(argument, x);
    return x;
  }
  const expected = "an array of numbers or a numeric typed array";
  if (typeof x !== "object" || x === null) fail("type", argument, expected, x);
  if (ArrayBuffer.isView(x)) {
    if (x instanceof DataView || x instanceof BigInt64Array || x instanceof BigUint64Array) {
      fail("type", argument, expected, x);
    }
    checkAttached(argument, x);
    return new Float64Array(x as unknown as ArrayLike<number>);
  }
  const { length } = x as ArrayLike<unknown>;
  if (typeof length !== "number" || !Number.isInteger(length) || length < 0) fail("type", argument, expected, x);
  const out = allocate(argument, length);
  for (let i = 0; i < length; i++) {
    const value = (x as ArrayLike<unknown>)[i];
    if (typeof value !== "number") fail("type", argument, "a number", value, { row: i });
    out[i] = value;
  }
  return out;
}

/** A fresh Float64Array, or a RangeError that names the argument when memory is refused. */
export function allocate(argument: string, length: number): Float64Array {
  try {
    return new Float64Array(length);
  } catch {
    return fail("range", argument, "a size that fits in memory", length);
  }
}

/** The result array of a call: a new one, or `out` after checking its type and length. */
export function outputFor(out: unknown, length: number): Float64Array {
  if (out === undefined) return new Float64Array(length);
  if (!(out instanceof Float64Array)) fail("type", "out", `a Float64Array of length ${length}`, out);
  if (out.length !== length) fail("range", "out", `a Float64Array of length ${length}`, out);
  return out;
}

/** The result array of a call whose only option is `out`. */
export function readOut(options: { readonly out?: Float64Array } | undefined, length: number): Float64Array {
  if (options === undefined) return new Float64Array(length);
  for (const key in options) if (key !== "out") checkOptions("options", options, OUT);
  const out = options?.out;
  if (out instanceof Float64Array && out.length === length) return out;
  checkOptions("options", options, OUT);
  return outputFor(out, length);
}

const OUT: readonly string[] = ["out"];

/** x itself, or a copy if writing to `out` in order would overwrite numbers of x that are still to be read. */
export function apartFrom(out: Float64Array, x: Float64Array): Float64Array {
  return out !== x && out.byteOffset !== x.byteOffset && out.buffer === x.buffer ? x.slice() : x;
}
