import { describe, expect, test } from "vitest";
import { functions } from "./functions.js";
import { WasmMath } from "./wasm.js";

/** Where something changes: zeros, ends of the range, cutoffs, ends of table bins; each with its neighbours and negative. */
const special = neighbours([
  0,
  5e-324,
  2.2250738585072014e-308,
  1e-300,
  2 ** -54,
  2 ** -53,
  2 ** -28,
  0.0625,
  0.25,
  0.5,
  0.55,
  0.75,
  1,
  2,
  22,
  36.7,
  37,
  44,
  60,
  650,
  690,
  704,
  708.3964185322641,
  709.782712893384,
  745.1332191019412,
  750,
  1e300,
  1.7976931348623157e308,
  Infinity,
  NaN,
  Math.SQRT1_2,
  Math.SQRT2,
  0.708984375,
  1.41796875,
  253 / 256,
  131 / 128,
]);

function neighbours(values: readonly number[]): Float64Array {
  const all = values.flatMap((value) => {
    const bits = new BigInt64Array(new Float64Array([value]).buffer)[0];
    const around = new BigInt64Array([bits - 1n, bits, bits + 1n]);
    return [...new Float64Array(around.buffer)].flatMap((x) => [x, -x]);
  });
  return Float64Array.from(all);
}

/** Bit patterns from a 32-bit linear congruential generator. */
function patterns(count: number): Float64Array {
  const words = new Uint32Array(2 * count);
  let state = 20240229;
  for (let i = 0; i < words.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    words[i] = state ^ (state >>> 15);
  }
  return new Float64Array(words.buffer);
}

/** As many points spread evenly from `low` to `high`. */
function grid(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / count);
}

/** The first few points where the bits differ; `Object.is` tells all bits apart except those of two NaNs. */
function differences(x: Float64Array, a: Float64Array, b: Float64Array): string[] {
  const found: string[] = [];
  for (let i = 0; i < x.length && found.length < 10; i++) {
    if (!Object.is(a[i], b[i])) found.push(`x = ${x[i]}: twin ${a[i]}, wasm ${b[i]}`);
  }
  return found;
}

describe.each(functions)("$name has the same bits on both backends", ({ name, twin }) => {
  const same = (wasm: WasmMath, x: Float64Array, inPlace = false) => {
    const out = inPlace ? x.slice() : new Float64Array(x.length);
    twin(x.length, inPlace ? out : x, out);
    expect(differences(x, out, wasm.apply(name, x, inPlace))).toEqual([]);
  };

  test("at special values, in every lane", () => {
    const wasm = new WasmMath(special.length);
    same(wasm, special);
    same(wasm, special.subarray(1));
  });

  test("for lengths 0 to 33, in place and at any address", () => {
    for (const misalignment of [0, 1, 4, 8, 12]) {
      const wasm = new WasmMath(64, misalignment);
      for (let n = 0; n <= 33; n++) {
        const x = grid(-3, 4, 33).subarray(0, n);
        same(wasm, x);
        same(wasm, x, true);
      }
    }
  });

  test("on grids", () => {
    const wasm = new WasmMath(100_001);
    for (const [low, high] of [
      [-760, 760],
      [-40, 40],
      [-1, 1],
      [0, 1],
      [0.98, 1.02],
      [0.45, 0.55],
    ]) {
      same(wasm, grid(low, high, 100_001));
    }
  });

  test("at a million bit patterns", () => {
    same(new WasmMath(1_000_000), patterns(1_000_000));
  });
});
