import { describe, expect, it } from "vitest";
import type { LayerKernels } from "../../src/backend/kernels.js";
import * as activation from "../../src/backend/typescript/activation.js";
import * as layer from "../../src/backend/typescript/layer.js";
import { compile } from "../../src/backend/wasm/compile.js";
import { compileLayers } from "../../src/backend/wasm/compileLayers.js";
import { Instance } from "../../src/backend/wasm/instance.js";
import { sourceOf } from "./source.js";

const twin = { ...layer, ...activation };
const module = compileLayers();
const instance = new Instance(compile());
instance.reserve(1 << 24);
const kernels = instance.more<LayerKernels<number>>(module);
const START = (instance.base + 1023) & ~1023;

/** What a kernel is called with: counts, arrays that go in, and arrays that come out. */
type Argument = number | null | Float64Array | { readonly out: Float64Array };

/** Outputs of a kernel on the twin and in WebAssembly. */
function both(name: keyof LayerKernels<number>, args: Argument[]): [Float64Array[], Float64Array[]] {
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
    instance.view(pointer, values.length).set(values);
    // What lies beyond an array must stay as it is.
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
  return [outputs, read.map((of) => of())];
}

function same(name: keyof LayerKernels<number>, label: string, args: Argument[]): void {
  const [expected, got] = both(name, args);
  expected.forEach((values, k) => {
    const at = values.findIndex((value, i) => !Object.is(value, got[k]![i]));
    expect(at < 0 ? null : `${label}: ${at}: ${values[at]} and ${got[k]![at]}`).toBeNull();
  });
}

describe("dense layers give the same bits on both backends", () => {
  const shapes: [number, number, number][] = [];
  for (const rows of [1, 3, 4, 5, 8, 64]) {
    for (const inputs of [1, 2, 3, 4, 5, 7, 8, 33])
      for (const units of [1, 2, 3, 4, 6, 9, 16]) shapes.push([rows, inputs, units]);
  }

  it.each(["finite", "any"] as const)("of %s numbers", (kind) => {
    for (const [rows, inputs, units] of shapes) {
      const source = sourceOf(rows * 10007 + inputs * 101 + units);
      const of = (length: number): Float64Array => source[kind](length);
      const extra = source.bit() ? 0 : 3;
      const add = Number(source.bit());
      const label = `${rows} x ${inputs} x ${units}, add ${add}`;
      const parameters = of(units * (1 + inputs));
      const packed = new Float64Array(Math.ceil(units / 4) * 4 * (1 + inputs));
      same("packLayer", label, [inputs, units, parameters, { out: packed.slice() }]);
      twin.packLayer(inputs, units, parameters, packed);
      const [aStride, dStride] = [inputs + extra, units + extra];
      const a = of(rows * aStride);
      const delta = of(rows * dStride);
      const bias = Number(source.bit());
      const scratch = new Float64Array(5 * Math.max(rows, units));
      const forward = { out: of(rows * dStride) };
      same("layerForward", label, [rows, inputs, units, a, aStride, packed, bias, add, forward, dStride, null]);
      const backward = { out: of(rows * aStride) };
      same("layerBackward", label, [rows, inputs, units, delta, dStride, parameters, add, backward, aStride, scratch]);
      const gradient = { out: of(units * (1 + inputs)) };
      same("layerGradient", label, [rows, inputs, units, delta, dStride, a, aStride, add, gradient, scratch]);
      same("multiply", label, [rows * aStride, a, of(rows * aStride), { out: of(rows * aStride) }]);
      const even = of(2 * rows * units);
      same("rectify", label, [even.length, 0, { out: even }, { out: of(even.length) }]);
      same("rectify", label, [even.length, 0.01, { out: even }, { out: of(even.length) }]);
      same("tanhSlopes", label, [even.length, even, { out: of(even.length) }]);
      same("sigmoidSlopes", label, [even.length, even, { out: of(even.length) }]);
      same("carryNode", label, [rows, inputs, { out: of(inputs * 8) }]);
    }
  });

  it("with products by 0 left out, which changes no bit of finite numbers", () => {
    for (const [rows, inputs, units] of shapes) {
      const label = `${rows} x ${inputs} x ${units}`;
      for (const kind of ["finite", "any"] as const) {
        const source = sourceOf(rows * 10009 + inputs * 103 + units);
        const a = source[kind](rows * inputs);
        const bare = source.finite(Math.max(rows, inputs));
        // Whole rows, whole columns, and single numbers.
        a.forEach((_, i) => {
          const [r, j] = [Math.floor(i / inputs), i % inputs];
          if (bare[r]! > 1 || bare[j]! < -1) a[i] = bare[j]! < 0 ? -0 : 0;
        });
        const packed = new Float64Array(Math.ceil(units / 4) * 4 * (1 + inputs));
        twin.packLayer(inputs, units, source[kind](units * (1 + inputs)), packed);
        const lists = new Float64Array(rows * (1 + inputs));
        const forward = (list: Float64Array | null): Argument[] => [
          ...[rows, inputs, units, a, inputs, packed, 1, 0],
          ...[{ out: new Float64Array(rows * units) }, units, list],
        ];
        same("layerForward", label, forward(lists));
        if (kind === "finite")
          expect(both("layerForward", forward(lists))).toEqual(both("layerForward", forward(null)));
        const [delta, out] = [source[kind](rows * units), new Float64Array(units * (1 + inputs))];
        const scratch = new Float64Array(5 * Math.max(rows, units));
        same("layerGradient", label, [rows, inputs, units, delta, units, a, inputs, 0, { out }, scratch]);
        if (kind === "any") continue;
        const [[got]] = both("layerGradient", [rows, inputs, units, delta, units, a, inputs, 0, { out }, scratch]);
        for (let u = 0; u < units; u++) {
          for (let j = 0; j < inputs; j++) {
            let sum = 0;
            for (let r = 0; r < rows; r++) sum += delta[r * units + u]! * a[r * inputs + j]!;
            expect(Object.is(got![u * (1 + inputs) + 1 + j], sum)).toBe(true);
          }
        }
      }
    }
  });

  it("its module imports the memory alone and exports the contract", () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(exported.sort()).toEqual(["memory", ...Object.keys(twin)].sort());
  });

  it("its module leaves the memory as it is when it is instantiated", () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const words = new Uint32Array(memory.buffer).fill(0xdeadbeef);
    new WebAssembly.Instance(module, { env: { memory } });
    expect(words.every((word) => word === 0xdeadbeef)).toBe(true);
  });
});
