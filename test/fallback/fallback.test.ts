import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { bytes } from "../../src/backend/wasm/bytes.js";
import { type Library, results } from "./results.js";

const kernels = Uint8Array.from({ length: bytes.length / 2 }, (_, i) => parseInt(bytes.slice(2 * i, 2 * i + 2), 16));
const host = globalThis.WebAssembly;
const grow = host.Memory.prototype.grow;

/** The library as if loaded for the first time. */
async function fresh(): Promise<Library> {
  vi.resetModules();
  return import("../../src/index.js");
}

/** A host whose WebAssembly differs in some members. */
function hostWith(members: Partial<Record<keyof typeof WebAssembly, unknown>>): void {
  vi.stubGlobal("WebAssembly", {
    ...Object.fromEntries(Object.getOwnPropertyNames(host).map((name) => [name, host[name as "Module"]])),
    ...members,
  });
}

/** Throws as hosts do, for some arguments; otherwise makes what the host would. */
function refusing<Args extends unknown[]>(
  original: new (...args: Args) => object,
  refuse: (...args: Args) => unknown,
): typeof original {
  return new Proxy(original, {
    construct(target, args) {
      const error = refuse(...(args as Args));
      if (error !== null) throw error;
      return new target(...(args as Args));
    },
  });
}

function refuseGrowth(): void {
  host.Memory.prototype.grow = () => {
    throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  host.Memory.prototype.grow = grow;
});

let expected: Record<string, string>;
beforeAll(async () => {
  const library = await fresh();
  expect(library.backend.name).toBe("wasm");
  expected = results(library);
}, 120_000);

const refusals: Readonly<Record<string, () => void>> = {
  "no WebAssembly": () => vi.stubGlobal("WebAssembly", undefined),
  "no SIMD": () => {
    // Only modules that hold a vector instruction, as a host without SIMD.
    const simd = (source: BufferSource): unknown =>
      (source as Uint8Array).includes(0xfd) ? new host.CompileError("invalid numeric opcode 0xfd") : null;
    hostWith({ Module: refusing(host.Module, simd) });
  },
  "compilation refused by a policy": () =>
    hostWith({ Module: refusing(host.Module, () => new host.CompileError("blocked by CSP")) }),
  "compilation refused by an embedder": () =>
    hostWith({ Module: refusing(host.Module, () => new EvalError("Wasm code generation disallowed by embedder")) }),
  "something thrown that is no error": () => hostWith({ Module: refusing(host.Module, () => "no") }),
  "instantiation refused": () =>
    hostWith({
      Instance: refusing(host.Instance, () => new host.CompileError("Refused to create a WebAssembly object")),
    }),
  "memory refused": refuseGrowth,
};

describe.each(Object.entries(refusals))("%s", (name, refuse) => {
  it("loads, says so, and gives the same bits", async () => {
    refuse();
    const library = await fresh();
    expect(library.backend.name).toBe("typescript");
    expect(() => library.backend.use("wasm")).toThrow(
      expect.objectContaining({ name: "TypeError", argument: "mode", got: "wasm" }),
    );
    expect(library.backend.name).toBe("typescript");
    expect(results(library)).toEqual(expected);
    expect(library.dataset(new Float64Array(300_000), undefined, { columns: 3 }).backend).toBe("typescript");
  });

  it("refuses to install while the host refuses, then installs", async () => {
    refuse();
    const library = await fresh();
    expect(() => library.backend.install(kernels)).toThrow();
    expect(library.backend.name).toBe("typescript");
    vi.unstubAllGlobals();
    host.Memory.prototype.grow = grow;
    library.backend.install(kernels);
    expect(library.backend.name).toBe("wasm");
    library.backend.use("wasm");
    expect(results(library)).toEqual(expected);
    library.backend.use("typescript");
    expect(library.backend.name).toBe("typescript");
    expect(results(library)).toEqual(expected);
  });

  it.skipIf(name === "memory refused")("is asked while the library loads, and not again", async () => {
    const library = await fresh();
    refuse();
    expect(library.backend.name).toBe("wasm");
    library.backend.use("wasm");
    const { sigmoid, dataset } = library;
    expect(sigmoid(new Float64Array(1000))).toEqual(new Float64Array(1000).fill(0.5));
    expect(dataset(new Float64Array(600), undefined, { columns: 2 }).backend).toBe("wasm");
  });
});

