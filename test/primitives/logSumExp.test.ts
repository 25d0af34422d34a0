import { describe, expect, test } from "vitest";
import { logSoftmax, logSumExp, softmax } from "../../src/index.js";
import { bits, draws, expectBits, fixture, toNumber, ulp, within } from "../support.js";

interface Case {
  name: string;
  contested: boolean;
  x: (number | string)[];
  logsumexp: number | string;
  softmax: (number | string)[];
  log_softmax: (number | string)[];
}

const { cases } = fixture<{ cases: Case[] }>("primitives/vectors.json");

/** Finite numbers only: the largest size, and how far apart they lie. */
function sizes(x: readonly number[]): { largest: number; spread: number } {
  const finite = x.filter(Number.isFinite);
  if (finite.length === 0) return { largest: 0, spread: 0 };
  const largest = Math.max(...finite.map(Math.abs));
  return { largest, spread: Math.max(...finite) - Math.min(...finite) };
}

describe("against 50 digits", () => {
  test.each(cases)("$name", (given) => {
    const x = given.x.map(toNumber);
    const { largest } = sizes(x);
    const want = toNumber(given.logsumexp);
    const cancels = given.name === "lse_zero" || given.name.startsWith("probs_");
    const got = logSumExp(x);
    if (Number.isFinite(want)) within(got, want, 4 * ulp(cancels ? largest : want), "logSumExp");
    else expect(got).toBe(want);

    const probabilities = softmax(x);
    given.softmax.map(toNumber).forEach((p, k) => {
      if (Number.isNaN(p)) expect(probabilities[k]).toBeNaN();
      else
        within(probabilities[k], p, Math.max(1e-14 * (1 + Math.min(largest, 9)) * p, p < 1e-307 ? 1e-320 : 0), `p${k}`);
    });

    if (given.contested) return;
    const logs = logSoftmax(x);
    given.log_softmax.map(toNumber).forEach((log, k) => {
      if (Number.isNaN(log)) expect(logs[k]).toBeNaN();
      else if (Number.isFinite(log)) within(logs[k], log, 4 * ulp(Math.max(largest, 1)), `log p${k}`);
      else expect(logs[k]).toBe(log);
    });
  });
});

test("what is lost in log(1 + s) is kept in log1p(s)", () => {
  expect(logSumExp([0, -40])).toBe(4.248354255291589e-18);
  expect(logSoftmax([0, -40])[0]).toBe(-4.248354255291589e-18);
  within(logSumExp([0, -700]), 9.85967654375977e-305, 1e-319);
});

const lengths = [1, 2, 3, 4, 5, 7, 31, 32, 33, 64, 1000, 1023, 1024, 1025, 2048, 4096, 4097, 5000, 50_000];

