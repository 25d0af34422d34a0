/**
 * What tests share: fixtures, example data, numbers by their bits, exact arithmetic.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { type Random, random } from "../src/random.js";

const root = new URL("../", import.meta.url);

/** Data and fits of packages whose licence does not let us ship them; tests on these run where they are. */
const elsewhere = new URL("../shared/reference/", root);

/** True where the data sets that are not shipped are at hand. */
export const hasReference = existsSync(new URL("data/infert.csv", elsewhere));

/** A fixture of ours. */
export function fixture<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`test/fixtures/${path}`, root), "utf8")) as T;
}

/** A fixture that is not shipped; only where {@link hasReference}. */
export function reference<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, elsewhere), "utf8")) as T;
}

/** A table of numbers by columns. */
export interface Table {
  readonly rows: number;
  readonly names: readonly string[];
  column(name: string): number[];
  /** Rows of some columns, each less its mean, over its scale, if these are given. */
  matrix(names: readonly string[], transform?: { mean: number[]; scale: number[] }): number[][];
}

/** `data/<name>.csv` of the example data, else of the reference. */
export function csv(name: string): Table {
  const own = new URL(`examples/data/${name}.csv`, root);
  const text = readFileSync(existsSync(own) ? own : new URL(`data/${name}.csv`, elsewhere), "utf8");
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(",").map((field) => field.replace(/^"|"$/g, ""));
  const values = lines.map((line) => line.split(",").map(Number));
  const indexOf = (field: string): number => {
    const at = names.indexOf(field);
    if (at < 0) throw new Error(`no column ${field} in ${name}.csv`);
    return at;
  };
  return {
    rows: values.length,
    names,
    column: (field) => values.map((row) => row[indexOf(field)]),
    matrix(fields, transform) {
      const at = fields.map(indexOf);
      return values.map((row) =>
        at.map((j, i) => (transform === undefined ? row[j] : (row[j] - transform.mean[i]) / transform.scale[i])),
      );
    },
  };
}

/** Fixtures write what JSON cannot as strings. */
export function toNumber(value: number | string): number {
  return Number(value);
}

/** The bits of numbers as text; any NaN is any other. */
export function bits(...values: (number | ArrayLike<number>)[]): string {
  const view = new DataView(new ArrayBuffer(8));
  const one = (value: number): string => {
    view.setFloat64(0, value);
    return value !== value ? "NaN" : view.getBigUint64(0).toString(16);
  };
  return values.map((value) => (typeof value === "number" ? one(value) : Array.from(value, one).join(" "))).join("; ");
}

/** Throws unless two texts of bits are the same, telling only the first number that differs. */
export function expectBits(got: string, want: string, what = ""): void {
  if (got === want) return;
  const [a, b] = [got.split(/;? /), want.split(/;? /)];
  const at = a.findIndex((word, i) => word !== b[i]);
  throw new Error(
    `${what} differ at number ${at}: got ${a[at]}, expected ${b[at]} (${a.length} and ${b.length} numbers)`,
  );
}

/** The distance from |x| to the next larger double. */
export function ulp(x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity)) return NaN;
  if (size < 2 ** -1022) return 2 ** -1074;
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent--;
  return 2 ** (exponent - 52);
}

/** A sum to (almost) the last bit: Neumaier's. */
export function preciseSum(values: ArrayLike<number>): number {
  let sum = 0;
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const next = sum + values[i];
    rest += Math.abs(sum) >= Math.abs(values[i]) ? sum - next + values[i] : values[i] - next + sum;
    sum = next;
  }
  return sum + rest;
}

/** Seeded draws of the kinds that tests want. */
export interface Draws {
  readonly random: Random;
  /** About standard normal, times `scale`. */
  normal(length: number, scale?: number): Float64Array;
  uniform(length: number, low?: number, high?: number): Float64Array;
  /** 0 .. classes − 1. */
  classes(length: number, classes: number): Float64Array;
  /** Rows that sum to 1 up to rounding, with a 0 here and there. */
  distributions(rows: number, classes: number): Float64Array;
}

export function draws(seed: number, stream = 0): Draws {
  const source = random(seed, stream);
  const fill = (length: number, f: () => number): Float64Array => Float64Array.from({ length }, f);
  const normal = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += source.uniform();
    return sum;
  };
  return {
    random: source,
    normal: (length, scale = 1) => fill(length, () => normal() * scale),
    uniform: (length, low = 0, high = 1) => fill(length, () => low + (high - low) * source.uniform()),
    classes: (length, classes) => fill(length, () => source.integer(classes)),
    distributions(rows, classes) {
      const out = fill(rows * classes, () => (source.uniform() < 0.2 ? 0 : source.uniform()));
      for (let i = 0; i < rows; i++) {
        const row = out.subarray(i * classes, (i + 1) * classes);
        if (row.every((q) => q === 0)) row[0] = 1;
        const total = row.reduce((a, b) => a + b, 0);
        row.forEach((q, k) => (row[k] = q / total));
      }
      return out;
    },
  };
}

/** A double as an integer multiple of 2⁻¹⁰⁷⁴. */
function scaled(x: number): bigint {
  if (!Number.isFinite(x)) throw new RangeError(`not finite: ${x}`);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const size = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return word >> 63n === 0n ? size : -size;
}

/** Σ aᵢ·bᵢ, exactly, then rounded once (to 64 bits and a double): its sign is that of the sum. */
export function exactDot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += scaled(a[i]) * scaled(b[i]);
  const size = sum < 0n ? -sum : sum;
  const shift = Math.max(0, size.toString(2).length - 64);
  const leading = Number(size >> BigInt(shift)) * 2 ** -64;
  const exponent = shift + 64 - 2148;
  const half = Math.trunc(exponent / 2);
  const value = leading * 2 ** half * 2 ** (exponent - half);
  return sum < 0n ? -value : value;
}

/** |got − want| ≤ bound, told with all three numbers. */
export function within(got: number, want: number, bound: number, what = ""): void {
  if (Object.is(got, want) || Math.abs(got - want) <= bound) return;
  throw new Error(`${what} got ${got}, expected ${want} within ${bound} (off by ${Math.abs(got - want)})`);
}
