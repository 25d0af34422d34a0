import type { KernelName, Kernels } from "../kernels.js";
import { expTable, log1pTable } from "../tables.js";

/** A pointer into the memory of one instance: the byte address of an f64, as WebAssembly takes it. */
export type Pointer = number;

/** A compiled `WebAssembly.Module`, by as much as its own declaration says: users then need no DOM types to read ours. */
export type CompiledModule = object;

type Exports = Kernels<Pointer> & {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly heapBase: () => Pointer;
  readonly expTable: () => Pointer;
  readonly log1pTable: () => Pointer;
};

const PAGE = 65536;

const MOST_BYTES = 0xffff0000;

/** One instance of the kernels with a memory of its own, and the bytes beyond its static data. */
export class Instance {
  readonly kernels: Kernels<Pointer>;
  readonly base: Pointer;
  readonly #memory: WebAssembly.Memory;
  readonly #table: WebAssembly.Table;
  readonly #indices = new Map<KernelName, number>();
  #view: Float64Array;
  /** Exports of other modules that work in the same memory. */
  readonly #more = new Map<object, unknown>();

  /** Throws what the host throws if it refuses to instantiate. */
  constructor(module: CompiledModule) {
    const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
    this.kernels = exports;
    this.#memory = exports.memory;
    this.#table = exports.table;
    this.#view = new Float64Array(exports.memory.buffer);
    this.base = exports.heapBase();
    this.#view.set(expTable, exports.expTable() / 8);
    this.#view.set(log1pTable, exports.log1pTable() / 8);
  }

  /** The number of a kernel in the table, by which other kernels call it. */
  indexOf(name: KernelName): number {
    let index = this.#indices.get(name);
    if (index === undefined) {
      index = this.#table.grow(1);
      this.#table.set(index, this.kernels[name]);
      this.#indices.set(name, index);
    }
    return index;
  }

  /** The kernels of another module on the same memory. Throws what the host throws if it refuses to instantiate. */
  more<K>(module: CompiledModule): K {
    let exports = this.#more.get(module);
    if (exports === undefined) {
      ({ exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } }));
      this.#more.set(module, exports);
    }
    return exports as K;
  }

  /** The whole memory as numbers. Taken afresh at each use: growth detaches older views. */
  get numbers(): Float64Array {
    if (this.#view.length === 0) this.#view = new Float64Array(this.#memory.buffer);
    return this.#view;
  }

  /** `length` numbers at a pointer; valid until the memory grows. */
  view(pointer: Pointer, length: number): Float64Array {
    const { buffer } = this.numbers;
    return new Float64Array(buffer, pointer >>> 0, length);
  }

  /**
   * Makes the memory reach `end`; throws a RangeError if the host refuses. It grows by an eighth at least: engines collect
   * garbage after each growth of a large memory, which would otherwise cost more than all the work in it.
   */
  reserve(end: number): void {
    const size = this.#memory.buffer.byteLength;
    if (end <= size) return;
    if (end > MOST_BYTES) throw new RangeError("more than 4 GiB in one memory");
    if (!this.#grow(Math.min(Math.max(end, size * 1.125), MOST_BYTES))) this.#memory.grow(pagesOf(end - size));
    this.#view = new Float64Array(this.#memory.buffer);
  }

  /** False if the host refuses that much. */
  #grow(end: number): boolean {
    try {
      this.#memory.grow(pagesOf(end - this.#memory.buffer.byteLength));
      return true;
    } catch {
      return false;
    }
  }
}

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE);
}
