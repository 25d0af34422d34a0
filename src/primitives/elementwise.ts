import type { ElementwiseKernel } from "../backend/kernels.js";
import type { ElementwiseName } from "../backend/kernels.js";
import { wasmFor } from "../backend/select.js";
import { apartFrom, readOut, toFloat64 } from "../check.js";
import { SMALL, small } from "./small.js";

/** Where the result goes. */
export interface OutOptions {
  /** Filled and returned instead of a new array; same length; may be the input. */
  readonly out?: Float64Array;
}

/**
 * A function of one number that also takes arrays, element by element. It never throws for a value: what lies outside
 * its domain gives NaN.
 */
export interface Elementwise {
  /** Of one number. */
  (x: number): number;
  /** Of every number of an array. */
  (x: ArrayLike<number>, options?: OutOptions): Float64Array;
}

/** Numbers from which copying in and out pays. */
const THRESHOLD = 24;

/** Lets a kernel take a number or any array of numbers. */
export function elementwise(
  name: ElementwiseName,
  one: (x: number) => number,
  twin: ElementwiseKernel<Float64Array>,
): Elementwise {
  function apply(x: number): number;
  function apply(x: ArrayLike<number>, options?: OutOptions): Float64Array;
  function apply(x: number | ArrayLike<number>, options?: OutOptions): number | Float64Array {
    if (typeof x === "number") return one(x);
    const given = toFloat64("x", x);
    const { length } = given;
    const out = readOut(options, length);
    const wasm = wasmFor(length, THRESHOLD);
    // The twin is called from here, not by way of a function that all share, so that engines can inline it.
    if (wasm !== null) wasm.scratch.elementwise(name, apartFrom(out, given), out);
    else if (length > SMALL) twin(length, apartFrom(out, given), out);
    else {
      const results = small;
      twin(length, given, results);
      for (let i = 0; i < length; i++) out[i] = results[i];
    }
    return out;
  }
  return apply;
}
