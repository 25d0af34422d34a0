import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  crossEntropy,
  crossEntropyGradient,
  entropy,
  entropyGradient,
  jensenShannonDivergence,
  jensenShannonDivergenceGradient,
  klDivergence,
  klDivergenceGradient,
} from "../src/index.js";
import { random } from "../src/random.js";

interface Case {
  name: string;
  p: number[];
  q: number[];
  entropy_p: number;
  entropy_p_bits: number;
  cross_entropy_pq: number | "Infinity";
  cross_entropy_pq_bits: number | "Infinity";
  kl_pq: number | "Infinity";
  js_pq: number;
  grad_cross_entropy_wrt_q: (number | "Infinity" | "-Infinity")[];
  grad_kl_wrt_p: (number | "Infinity" | "-Infinity" | null)[];
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8"));
const { cases } = fixture("losses/divergences.json") as { cases: Case[] };
const digit = fixture("seed_example.json") as {
  onehot: number[];
  outputs: number[];
  cross_entropy_raw: number;
  cross_entropy_raw_bits: number;
  cross_entropy_normalised: number;
  entropy_of_normalised: number;
};

const UNIT = 1.1102230246251565e-16;

/** Σ |terms|, the scale that errors are measured by. */
function scaleOf(p: readonly number[], term: (p: number, i: number) => number): number {
  return p.reduce((sum, pi, i) => sum + (pi === 0 ? 0 : Math.abs(term(pi, i))), 0);
}

/** A random distribution on k points, some of it concentrated. */
function distribution(generator: { uniform(): number }, k: number, sharpness: number): Float64Array {
  const raw = Float64Array.from({ length: k }, () => Math.pow(generator.uniform(), sharpness));
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((x) => x / total);
}

describe("references", () => {
  test.each(cases)("$name", ({ p, q, ...expected }) => {
    const compare = (got: number, want: number | "Infinity", scale: number): void => {
      if (want === "Infinity") expect(got).toBe(Infinity);
      else expect(Math.abs(got - want)).toBeLessThanOrEqual(Math.max(1e-14 * scale, 2e-16));
    };
    const entropyScale = scaleOf(p, (pi) => pi * Math.log(pi));
    const crossScale = scaleOf(p, (pi, i) => pi * Math.log(q[i]!));
    compare(entropy(p), expected.entropy_p, entropyScale);
    compare(entropy(p, { base: 2 }), expected.entropy_p_bits, 1.45 * entropyScale);
    compare(crossEntropy(p, q), expected.cross_entropy_pq, crossScale);
    compare(crossEntropy(p, q, { base: 2 }), expected.cross_entropy_pq_bits, 1.45 * crossScale);
    const klScale = scaleOf(p, (pi, i) => pi * Math.log(pi / q[i]!));
    compare(klDivergence(p, q), expected.kl_pq, klScale);
    compare(jensenShannonDivergence(p, q), expected.js_pq, expected.js_pq);
    compare(jensenShannonDivergence(p, q, { base: 2 }), expected.js_pq / Math.LN2, 2 * expected.js_pq);
    const entries = (got: Float64Array, want: readonly (number | string | null)[]): void => {
      expect(got.length).toBe(want.length);
      got.forEach((value, i) => {
        if (want[i] === null) return; // no value agreed upon
        const exact = Number(want[i]);
        if (Number.isFinite(exact))
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-14 * Math.abs(exact) + 2e-16);
        else expect(value).toBe(exact);
      });
    };
    entries(crossEntropyGradient(p, q).q, expected.grad_cross_entropy_wrt_q);
    entries(klDivergenceGradient(p, q).q, expected.grad_cross_entropy_wrt_q);
    entries(klDivergenceGradient(p, q).p, expected.grad_kl_wrt_p);
  });

  test("p next to q: every digit of a divergence of 1e-16", () => {
    const delta = Math.pow(2, -27);
    // KL = ½ log(1/(1 − 4δ²)) = 2δ² + 4δ⁴ + ...
    expect(klDivergence([0.5, 0.5], [0.5 + delta, 0.5 - delta])).toBe(2 * delta * delta);
    const wide = 0.03125;
    const exact = 0.5 * -Math.log1p(-4 * wide * wide);
    expect(klDivergence([0.5, 0.5], [0.5 + wide, 0.5 - wide]) / exact).toBeCloseTo(1, 14);
  });
});

