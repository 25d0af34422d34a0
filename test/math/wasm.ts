import { readFileSync } from "node:fs";
import { expTable, log1pTable } from "../../src/backend/tables.js";

type Elementwise = (n: number, x: number, out: number) => void;

/** An instance of the kernels with the tables in place, and two fields of memory to call them on. */
export class WasmMath {
  readonly #exports: Record<string, Elementwise>;
  readonly #memory: WebAssembly.Memory;
  readonly #input: number;
  readonly #output: number;

  /** Room for `capacity` numbers, at addresses that are `misalignment` bytes off. */
  constructor(capacity: number, misalignment = 0) {
    const bytes = readFileSync(new URL("../../build/kernels.wasm", import.meta.url));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    this.#exports = exports as Record<string, Elementwise>;
    this.#memory = exports.memory as WebAssembly.Memory;
    const end = this.#memory.buffer.byteLength;
    this.#memory.grow(Math.ceil((16 * capacity) / 65536) + 1);
    this.#input = end + misalignment;
    this.#output = end + 8 * capacity + 128 + misalignment;
    this.#put(expTable, (exports.expTable as () => number)());
    this.#put(log1pTable, (exports.log1pTable as () => number)());
  }

  #put(x: Float64Array, address: number): void {
    new Uint8Array(this.#memory.buffer).set(new Uint8Array(x.buffer, x.byteOffset, x.byteLength), address);
  }

  /** The values of a kernel at x; what stands behind the last pair must stay as it was. */
  apply(name: string, x: Float64Array, inPlace = false): Float64Array {
    const output = inPlace ? this.#input : this.#output;
    const length = 8 * (x.length + (x.length & 1));
    const guard = new Uint8Array(8).fill(0xa5);
    new Uint8Array(this.#memory.buffer).set(guard, output + length);
    this.#put(x, this.#input);
    this.#exports[name](x.length, this.#input, output);
    const after = this.#memory.buffer.slice(output, output + length + 8);
    if (new Uint8Array(after, length).some((byte) => byte !== 0xa5)) throw new Error(`${name} wrote behind its output`);
    return new Float64Array(after, 0, x.length);
  }
}
