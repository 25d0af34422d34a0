import { afterEach, expect, it, vi } from "vitest";
import { backend, random } from "../../src/index.js";
import { expected } from "../../src/verify/expected.js";
import { inspect, verifier, verify } from "../../src/verify/index.js";

const chosen = process.env["SURPRISAL_BACKEND"] as "wasm" | "typescript";
const total = Object.keys(expected).length;

afterEach(() => vi.restoreAllMocks());

it("computes the same bits as ever: to change them on purpose, npm run build && node scripts/golden.js --update", () => {
  const report = verify();
  expect(report.differences.map(({ name }) => name)).toEqual([]);
  expect(report).toMatchObject({ matches: true, complete: true, backend: chosen, count: total, total });
  expect(report.hash).toBe(report.expected);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

it("runs on the backend asked for, in slices, and leaves the choice as it was", () => {
  const other = chosen === "wasm" ? "typescript" : "wasm";
  const job = verifier({ backend: other });
  expect(job.step({ units: 12 })).toBe(false);
  expect(backend.name).toBe(chosen);
  job.abort();
  expect(job.result).toMatchObject({ matches: false, complete: false, backend: other, count: 12, differences: [] });
  expect(inspect("exp of 7 numbers", { backend: other })).toEqual({
    ...inspect("exp of 7 numbers"),
    backend: other,
  });
  expect(backend.name).toBe(chosen);
});

it("reports progress, and goes on after a listener threw", async () => {
  const counts: number[] = [];
  const controller = new AbortController();
  const job = verifier();
  const failing = job.run({
    onProgress: ({ count }) => {
      if (count === 3) throw new Error("enough");
    },
  });
  await expect(failing).rejects.toThrow("enough");
  const report = await job.run({
    signal: controller.signal,
    onProgress: (progress) => {
      expect(progress.total).toBe(total);
      counts.push(progress.count);
      if (progress.count === 6) controller.abort();
    },
    budgetMs: 0,
  });
  expect(counts).toEqual([4, 5, 6]);
  expect(report).toMatchObject({ complete: false, count: 6 });
});

it("names what differs, and what could not be computed", () => {
  // A device whose random words are wrong from some point on, and which fails later.
  const generator = Object.getPrototypeOf(random(1)) as { uint32(): number; permutation(n: number): Uint32Array };
  const { uint32 } = generator;
  let calls = 0;
  vi.spyOn(generator, "uint32").mockImplementation(function (this: typeof generator) {
    const word = uint32.call(this);
    return calls++ === 5 ? word ^ 1 : word;
  });
  vi.spyOn(generator, "permutation").mockImplementation(() => {
    throw new RangeError("no memory");
  });
  const job = verifier();
  expect(() => job.step({ units: Infinity })).toThrow("no memory");
  expect(backend.name).toBe(chosen);
  job.step({ units: Infinity });
  const { matches, complete, differences } = job.result;
  expect([matches, complete, differences.length]).toEqual([false, true, total - 2]);
  expect(differences[0]).toMatchObject({ name: "random(0, 0): words", expected: expected["random(0, 0): words"] });
  expect(differences[0].got).toMatch(/^[0-9a-f]{16}$/);
  expect(differences[1]).toMatchObject({ name: "random(0, 0): permutation", got: null });
});

it.each([[{ backend: "gpu" }], [{ backend: 1 }], [{ bogus: 1 }], [[]], ["wasm"]])(
  "refuses the options %j",
  (options) => {
    for (const call of [verify, verifier, inspect.bind(null, "exp")]) {
      expect(() => call(options as never)).toThrow(expect.objectContaining({ argument: expect.any(String) as string }));
    }
  },
);

it("refuses names that are none", () => {
  expect(() => inspect("nothing")).toThrow(expect.objectContaining({ name: "RangeError", argument: "name" }));
  expect(() => inspect("toString")).toThrow(RangeError);
  expect(() => inspect(7 as never)).toThrow(TypeError);
});

it("each length and shape of log-sum-exp has a hash of its own: no outlier hides the others", () => {
  const names = Object.keys(expected).filter((name) => /(even|tied)/.test(name));
  expect(names.length).toBeGreaterThan(40);
  expect(new Set(names.map((name) => expected[name])).size).toBe(names.length);
});

it("names the backend that ran, whatever is chosen in between", () => {
  const job = verifier();
  job.step({ units: 2 });
  backend.use(chosen === "wasm" ? "typescript" : "wasm");
  job.abort();
  expect(job.result.backend).toBe(chosen);
  backend.use(chosen);
});