describe("the digit example", () => {
  const { onehot, outputs } = digit;

  test("S13: outputs that sum to 5.04 are no distribution", () => {
    for (const f of [crossEntropy, klDivergence]) {
      expect(() => f(onehot, outputs)).toThrow(RangeError);
      expect(() => f(onehot, outputs)).toThrow(/"q" expected a sum of 1.*got 5\.04/);
      expect(() => f(outputs, onehot)).toThrow(/"p"/);
      expect(Math.abs(f(onehot, outputs, { check: false }) - digit.cross_entropy_raw)).toBeLessThan(1e-16);
      expect(Math.abs(f(onehot, outputs, { normalize: true }) - digit.cross_entropy_normalised)).toBeLessThan(1e-15);
    }
    expect(crossEntropy(onehot, outputs, { check: false })).toBeCloseTo(0.2231, 4);
    expect(crossEntropy(onehot, outputs, { normalize: true })).toBeCloseTo(1.8405, 4);
    expect(Math.abs(entropy(outputs, { normalize: true }) - digit.entropy_of_normalised)).toBeLessThan(1e-15);
  });

  test("S12: nats by default, bits by base 2, not symmetric", () => {
    const bits = crossEntropy(onehot, outputs, { check: false, base: 2 });
    expect(Math.abs(bits - digit.cross_entropy_raw_bits)).toBeLessThan(1e-16);
    expect(crossEntropy([0.5, 0.5], [0.9, 0.1])).not.toBe(crossEntropy([0.9, 0.1], [0.5, 0.5]));
    expect(entropy([0.25, 0.25, 0.25, 0.25], { base: 2 })).toBe(2);
    expect(entropy([0.25, 0.25, 0.25, 0.25], { base: 0.5 })).toBe(-2);
    expect(entropy([0.1, 0.9], { base: 10 })).toBeCloseTo(0.1 + 0.9 * 0.0457574905606751, 15);
  });
});