describe.each(lengths)("a row of %i", (n) => {
  const x = draws(3, n).normal(n, 5);
  const scale = 8 * Math.log2(n + 2);

  test("softmax sums to one, and its logarithm is x − logSumExp", () => {
    const p = softmax(x);
    within(
      p.reduce((a, b) => a + b, 0),
      1,
      n * 2 ** -53 + 2 ** -50,
    );
    const total = logSumExp(x);
    const logs = logSoftmax(x);
    for (let k = 0; k < n; k++) {
      within(logs[k], x[k] - total, 4 * ulp(Math.max(Math.abs(x[k]), Math.abs(total), 1)));
      within(p[k], Math.exp(logs[k]), 64 * ulp(p[k]));
    }
  });

  test("a shift moves the log-sum-exp and nothing else", () => {
    const shifted = x.map((value) => value + 1024);
    // Of the shifted entries, and of the result.
    const rounding = 2 ** -43;
    within(logSumExp(shifted) - 1024, logSumExp(x), 2 * rounding);
    const [p, q] = [softmax(x), softmax(shifted)];
    for (let k = 0; k < n; k++) within(q[k], p[k], 4 * rounding * p[k]);
  });

  test("against the definition", () => {
    const largest = x.reduce((a, b) => Math.max(a, b), -Infinity);
    const sum = x.reduce((total, value) => total + Math.exp(value - largest), 0);
    within(logSumExp(x), largest + Math.log(sum), scale * 2 ** -52 * Math.max(1, Math.abs(largest)));
  });

  test("lies between the largest and the largest plus ln n", () => {
    const largest = x.reduce((a, b) => Math.max(a, b), -Infinity);
    expect(logSumExp(x)).toBeGreaterThanOrEqual(largest);
    expect(logSumExp(x)).toBeLessThanOrEqual(largest + Math.log(n) + ulp(largest + Math.log(n)));
  });

  test("many rows at once are each row alone", () => {
    const rows = n > 5000 ? 2 : 5;
    const many = draws(4, n).normal(rows * n, 3);
    const alone = (f: (row: Float64Array) => ArrayLike<number>): number[] =>
      Array.from({ length: rows }, (_, i) => Array.from(f(many.subarray(i * n, (i + 1) * n)))).flat();
    expectBits(bits(logSumExp(many, { columns: n })), bits(alone((row) => [logSumExp(row)])));
    expectBits(bits(softmax(many, { columns: n })), bits(alone((row) => softmax(row))));
    expectBits(bits(logSoftmax(many, { columns: n })), bits(alone((row) => logSoftmax(row))));
  });
});

test("rows that no region holds", () => {
  const n = 65_536 + 4097;
  const x = draws(8).normal(2 * n, 2);
  const first = x.slice(0, n);
  expectBits(bits(logSumExp(x, { columns: n })), bits([logSumExp(first), logSumExp(x.slice(n))]));
  expectBits(bits(softmax(x, { columns: n }).subarray(0, n)), bits(softmax(first)));
  const logs = logSoftmax(x, { columns: n });
  expectBits(bits(logs.subarray(0, n)), bits(logSoftmax(first)));
  within(
    softmax(first).reduce((a, b) => a + b, 0),
    1,
    1e-12,
  );
  for (const f of [softmax, logSoftmax]) {
    const out = x.slice();
    expect(f(out, { columns: n, out })).toBe(out);
    expectBits(bits(out), bits(f(x, { columns: n })));
  }
});

describe("edges", () => {
  const nan = (n: number): number[] => new Array<number>(n).fill(NaN);
  test.each([
    [[], -Infinity, []],
    [[-Infinity, -Infinity], -Infinity, nan(2)],
    [[-Infinity, 3, -Infinity], 3, [0, 1, 0]],
    [[Infinity, 0], Infinity, nan(2)],
    [[Infinity, Infinity], Infinity, nan(2)],
    [[Infinity, -Infinity], Infinity, nan(2)],
    [[NaN, 0], NaN, nan(2)],
    [[NaN, Infinity], NaN, nan(2)],
    [[1e308, 1e308], 1e308, [0.5, 0.5]],
    [[1e308, -1e308], 1e308, [1, 0]],
    [[-1e308, -1e308, -1e308, -1e308], -1e308, [0.25, 0.25, 0.25, 0.25]],
    [[0, -0], Math.LN2, [0.5, 0.5]],
    [[-0], 0, [1]],
    [[5e-324, 0], Math.LN2, [0.5, 0.5]],
  ])("%j", (x, total, probabilities) => {
    expect(logSumExp(x) + 0).toBe(total);
    expect(Array.from(softmax(x))).toEqual(probabilities);
    expect(Array.from(logSoftmax(x), Number.isNaN)).toEqual(probabilities.map(Number.isNaN));
  });

  test.each([40, 1500, 70_000])("also far into a row of %i", (n) => {
    for (const [value, total] of [
      [Infinity, Infinity],
      [NaN, NaN],
    ]) {
      for (const at of [0, 1, n >> 1, n - 1]) {
        const x = new Float64Array(n).fill(-1);
        x[at] = value;
        expect(logSumExp(x)).toBe(total);
        expect(softmax(x).every(Number.isNaN)).toBe(true);
        expect(logSoftmax(x).every(Number.isNaN)).toBe(true);
      }
    }
    const empty = new Float64Array(n).fill(-Infinity);
    expect(logSumExp(empty)).toBe(-Infinity);
    empty[n - 1] = 7;
    expect(logSumExp(empty)).toBe(7);
    expect(softmax(empty)[n - 1]).toBe(1);
  });

  test("a NaN stays in its row", () => {
    const x = [NaN, 0, 1, 2];
    expect(Array.from(softmax(x, { columns: 2 }), Number.isNaN)).toEqual([true, true, false, false]);
    expect(Array.from(logSumExp(x, { columns: 2 }), Number.isNaN)).toEqual([true, false]);
  });
});