describe("installing", () => {
  it("takes a module, bytes, a view of bytes", async () => {
    for (const source of [new host.Module(kernels), kernels, kernels.buffer, new DataView(kernels.buffer)]) {
      const library = await fresh();
      library.backend.install(source);
      expect(library.backend.name).toBe("wasm");
      expect(library.exp(new Float64Array(100).fill(1))[99]).toBe(library.exp(1));
    }
  });

  it("leaves everything as it was where it fails", async () => {
    const library = await fresh();
    const { backend, dataset, objective, losses } = library;
    backend.use("wasm");
    const data = dataset(
      Float64Array.from({ length: 600 }, (_, i) => (i * 37) % 11),
      Float64Array.from({ length: 300 }, (_, i) => i % 2),
      { columns: 2 },
    );
    const target = objective({ data, loss: losses.binaryCrossEntropy() });
    const value = target.value(Float64Array.of(1, 2, 3));
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(() => backend.install(Uint8Array.of(1, 2, 3))).toThrow(host.CompileError);
    expect(() => backend.install(empty)).toThrow(expect.objectContaining({ name: "TypeError", argument: "source" }));
    expect(() => backend.install("kernels.wasm" as never)).toThrow(expect.objectContaining({ argument: "source" }));
    refuseGrowth();
    expect(() => backend.install(kernels)).toThrow(RangeError);
    host.Memory.prototype.grow = grow;
    expect(backend.name).toBe("wasm");
    expect(target.value(Float64Array.of(1, 2, 3))).toBe(value);
    expect(results(library)).toEqual(expected);
  });

  it("lets data sets live on where they are", async () => {
    const library = await fresh();
    const { backend, dataset, objective, losses, exp } = library;
    const rows = 50_000;
    const make = (): ReturnType<typeof objective> => {
      const x = Float64Array.from({ length: rows * 6 }, (_, i) => ((i * 37) % 101) / 50 - 1);
      const data = dataset(
        x,
        Float64Array.from({ length: rows }, (_, i) => i % 2),
        { columns: 6 },
      );
      return objective({ data, loss: losses.binaryCrossEntropy() });
    };
    const theta = new Float64Array(7).fill(0.1);
    const before = make();
    const value = before.value(theta);
    before.data.release();
    backend.install(kernels);
    const after = make();
    expect(after.value(theta)).toBe(value);
    backend.install(kernels);
    expect(after.value(theta)).toBe(value);
    backend.use("typescript");
    expect(after.value(theta)).toBe(value);
    expect(after.data.backend).toBe("wasm");
    expect(make().data.backend).toBe("typescript");
    expect(exp(1)).toBeGreaterThan(2.7);
  });
});