describe("S11: cross-entropy = entropy + relative entropy", () => {
  test.each([2, 3, 10, 64, 1000, 1024, 1025, 5000])("k = %i", (k) => {
    const generator = random(11, k);
    for (let i = 0; i < 40; i++) {
      const p = i === 0 ? new Float64Array(k).fill(1 / k) : distribution(generator, k, 1 + (i % 4) * 3);
      const q = distribution(generator, k, 1 + (i % 3) * 5);
      const [h, cross, kl] = [entropy(p), crossEntropy(p, q), klDivergence(p, q)];
      const weight = p.reduce((s, pi, j) => s + pi * (1 - Math.log(pi) - Math.log(q[j]!)), 0);
      const bound = (4 + Math.log2(k)) * UNIT * weight;
      expect(Math.abs(cross - h - kl)).toBeLessThanOrEqual(bound);
      expect(cross).toBeGreaterThanOrEqual(h - bound);
      expect(kl).toBeGreaterThan(0);
      expect(klDivergence(p, p)).toBe(0);
      expect(Math.abs(crossEntropy(p, p) - h)).toBeLessThanOrEqual(bound);
    }
  });

  test("also for numbers that only sum to 1 roughly, and for Float32Array", () => {
    const p = Float32Array.of(0.1, 0.2, 0.7);
    const q = Float32Array.of(0.3, 0.3, 0.4);
    expect(Math.abs(crossEntropy(p, q) - entropy(p) - klDivergence(p, q))).toBeLessThan(1e-15);
    const [a, b] = [
      [0.3, 0.2],
      [0.1, 4],
    ];
    const raw = { check: false };
    const gap = crossEntropy(a!, b!, raw) - entropy(a!, raw) - klDivergence(a!, b!, raw);
    expect(Math.abs(gap)).toBeLessThan(1e-15);
  });

  test("relative entropy is never negative", () => {
    const generator = random(5);
    for (let i = 0; i < 2000; i++) {
      const p = distribution(generator, 2 + (i % 30), 1);
      const size = Math.pow(10, -1 - (i % 16));
      const q = p.map((x) => x * (1 + size * generator.uniform()));
      const total = q.reduce((a, b) => a + b, 0);
      expect(
        klDivergence(
          p,
          q.map((x) => x / total),
        ),
      ).toBeGreaterThanOrEqual(0);
    }
  });

  test("0·log 0 = 0 and q = 0 < p costs +∞", () => {
    expect(entropy([0, 1])).toBe(0);
    expect(Object.is(crossEntropy([1], [1]), 0)).toBe(true);
    expect(crossEntropy([0, 1], [0, 1])).toBe(0);
    expect(klDivergence([0, 1], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
    expect(crossEntropy([0.5, 0.5], [0, 1])).toBe(Infinity);
    expect(klDivergence([0.5, 0.5], [0, 1])).toBe(Infinity);
    expect(klDivergence([0.5, 0.5], [0, 1], { base: 2 })).toBe(Infinity);
  });

  test("ratios beyond the range of a double", () => {
    expect(klDivergence([1, 0], [5e-324, 1])).toBeCloseTo(744.4400719213812, 10);
    expect(klDivergence([5e-324, 1], [1, 0])).toBe(Infinity);
    expect(klDivergence([1e-320, 1], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
  });
});

describe("hostile input", () => {
  const functions = [
    (p: never, options?: never) => entropy(p, options),
    (p: never, options?: never) => crossEntropy(p, [0.5, 0.5] as never, options),
    (p: never, options?: never) => klDivergence([0.5, 0.5] as never, p, options),
  ];

  test.each(functions)("is refused", (f) => {
    for (const bad of [undefined, null, "ab", 1, {}, [0.5, "0.5"], [0.5, undefined], [1n, 0n], [[0.5], [0.5]]]) {
      expect(() => f(bad as never)).toThrow(TypeError);
    }
    expect(() => f([0.5, , 0.5] as never)).toThrow(TypeError);
    for (const bad of [
      [-0.5, 1.5],
      [0.5, NaN],
      [Infinity, 0.5],
      [0.5, 0.6],
      [0.4, 0.5],
    ]) {
      expect(() => f(bad as never)).toThrow(RangeError);
    }
    expect(() => f([0.5, NaN] as never, { check: false } as never)).toThrow(/at row 1$/);
    expect(() => f([0, 0] as never, { normalize: true } as never)).toThrow(RangeError);
    expect(() => f([1e308, 1e308] as never, { normalize: true } as never)).toThrow(RangeError);
    for (const base of [0, 1, -2, NaN, Infinity]) {
      expect(() => f([0.5, 0.5] as never, { base } as never)).toThrow(/"base"/);
    }
    for (const bad of [{ base: "2" }, { normalise: true }, { check: 0 }, { normalize: "yes" }, 2, null]) {
      expect(() => f([0.5, 0.5] as never, bad as never)).toThrow(TypeError);
    }
  });

  test("lengths must match, an empty vector sums to 0", () => {
    expect(() => crossEntropy([1], [0.5, 0.5])).toThrow(/"q" expected 1/);
    expect(() => klDivergence([0.5, 0.5], [1])).toThrow(RangeError);
    expect(() => entropy([])).toThrow(/got 0/);
  });

  test("inputs stay as they were", () => {
    const p = Float64Array.of(1, 3);
    const q = [2, 2];
    klDivergence(p, q, { normalize: true });
    expect([...p, ...q]).toEqual([1, 3, 2, 2]);
  });

  test("scaling does not matter once normalised", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 })), { minLength: 1 }),
        fc.integer({ min: -60, max: 60 }),
        (pairs, exponent) => {
          const p = pairs.map(([a]) => a);
          const q = pairs.map(([, b]) => b);
          const scaled = p.map((a) => a * Math.pow(2, exponent));
          const normalize = { normalize: true };
          expect(klDivergence(scaled, q, normalize)).toBe(klDivergence(p, q, normalize));
        },
      ),
    );
  });
});

