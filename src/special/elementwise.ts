import { apartFrom, readOut, toFloat64 } from "../check.js";

/** Where the result goes. */
export interface SpecialOptions {
  /** Filled and returned instead of a new array; same length; may be the input. */
  readonly out?: Float64Array;
}

/**
 * A function of one number that also takes arrays, element by element. It never throws for a value: what lies outside
 * its domain gives NaN.
 */
export interface SpecialFunction {
  /** Of one number. */
  (x: number): number;
  /** Of every number of an array. */
  (x: ArrayLike<number>, options?: SpecialOptions): Float64Array;
}

/** Lets a function of one number take any array of numbers. */
export function elementwise(one: (x: number) => number): SpecialFunction {
  function apply(x: number): number;
  function apply(x: ArrayLike<number>, options?: SpecialOptions): Float64Array;
  function apply(x: number | ArrayLike<number>, options?: SpecialOptions): number | Float64Array {
    if (typeof x === "number") return one(x);
    const given = toFloat64("x", x);
    const out = readOut(options, given.length);
    const input = apartFrom(out, given);
    for (let i = 0; i < input.length; i++) out[i] = one(input[i]);
    return out;
  }
  return apply;
}