describe("out", () => {
  test.each([softmax, logSoftmax])("may be the input, or overlap it", (f) => {
    for (const n of [6, 60, 3000, 9000]) {
      const x = draws(5, n).normal(n);
      const want = bits(f(x, { columns: n / 2 }));
      const own = x.slice();
      expect(f(own, { columns: n / 2, out: own })).toBe(own);
      expectBits(bits(own), want);
      for (const shift of [1, 3, n / 2]) {
        const shared = new Float64Array(n + shift);
        for (const [from, to] of [
          [0, shift],
          [shift, 0],
        ]) {
          shared.set(x, from);
          const out = shared.subarray(to, to + n);
          f(shared.subarray(from, from + n), { columns: n / 2, out });
          expectBits(bits(out), want);
        }
      }
    }
  });

  test.each([softmax, logSoftmax])("inputs stay as they were", (f) => {
    const x = Float64Array.of(1, 2, 3, 4);
    f(x);
    expect(Array.from(x)).toEqual([1, 2, 3, 4]);
    const out = new Float64Array(3).fill(7);
    expect(() => f(x, { out })).toThrow(RangeError);
    expect(Array.from(out)).toEqual([7, 7, 7]);
  });

  test("plain arrays, integers and single precision are read as they are", () => {
    const x = [1, -2, 0.5, 3];
    const want = bits(softmax(x));
    expectBits(bits(softmax(Float32Array.from(x))), want);
    expectBits(bits(softmax({ length: 4, 0: 1, 1: -2, 2: 0.5, 3: 3 })), want);
    expectBits(bits(logSumExp(Int8Array.of(3, 4))), bits(logSumExp([3, 4])));
  });
});

describe("what is refused", () => {
  const functions: ((x: never, options?: never) => unknown)[] = [logSumExp, softmax, logSoftmax];
  test.each(functions)("by name", (f) => {
    for (const bad of [
      undefined,
      null,
      3,
      "12",
      {},
      ["1"],
      [1, undefined],
      [[1]],
      [1n],
      new DataView(new ArrayBuffer(8)),
    ]) {
      expect(() => f(bad as never)).toThrow(TypeError);
    }
    const x = [1, 2, 3, 4, 5, 6] as never;
    for (const columns of [0, -1, 1.5, NaN, Infinity, 4, 7]) {
      expect(() => f(x, { columns } as never)).toThrow(RangeError);
    }
    for (const columns of ["2", null, [2], true]) expect(() => f(x, { columns } as never)).toThrow(TypeError);
    expect(() => f(x, { colums: 2 } as never)).toThrow(/colums/);
    expect(() => f(x, 2 as never)).toThrow(TypeError);
    expect(() => f(x, { columns: 4 } as never)).toThrow(/"x" expected a length that is a multiple of columns 4/);
  });

  test.each([softmax, logSoftmax])("an out of another kind", (f) => {
    for (const out of [[], new Float32Array(2), null])
      expect(() => f([1, 2], { out: out as never })).toThrow(TypeError);
  });

  test("no rows are no rows", () => {
    expect(logSumExp([], { columns: 3 })).toEqual(new Float64Array(0));
    expect(softmax([], { columns: 3 })).toEqual(new Float64Array(0));
    expect(logSoftmax([])).toEqual(new Float64Array(0));
  });
});