describe("gradients", () => {
  const free = { check: false };
  const away = (generator: { uniform(): number }, k: number): Float64Array =>
    distribution(generator, k, 1).map((value) => value + 0.05);

  /** The fourth-order central difference by entry i. */
  function slope(f: (x: Float64Array) => number, x: Float64Array, i: number): number {
    const h = 2 ** -12;
    const at = (step: number): number => f(Float64Array.from(x, (value, j) => (j === i ? value + step : value)));
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  }

  test("are the slopes of the values, in any base", () => {
    const generator = random(12);
    for (const base of [undefined, 2, 10]) {
      const options = base === undefined ? free : { ...free, base };
      const p = away(generator, 5);
      const q = away(generator, 5);
      for (let i = 0; i < 5; i++) {
        expect(entropyGradient(p, options)[i]).toBeCloseTo(
          slope((x) => entropy(x, options), p, i),
          8,
        );
        for (const [value, gradient] of [
          [crossEntropy, crossEntropyGradient],
          [klDivergence, klDivergenceGradient],
          [jensenShannonDivergence, jensenShannonDivergenceGradient],
        ] as const) {
          const both = gradient(p, q, options);
          expect(both.p[i], value.name).toBeCloseTo(
            slope((x) => value(x, q, options), p, i),
            7,
          );
          expect(both.q[i], value.name).toBeCloseTo(
            slope((x) => value(p, x, options), q, i),
            7,
          );
        }
      }
    }
  });

  test("at the smallest numbers", () => {
    const tiny = 5e-324;
    const { p, q } = jensenShannonDivergenceGradient([tiny, 1], [0, 1]);
    expect(p[0]).toBeCloseTo(0.5 * Math.LN2, 15);
    expect(q[0]).toBe(-Infinity);
    expect(jensenShannonDivergenceGradient([tiny], [tiny], free)).toEqual({
      p: Float64Array.of(0),
      q: Float64Array.of(0),
    });
  });

  test("at zeros", () => {
    expect(entropyGradient([0, 1])).toEqual(Float64Array.of(Infinity, -1));
    expect(crossEntropyGradient([0, 1], [1, 0])).toEqual({
      p: Float64Array.of(-0, Infinity),
      q: Float64Array.of(0, -Infinity),
    });
    expect(klDivergenceGradient([0, 1, 0], [1, 0, 0]).p).toEqual(Float64Array.of(-Infinity, Infinity, NaN));
    expect(jensenShannonDivergenceGradient([0, 1, 0], [1, 0, 0]).p).toEqual(
      Float64Array.of(-Infinity, 0.5 * Math.LN2, 0),
    );
  });
});

describe("Jensen–Shannon divergence", () => {
  test("is symmetric, between 0 and ln 2, and half of two relative entropies", () => {
    const generator = random(13);
    for (let i = 0; i < 300; i++) {
      const k = 2 + (i % 40);
      const p = distribution(generator, k, 1 + (i % 5));
      const q = distribution(generator, k, 1 + (i % 7));
      const middle = p.map((value, j) => (value + q[j]!) / 2);
      const js = jensenShannonDivergence(p, q);
      expect(js).toBe(jensenShannonDivergence(q, p));
      expect(js).toBeGreaterThan(0);
      expect(js).toBeLessThanOrEqual(Math.LN2);
      const halves = (klDivergence(p, middle) + klDivergence(q, middle)) / 2;
      expect(Math.abs(js - halves)).toBeLessThan(1e-15);
    }
    expect(jensenShannonDivergence([1, 0], [0, 1])).toBe(Math.LN2);
    expect(jensenShannonDivergence([0.2, 0.8], [0.2, 0.8])).toBe(0);
  });

  test("of neighbours keeps its digits", () => {
    const delta = 2 ** -30;
    // JS = ½ Σ ((δ/2)²/p) + ... = δ²/2 for p = (½, ½) ± δ.
    expect(jensenShannonDivergence([0.5, 0.5], [0.5 + delta, 0.5 - delta]) / (0.5 * delta * delta)).toBeCloseTo(1, 8);
  });
});
