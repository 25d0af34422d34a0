import { describe, expect, it } from "vitest";
import type { SparseKernels } from "../../src/backend/kernels.js";
import { stackDepth } from "../../src/backend/leaves.js";
import * as twin from "../../src/backend/typescript/sparse.js";
import { compile } from "../../src/backend/wasm/compile.js";
import { compileSparse } from "../../src/backend/wasm/compileSparse.js";
import { Instance } from "../../src/backend/wasm/instance.js";
import { sourceOf } from "./source.js";

const module = compileSparse();
const instance = new Instance(compile());
instance.reserve(1 << 24);
const kernels = instance.more<SparseKernels<number>>(module);
const START = (instance.base + 1023) & ~1023;

type Argument = number | null | Float64Array | { readonly out: Float64Array };
type Name = keyof SparseKernels<number>;

/** Compares a kernel with its twin: what it writes, and that it writes nothing beyond. */
function same(name: Name, label: string, args: Argument[]): void {
  const outputs: Float64Array[] = [];
  const plain = args.map((arg) => {
    if (arg === null || typeof arg === "number" || arg instanceof Float64Array) return arg;
    const copy = arg.out.slice();
    outputs.push(copy);
    return copy;
  });
  (twin[name] as (...values: unknown[]) => void)(...plain);
  const read: (() => Float64Array)[] = [];
  let next = START + 8;
  const placed = args.map((arg) => {
    if (arg === null || typeof arg === "number") return arg;
    const values = arg instanceof Float64Array ? arg : arg.out;
    const pointer = next;
    new Uint8Array(instance.numbers.buffer).set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      pointer,
    );
    instance.view(pointer + 8 * values.length, 1)[0] = 42;
    if (!(arg instanceof Float64Array)) {
      read.push(() => {
        expect(instance.view(pointer + 8 * values.length, 1)[0], "beyond the end").toBe(42);
        return instance.view(pointer, values.length).slice();
      });
    }
    next += 8 * (values.length + 1);
    return pointer;
  });
  (kernels[name] as (...values: unknown[]) => void)(...placed);
  read.forEach((of, k) => {
    const got = of();
    const at = got.findIndex((value, i) => !Object.is(value, outputs[k]![i]));
    expect(at < 0 ? null : `${label}: ${at}: ${outputs[k]![at]} and ${got[at]}`).toBeNull();
  });
}

/** A block of sparse rows: row i has up to `columns` numbers, some have none. */
function blockOf(
  rows: number,
  columns: number,
  source: ReturnType<typeof sourceOf>,
  kind: "finite" | "any",
): [Float64Array, number] {
  const indices: number[] = [];
  const pointers = [0];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) if (source.bit() && (source.bit() || columns < 4)) indices.push(j);
    pointers.push(indices.length);
  }
  const nonzeros = indices.length;
  const block = new Float64Array(twin.sparseLength(rows, nonzeros));
  const parts = twin.sparseParts(rows, nonzeros, block);
  parts.values.set(source[kind](nonzeros));
  parts.indices.set(indices);
  parts.pointers.set(pointers);
  return [block, nonzeros];
}

describe("sparse rows give the same bits on both backends", () => {
  const shapes: [number, number, number][] = [];
  for (const rows of [1, 2, 7, 64, 65, 200]) {
    for (const columns of [1, 3, 8, 33]) for (const outputs of [1, 2, 3, 5]) shapes.push([rows, columns, outputs]);
  }

  it.each(["finite", "any"] as const)("of %s numbers", (kind) => {
    for (const [rows, columns, outputs] of shapes) {
      const source = sourceOf(rows * 10007 + columns * 101 + outputs);
      const [block, nonzeros] = blockOf(rows, columns, source, kind);
      const begin = rows > 64 ? 64 : 0;
      const end = rows - Number(rows > 2 && source.bit());
      const label = `${rows} x ${columns} x ${outputs}`;
      const of = (length: number): Float64Array => source[kind](length);
      const shift = source.bit() ? of(rows * outputs) : null;
      const scores = { out: of((end - begin) * outputs) };
      const theta = of(outputs * (1 + columns));
      same("sparseScores", label, [columns, outputs, rows, nonzeros, begin, end, block, theta, shift, scores]);
      for (const leaf of [64, 128]) {
        const depth = stackDepth(Math.ceil(rows / leaf));
        for (const squares of [0, 1]) {
          const stack = { out: of(depth * outputs * (1 + columns)) };
          const residuals = of(rows * outputs);
          const shape = [columns, outputs, leaf, rows, nonzeros];
          same("sparseGradient", label, [...shape, 0, end, block, residuals, squares, stack]);
          same("sparseGradient", label, [...shape, begin, end, block, residuals, squares, stack]);
        }
        const pairs = (outputs * (outputs + 1)) / 2;
        const nodes = { out: of((depth * pairs * (columns + 1) * (columns + 2)) / 2) };
        same("sparseHessian", label, [columns, pairs, leaf, rows, nonzeros, 0, end, block, of(pairs * rows), nodes]);
      }
    }
  });

  it("rows may come in any pieces, within leaves too", () => {
    const source = sourceOf(77);
    const [rows, columns, outputs, leaf] = [300, 9, 2, 128];
    const [block, nonzeros] = blockOf(rows, columns, source, "finite");
    const residuals = source.finite(rows * outputs);
    const whole = new Float64Array(stackDepth(3) * outputs * (1 + columns));
    const pieces = whole.slice();
    twin.sparseGradient(columns, outputs, leaf, rows, nonzeros, 0, rows, block, residuals, 0, whole);
    for (const [begin, end] of [
      [0, 64],
      [64, 70],
      [70, 256],
      [256, 300],
    ] as const) {
      const own = residuals.subarray(begin * outputs, end * outputs);
      twin.sparseGradient(columns, outputs, leaf, rows, nonzeros, begin, end, block, own, 0, pieces);
    }
    expect(pieces).toEqual(whole);
  });

  it("its module imports the memory alone and exports the contract", () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(exported.sort()).toEqual(["memory", "sparseGradient", "sparseHessian", "sparseScores"]);
  });

  it("its module leaves the memory as it is when it is instantiated", () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const words = new Uint32Array(memory.buffer).fill(0xdeadbeef);
    new WebAssembly.Instance(module, { env: { memory } });
    expect(words.every((word) => word === 0xdeadbeef)).toBe(true);
  });
});