describe("memory", () => {
  const make = (
    { dataset, objective, losses }: Library,
    rows: number,
    columns: number,
  ): ReturnType<typeof objective> => {
    const x = Float64Array.from({ length: rows * columns }, (_, i) => ((i * 7919) % 1009) / 500 - 1);
    const data = dataset(
      x,
      Float64Array.from({ length: rows }, (_, i) => i % 2),
      { columns },
    );
    return objective({ data, loss: losses.binaryCrossEntropy() });
  };
  const hash = (target: ReturnType<typeof make>): string => {
    const theta = Float64Array.from({ length: target.size }, (_, j) => (j % 3) / 4);
    const { value, gradient } = target.valueAndGradient(theta);
    return [value, ...gradient, ...target.hessian(theta)].join();
  };

  it("refused later: large data live in the twin, small ones where there is room", async () => {
    const library = await fresh();
    const small = make(library, 100, 3);
    const before = [hash(small), hash(make(library, 60_000, 5))];
    refuseGrowth();
    const large = make(library, 60_000, 5);
    // A released memory may be used again, but the first large data set is alive.
    expect([small.data.backend, large.data.backend]).toEqual(["wasm", "typescript"]);
    expect([hash(small), hash(large)]).toEqual(before);
    expect(hash(make(library, 100, 3))).toBe(before[0]);
    expect(results(library)).toEqual(expected);
    host.Memory.prototype.grow = grow;
    expect(make(library, 60_000, 5).data.backend).toBe("wasm");
  });

  it("refused between the data and the workspace of a model: the model runs on the twin", async () => {
    const library = await fresh();
    const { backend, dataset, objective, losses } = library;
    const rows = 60_000;
    const x = Float64Array.from({ length: rows * 5 }, (_, i) => ((i * 7919) % 1009) / 500 - 1);
    const data = dataset(
      x,
      Float64Array.from({ length: rows }, (_, i) => i % 2),
      { columns: 5 },
    );
    expect(data.backend).toBe("wasm");
    refuseGrowth();
    const loss = losses.softmaxCrossEntropy({ classes: 20 });
    const refused = objective({ data, loss });
    const theta = Float64Array.from({ length: refused.size }, (_, j) => (j % 7) / 5);
    const got = refused.valueAndGradient(theta);
    host.Memory.prototype.grow = grow;
    expect(objective({ data, loss }).valueAndGradient(theta)).toEqual(got);
    backend.use("typescript");
    data.release();
    expect(() => refused.value(theta)).toThrow(expect.objectContaining({ argument: "data" }));
  });

  it("a bounded number of memories: what comes after lives in the twin until one is released", async () => {
    const library = await fresh();
    const alive = Array.from({ length: 30 }, () => make(library, 60_000, 5));
    const places = alive.map((target) => target.data.backend);
    const bound = places.indexOf("typescript");
    expect(bound).toBeGreaterThanOrEqual(8);
    expect(places).toEqual(places.map((_, i) => (i < bound ? "wasm" : "typescript")));
    const first = hash(alive[0]);
    expect(hash(alive[29])).toBe(first);
    alive[3].data.release();
    const next = make(library, 60_000, 5);
    expect(next.data.backend).toBe("wasm");
    expect(hash(next)).toBe(first);
    for (const target of alive.slice(0, 10)) target.data.release();
    expect(hash(make(library, 60_000, 5))).toBe(first);
  }, 120_000);

  it("grows under data sets that are alive", async () => {
    const library = await fresh();
    library.backend.use("wasm");
    let grown = 0;
    host.Memory.prototype.grow = function (this: WebAssembly.Memory, delta: number) {
      grown++;
      return grow.call(this, delta);
    };
    const targets = [100, 5000, 20_000, 300, 30_000, 10].map((rows) => make(library, rows, 7));
    const first = targets.map(hash);
    const begun = targets.map((target) => target.begin(new Float64Array(8).fill(0.2), 1));
    begun.forEach((evaluation) => evaluation.advance(1));
    const more = Array.from({ length: 40 }, (_, i) => make(library, 5000 + 700 * i, 7));
    expect(grown).toBeGreaterThan(20);
    more.forEach((target) => target.value(new Float64Array(8)));
    begun.forEach((evaluation) => evaluation.advance(Infinity));
    begun.forEach((evaluation, i) => {
      expect(evaluation.gradient).toEqual(targets[i].gradient(new Float64Array(8).fill(0.2)));
    });
    expect(targets.map(hash)).toEqual(first);
    for (const target of more) target.data.release();
    expect(targets.map(hash)).toEqual(first);
    library.backend.use("typescript");
    expect([100, 5000, 20_000, 300, 30_000, 10].map((rows) => hash(make(library, rows, 7)))).toEqual(first);
  });
});

describe("other things that hosts lack", () => {
  it.each(["FinalizationRegistry", "atob", "performance", "MessageChannel", "SharedArrayBuffer", "AbortController"])(
    "no %s",
    async (name) => {
      vi.stubGlobal(name, undefined);
      const library = await fresh();
      expect(library.backend.name).toBe("wasm");
      expect(results(library)).toEqual(expected);
      const { minimizer } = library;
      const bowl = { size: 1, value: ([a]: Float64Array) => a * a, gradient: ([a]: Float64Array) => [2 * a] };
      const job = minimizer(bowl, { start: [3] });
      job.step({ budgetMs: 0 });
      expect((await job.run()).parameters[0]).toBeCloseTo(0, 6);
    },
  );
});
