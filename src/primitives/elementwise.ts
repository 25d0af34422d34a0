import type { ElementwiseKernel } from "../backend/kernels.js";
import type { ElementwiseName } from "../backend/kernels.js";
import { wasmFor } from "../backend/select.js";
import { apartFrom, readOut, toFloat64 } from "../check.js";

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
const THRESHOLD = 32;

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
    const input = apartFrom(out, given);
    const wasm = wasmFor(length, THRESHOLD);
    // The twin is called from here, not by way of a function that all share, so that engines can inline it.
    if (wasm === null) twin(length, input, out);
    else wasm.scratch.elementwise(name, input, out);
    return out;
  }
  return apply;
}
