import type * as Exports from "../index.js";
import type * as Special from "../special/index.js";

/** The library under test with the entries beside it: this build of it, or one that records what is called. */
export type Library = typeof Exports & { readonly special: typeof Special };

/** What an entry holds: numbers by their bits, and what else a result says. */
export type Value = number | boolean | string | null | ArrayLike<number>;

/** Numbers that went in, row by row. */
export interface Input {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** Numbers in a row. */
  readonly columns: number;
}

/** One named piece of the suite: what was called and all that came out. */
export interface Entry {
  readonly name: string;
  /** The public function, as a user would write it. */
  readonly call: string;
  readonly values: readonly Value[];
  /** Inputs whose row r led to the numbers r·perRow .. (r + 1)·perRow − 1 of the values; none for sums and fits. */
  readonly inputs: readonly Input[];
  readonly perRow: number;
}

/** Computes its entries one by one, in a fixed order. */
export type Part = (library: Library) => Generator<Entry, void>;

/** An entry whose numbers come from all inputs together. */
export function entry(name: string, call: string, ...values: Value[]): Entry {
  return { name, call, values, inputs: [], perRow: 1 };
}

/** An entry whose numbers come from the rows of its inputs one by one. */
export function rowwise(name: string, call: string, values: ArrayLike<number>, inputs: readonly Input[]): Entry {
  const [{ values: x, columns }] = inputs as readonly [Input, ...Input[]];
  return { name, call, values: [values], inputs, perRow: columns * (values.length / x.length) };
}
