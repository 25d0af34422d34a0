import type { Instance, Pointer } from "./instance.js";

/** Allocates vectors of numbers in the memory of an instance; freed blocks are used again for the same size class. */
export class Heap {
  readonly instance: Instance;
  #end: Pointer;
  readonly #free = new Map<number, Pointer[]>();

  constructor(instance: Instance, start: Pointer) {
    this.instance = instance;
    this.#end = (start + 15) & ~15;
  }

  /** Throws a RangeError if the host refuses the memory. */
  allocate(length: number): Pointer {
    const size = sizeClass(length);
    const reused = this.#free.get(size)?.pop();
    if (reused !== undefined) return reused;
    const pointer = this.#end;
    this.instance.reserve(pointer + size * 8);
    this.#end = pointer + size * 8;
    return pointer;
  }

  free(pointer: Pointer, length: number): void {
    const size = sizeClass(length);
    const list = this.#free.get(size);
    if (list === undefined) this.#free.set(size, [pointer]);
    else list.push(pointer);
  }
}

/** The least number of the form m·2^k, m in 4..7 (or at most 8), that is at least `length` and even. */
function sizeClass(length: number): number {
  if (length <= 8) return 8;
  let step = 2;
  while (step * 8 < length) step *= 2;
  return Math.ceil(length / step) * step;
}
