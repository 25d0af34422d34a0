import { describe, expect, test } from "vitest";
import { random, threefry } from "../src/random.js";

function block(counter: readonly [number, number], key: readonly [number, number]): string {
  const out = new Uint32Array(2);
  threefry(counter[0], counter[1], key[0], key[1], out);
  return [...out].map((word) => word.toString(16).padStart(8, "0")).join(" ");
}

/** Pearson's statistic of counts against equal expectations. */
function chiSquare(counts: ArrayLike<number>): number {
  const all = Array.from(counts);
  const expected = all.reduce((a, b) => a + b, 0) / all.length;
  return all.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
}

function words(generator: { uint32(): number }, n: number): number[] {
  return Array.from({ length: n }, () => generator.uint32());
}

describe("Threefry-2x32-20", () => {
  test("known answers published with Random123", () => {
    expect(block([0, 0], [0, 0])).toBe("6b200159 99ba4efe");
    expect(block([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff])).toBe("1cb996fc bb002be7");
    expect(block([0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344])).toBe("c4923a9c 483df7a0");
  });

  test("seed 0, stream 0 starts with the block of zeros", () => {
    expect(words(random(0), 2)).toEqual([0x6b200159, 0x99ba4efe]);
  });

  test("streams and seeds differ in every bit of theirs", () => {
    const firsts = new Set<string>();
    const seeds = Array.from({ length: 53 }, (_, bit) => Number(1n << BigInt(bit)));
    const streams = Array.from({ length: 32 }, (_, bit) => Number(1n << BigInt(bit)));
    for (const seed of [0, ...seeds]) firsts.add(words(random(seed), 2).join());
    for (const stream of streams) firsts.add(words(random(0, stream), 2).join());
    for (const stream of streams) firsts.add(words(random(Number.MAX_SAFE_INTEGER, stream), 2).join());
    expect(firsts.size).toBe(1 + 53 + 32 + 32);
  });

  test("the position carries into the high word of the counter", () => {
    const json = { version: 1, type: "random", seed: 7, stream: 0, position: 0 } as const;
    const far = words(random.from({ ...json, position: 2 * 4294967296 }), 2);
    expect(far).not.toEqual(words(random(7), 2));
    expect(far.map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(block([0, 1], [7, 0]));
  });

  test("refuses to run past the end of a stream", () => {
    const last = random.from({ version: 1, type: "random", seed: 7, stream: 3, position: 0x1000_0000_0000 - 1 });
    last.uint32();
    expect(() => last.uint32()).toThrow(RangeError);
  });
});

describe("uniform", () => {
  test("is built from two words", () => {
    const [high, low] = words(random(5), 2) as [number, number];
    expect(random(5).uniform()).toBe(((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992);
  });

  test("fills [0, 1) evenly", () => {
    const generator = random(2024);
    const counts = new Array<number>(1000).fill(0);
    let lowest = 1;
    let highest = 0;
    for (let i = 0; i < 1_000_000; i++) {
      const u = generator.uniform();
      lowest = Math.min(lowest, u);
      highest = Math.max(highest, u);
      counts[Math.floor(u * 1000)]!++;
    }
    expect(lowest).toBeGreaterThanOrEqual(0);
    expect(highest).toBeLessThan(1);
    // 999 degrees of freedom: standard deviation 44.7; ±4 of them.
    expect(Math.abs(chiSquare(counts) - 999)).toBeLessThan(179);
  });

  test("is even in the last bits too, and neighbours are not correlated", () => {
    const generator = random(1);
    const counts = new Array<number>(1024).fill(0);
    let previous = generator.uniform();
    let covariance = 0;
    const n = 200_000;
    for (let i = 0; i < n; i++) {
      const u = generator.uniform();
      counts[(u * 9007199254740992) % 1024]!++;
      covariance += (u - 0.5) * (previous - 0.5);
      previous = u;
    }
    expect(Math.abs(chiSquare(counts) - 1023)).toBeLessThan(181);
    expect(Math.abs(covariance / n) * 12).toBeLessThan(4 / Math.sqrt(n));
  });
});

describe("integer", () => {
  test("is the high half of word · bound, with the rejections that make it unbiased", () => {
    for (const bound of [1, 2, 3, 10, 65535, 65536, 65537, 1 << 20, 3 * (1 << 29), 4294967295, 4294967296]) {
      const raw = random(11, bound % 1000);
      const generator = random(11, bound % 1000);
      for (let i = 0; i < 200; i++) {
        let product: bigint;
        do product = BigInt(raw.uint32()) * BigInt(bound);
        while ((product & 0xffffffffn) < 4294967296n % BigInt(bound));
        expect(generator.integer(bound)).toBe(Number(product >> 32n));
      }
      expect(generator.toJSON().position).toBe(raw.toJSON().position);
    }
  });

  test("has no bias where plain multiplication has a large one", () => {
    const bound = 3 * 1024 * 1024 * 1024;
    const generator = random(99);
    const counts = [0, 0, 0];
    for (let i = 0; i < 300_000; i++) counts[generator.integer(bound) % 3]!++;
    expect(chiSquare(counts)).toBeLessThan(18); // 2 degrees of freedom: p = 1.2e-4
  });

  test("refuses what is no bound", () => {
    for (const bound of [0, -1, 1.5, NaN, Infinity, 4294967297]) {
      expect(() => random(1).integer(bound)).toThrow(RangeError);
    }
    expect(() => random(1).integer("3" as unknown as number)).toThrow(TypeError);
  });
});

describe("shuffle and permutation", () => {
  test("every order is as probable as any other", () => {
    const generator = random(31);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const key = generator.shuffle(["a", "b", "c", "d"]).join("");
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(52); // 23 degrees of freedom: p = 5e-4
  });

  test("work in place, on arrays and typed arrays alike", () => {
    const plain = [0, 1, 2, 3, 4, 5, 6, 7];
    const typed = Float64Array.from(plain);
    expect(random(3).shuffle(plain)).toBe(plain);
    expect([...random(3).shuffle(typed)]).toEqual(plain);
    expect([...random(3).permutation(8)]).toEqual(plain);
    expect(random(3).permutation(0)).toEqual(new Uint32Array(0));
    expect([...random(3).permutation(1000)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  test("refuse other things and leave them as they were", () => {
    const frozen = Object.freeze([1, 2, 3]) as number[];
    expect(() => random(1).shuffle(frozen)).toThrow(TypeError);
    expect(frozen).toEqual([1, 2, 3]);
    for (const other of ["abc", { length: 2 }, null, new DataView(new ArrayBuffer(8))]) {
      expect(() => random(1).shuffle(other as unknown as unknown[])).toThrow(TypeError);
    }
    for (const n of [-1, 0.5, NaN, 4294967296]) expect(() => random(1).permutation(n)).toThrow(RangeError);
  });
});

describe("JSON", () => {
  test("goes on at the same place, whatever was drawn before", () => {
    for (let drawn = 0; drawn < 5; drawn++) {
      const generator = random(123456789012345, 77);
      words(generator, drawn);
      const copy = random.from(JSON.parse(JSON.stringify(generator)));
      expect(copy.toJSON()).toEqual(generator.toJSON());
      expect(words(random.from(JSON.stringify(generator)), 9)).toEqual(words(copy, 9));
      expect(copy.toJSON().position).toBe(drawn + 9);
    }
  });

  test("a sequence cut into slices is the sequence", () => {
    const whole = words(random(8, 2), 64);
    let state = random(8, 2).toJSON();
    const slices: number[] = [];
    for (const length of [1, 2, 3, 5, 8, 13, 32]) {
      const generator = random.from(state);
      slices.push(...words(generator, length));
      state = generator.toJSON();
    }
    expect(slices).toEqual(whole);
  });

  test("refuses bad seeds, streams and states", () => {
    for (const seed of [-1, 0.5, NaN, Infinity, 9007199254740992]) expect(() => random(seed)).toThrow(RangeError);
    for (const seed of [undefined, "1", null]) expect(() => random(seed as unknown as number)).toThrow(TypeError);
    for (const stream of [-1, 0.5, 4294967296]) expect(() => random(1, stream)).toThrow(RangeError);
    const state = random(1).toJSON();
    for (const bad of [undefined, null, 3, { ...state, extra: 1 }, { ...state, seed: "1" }]) {
      expect(() => random.from(bad as typeof state)).toThrow(TypeError);
    }
    for (const bad of [
      { ...state, type: "fit" },
      { ...state, version: 2 },
      { ...state, position: -1 },
    ]) {
      expect(() => random.from(bad as typeof state)).toThrow(RangeError);
    }
  });
});
