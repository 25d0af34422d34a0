import type { ElementwiseKernel } from "../backend/kernels.js";
import { type ElementwiseName, runElementwise } from "../backend/dispatch.js";
import { apartFrom, outputFor, checkOptions, toFloat64 } from "../check.js";

/** Where the result goes. */
export interface OutOptions {
  /** Filled and returned instead of a new array; same length; may be the input. */
  readonly out?: Float64Array;
}

/** A function of one number, also over arrays. */
export interface Elementwise {
  (x: number): number;
  (x: ArrayLike<number>, options?: OutOptions): Float64Array;
}

/** Lets a kernel take a number or any array of numbers. */
export function elementwise(
  name: ElementwiseName,
  one: (x: number) => number,
  twin: ElementwiseKernel<Float64Array>,
): Elementwise {
  const kernel = { name, twin };
  function apply(x: number): number;
  function apply(x: ArrayLike<number>, options?: OutOptions): Float64Array;
  function apply(x: number | ArrayLike<number>, options?: OutOptions): number | Float64Array {
    if (typeof x === "number") return one(x);
    const input = toFloat64("x", x);
    if (options !== undefined) checkOptions("options", options, ["out"]);
    const out = outputFor(options?.out, input.length);
    runElementwise(kernel, apartFrom(out, input), out);
    return out;
  }
  return apply;
}
