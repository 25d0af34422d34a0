import { describe, expect, it } from "vitest";
import type { KernelName, Kernels } from "../../src/backend/kernels.js";
import { compile } from "../../src/backend/wasm/compile.js";
import { Instance, type Pointer } from "../../src/backend/wasm/instance.js";
import { type Argument, cases } from "./cases.js";
import { sourceOf } from "./source.js";
import { twins } from "./twins.js";

const instance = new Instance(compile());
instance.reserve(1 << 24);

/** Runs a kernel on the twin; gives back its outputs. */
function runTwin(name: KernelName, args: Argument[]): Float64Array[] {
  const outputs: Float64Array[] = [];
  const values = args.map((arg) => {
    if (arg === null || typeof arg === "number") return arg;
    if ("loss" in arg) return twins[arg.loss];
    if ("in" in arg) return arg.in.slice();
    const out = arg.from === undefined ? new Float64Array(arg.out) : arg.from.slice();
    outputs.push(out);
    return out;
  });
  (twins[name] as (...values: unknown[]) => void)(...values);
  return outputs;
}

/** Runs a kernel in WebAssembly, the arrays `shift` numbers off a multiple of 16 bytes; gives back its outputs. */
function runWasm(name: KernelName, args: Argument[], shift: number): Float64Array[] {
  const outputs: { pointer: Pointer; length: number }[] = [];
  let next = ((instance.base + 63) & ~63) + shift * 8;
  const values = args.map((arg) => {
    if (arg === null || typeof arg === "number") return arg;
    if ("loss" in arg) return instance.indexOf(arg.loss);
    const length = "in" in arg ? arg.in.length : arg.out;
    const pointer = next;
    next += ((length + 8) & ~1) * 8;
    const view = instance.view(pointer, length);
    if ("in" in arg) view.set(arg.in);
    else {
      view.fill(0);
      if (arg.from !== undefined) view.set(arg.from);
      outputs.push({ pointer, length });
    }
    return pointer;
  });
  const kernel = (instance.kernels as Kernels<Pointer>)[name] as (...values: unknown[]) => void;
  kernel(...values);
  return outputs.map(({ pointer, length }) => instance.view(pointer, length).slice());
}

/** The first place where bits differ (any NaN equals any NaN), or null. */
function firstDifference(a: Float64Array, b: Float64Array): string | null {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return `at ${i}: ${a[i]} and ${b[i]}`;
  return null;
}

const lengths = [...Array.from({ length: 34 }, (_, n) => n), 63, 64, 65, 66, 127, 128, 191, 193, 257, 300];
const long = [1023, 1024, 1025, 2049, 5000];

describe("both backends give the same bits", () => {
  it("has a case and a twin for every export", () => {
    const exported = Object.keys(instance.kernels).filter((name) => !/[tT]able$|^memory$|^heapBase$/.test(name));
    expect(exported.sort()).toEqual(Object.keys(cases).sort());
    expect(Object.keys(twins).sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(Object.keys(cases) as KernelName[])("%s", (name) => {
    const sizes = /Rows|CrossEntropy|linear|squared/.test(name) ? lengths : [...lengths, ...long];
    for (const n of sizes) {
      for (let repeat = 0; repeat < 4; repeat++) {
        const args = cases[name](n, sourceOf(n * 131 + repeat * 7919 + name.length));
        const expected = runTwin(name, args);
        const got = runWasm(name, args, repeat & 1);
        expected.forEach((out, index) => {
          const difference = firstDifference(out, got[index]);
          expect(difference, `${name}, n ${n}, repeat ${repeat}, output ${index}`).toBeNull();
        });
      }
    }
  });

  it.each([1, 2, 1000, 1024, 1025, 2050, 50_000])("rows of %i columns", (columns) => {
    const source = sourceOf(columns);
    for (const x of [source.any(2 * columns), source.finite(2 * columns)]) {
      for (const name of ["softmaxRows", "logSoftmaxRows"] as const) {
        const args: Argument[] = [2, columns, { in: x }, { out: 2 * columns }, { out: 256 }];
        expect(firstDifference(runTwin(name, args)[0], runWasm(name, args, 1)[0]), name).toBeNull();
      }
      const gradient: Argument = { out: 2 * columns };
      const y = source.classes(2, columns);
      const args: Argument[] = [2, columns, 0, { in: x }, { in: y }, null, gradient, 0.5, { out: 256 }];
      const expected = runTwin("softmaxCrossEntropy", args);
      const got = runWasm("softmaxCrossEntropy", args, 0);
      expect(firstDifference(expected[0], got[0]), "gradient").toBeNull();
      expect(Object.is(expected[1][0], got[1][0]), "loss").toBe(true);
    }
  });
});
