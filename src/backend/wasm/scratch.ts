import { LEAF, REGION, SMALL_STACK, leafRows } from "../leaves.js";
import type { ElementwiseName, LossName } from "../kernels.js";
import type { Instance, Pointer } from "./instance.js";

/** Numbers copied in at once where a row is short: they stay in the first-level cache. */
const CHUNK = 4096;

export type RowsKernelName = "softmaxRows" | "logSoftmaxRows";

/** Arrays of any length through a scratch of fixed size: copied in piece by piece, each piece whole leaves. */
export class Scratch {
  readonly #instance: Instance;
  readonly #a: Pointer;
  readonly #b: Pointer;
  readonly #c: Pointer;
  readonly #weights: Pointer;
  readonly #stack: Pointer;
  readonly end: Pointer;

  constructor(instance: Instance) {
    this.#instance = instance;
    this.#a = (instance.base + 63) & ~63;
    this.#b = this.#a + REGION * 8;
    this.#c = this.#b + REGION * 8;
    this.#weights = this.#c + REGION * 8;
    this.#stack = this.#weights + CHUNK * 8;
    this.end = this.#stack + SMALL_STACK * 8;
    instance.reserve(this.end);
  }

  #write(pointer: Pointer, values: Float64Array, begin: number, end: number): void {
    const whole = begin === 0 && end === values.length;
    this.#instance.numbers.set(whole ? values : values.subarray(begin, end), pointer / 8);
  }

  #read(pointer: Pointer, out: Float64Array, begin: number, end: number): void {
    const first = pointer / 8;
    out.set(this.#instance.numbers.subarray(first, first + (end - begin)), begin);
  }

  elementwise(name: ElementwiseName, x: Float64Array, out: Float64Array): void {
    const kernel = this.#instance.kernels[name];
    for (let begin = 0; begin < x.length; begin += CHUNK) {
      const end = Math.min(begin + CHUNK, x.length);
      this.#write(this.#a, x, begin, end);
      kernel(end - begin, this.#a, this.#a);
      this.#read(this.#a, out, begin, end);
    }
  }

  #collapse(leaves: number): number {
    this.#instance.kernels.collapse(leaves, 1, this.#stack);
    return this.#instance.numbers[this.#stack / 8];
  }

  /** Log-sum-exp of x[begin .. begin + length). */
  logSumExp(x: Float64Array, begin: number, length: number): { maximum: number; rest: number; value: number } {
    const last = begin + length;
    for (let from = begin; from < last; from += CHUNK) {
      const to = Math.min(from + CHUNK, last);
      this.#write(this.#a, x, from, to);
      this.#instance.kernels.logSumExp(to - from, (from - begin) / LEAF, this.#a, this.#stack);
    }
    this.#instance.kernels.collapseLogSumExp(Math.ceil(length / LEAF), this.#stack);
    const { numbers } = this.#instance;
    const first = this.#stack / 8;
    return { maximum: numbers[first], rest: numbers[first + 1], value: numbers[first + 2] };
  }

  /** One number per row; rows of at most REGION columns. */
  logSumExpRows(columns: number, x: Float64Array, out: Float64Array): void {
    const step = Math.max(1, Math.floor(CHUNK / columns));
    for (let begin = 0; begin < out.length; begin += step) {
      const end = Math.min(begin + step, out.length);
      this.#write(this.#a, x, begin * columns, end * columns);
      this.#instance.kernels.logSumExpRows(end - begin, columns, this.#a, this.#b, this.#stack);
      this.#read(this.#b, out, begin, end);
    }
  }

  /** A row for a row; rows of at most REGION columns. */
  rows(name: RowsKernelName, columns: number, x: Float64Array, out: Float64Array): void {
    const rows = x.length / columns;
    const step = Math.max(1, Math.floor(CHUNK / columns));
    for (let begin = 0; begin < rows; begin += step) {
      const end = Math.min(begin + step, rows);
      this.#write(this.#a, x, begin * columns, end * columns);
      this.#instance.kernels[name](end - begin, columns, this.#a, this.#a, this.#stack);
      this.#read(this.#a, out, begin * columns, end * columns);
    }
  }

  /** out[i] = exp(x[i] − shift)·scale for begin ≤ i < begin + length. */
  expShifted(x: Float64Array, begin: number, length: number, shift: number, scale: number, out: Float64Array): void {
    const last = begin + length;
    for (let from = begin; from < last; from += CHUNK) {
      const to = Math.min(from + CHUNK, last);
      this.#write(this.#a, x, from, to);
      this.#instance.kernels.expShifted(to - from, this.#a, shift, scale, this.#a);
      this.#read(this.#a, out, from, to);
    }
  }

  /** Σ w·loss; also writes the gradient if there is one. Rows of at most REGION columns; targets: `width` a row. */
  loss(
    name: LossName,
    columns: number,
    width: number,
    scores: Float64Array,
    targets: Float64Array,
    weights: Float64Array | null,
    gradient: Float64Array | null,
    scale: number,
  ): number {
    const rows = scores.length / columns;
    const leaf = leafRows(columns);
    const step = Math.max(1, Math.floor(CHUNK / (columns * leaf))) * leaf;
    const g = gradient === null ? 0 : this.#c;
    for (let begin = 0; begin < rows; begin += step) {
      const end = Math.min(begin + step, rows);
      this.#write(this.#a, scores, begin * columns, end * columns);
      this.#write(this.#b, targets, begin * width, end * width);
      if (weights !== null) this.#write(this.#weights, weights, begin, end);
      const w = weights === null ? 0 : this.#weights;
      const kernel = this.#instance.kernels[name];
      kernel(end - begin, columns, begin / leaf, this.#a, this.#b, w, g, scale, this.#stack);
      if (gradient !== null) this.#read(this.#c, gradient, begin * columns, end * columns);
    }
    return this.#collapse(Math.ceil(rows / leaf));
  }

  /** scores = X·θ for new rows x: [rows × columns]; columns and parameters must fit a region. */
  linearScores(columns: number, outputs: number, x: Float64Array, parameters: Float64Array, out: Float64Array): void {
    const { kernels } = this.#instance;
    const rows = out.length / outputs;
    const step = Math.max(1, Math.floor(CHUNK / Math.max(columns, outputs)));
    const half = (REGION / 2) * 8;
    this.#write(this.#c, parameters, 0, parameters.length);
    for (let begin = 0; begin < rows; begin += step) {
      const end = Math.min(begin + step, rows);
      this.#write(this.#a, x, begin * columns, end * columns);
      kernels.linearScores(columns, outputs, 0, end - begin, this.#a, this.#c, 0, this.#b, this.#c + half);
      this.#read(this.#b, out, begin * outputs, end * outputs);
    }
  }
}
