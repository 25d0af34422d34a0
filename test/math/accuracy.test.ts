import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expFlushedOne } from "../../src/backend/typescript/math/exp.js";
import { log1pUnitOne } from "../../src/backend/typescript/math/log1p.js";
import { functions } from "./functions.js";
import { WasmMath } from "./wasm.js";

interface Fixture {
  readonly x: readonly (number | string)[];
  readonly y: readonly (number | string)[];
}

function fixture(name: string): { x: Float64Array; y: Float64Array } {
  const url = new URL(`../fixtures/primitives/${name.toLowerCase()}.json`, import.meta.url);
  const { x, y } = JSON.parse(readFileSync(url, "utf8")) as Fixture;
  return { x: Float64Array.from(x, Number), y: Float64Array.from(y, Number) };
}

/** Numbers in order of size: neighbours are 1 apart, −0 is 0. */
function position(x: number): bigint {
  const bits = new BigInt64Array(new Float64Array([x]).buffer)[0];
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** Points where `got` is further from the correctly rounded `y` than `ulp` representable steps, in words. */
function misses(x: Float64Array, y: Float64Array, got: Float64Array, ulp: number, signedZero: boolean): string[] {
  const found: string[] = [];
  y.forEach((expected, i) => {
    const steps = position(got[i]) - position(expected);
    const near = steps <= ulp && -steps <= ulp;
    const finite = Number.isFinite(expected) && Number.isFinite(got[i]);
    const zero = expected === 0 && x[i] === 0 && signedZero;
    const good = finite && !zero ? near : Object.is(got[i], expected);
    if (!good) found.push(`x = ${x[i]}: expected ${expected}, got ${got[i]}`);
  });
  return found;
}

describe.each(functions)("$name is within $ulp ulp", ({ name, twin, ulp, signedZero }) => {
  const { x, y } = fixture(name);
  test("twin", () => {
    const out = new Float64Array(x.length);
    twin(x.length, x, out);
    expect(misses(x, y, out, ulp, signedZero)).toEqual([]);
  });
  test("wasm", () => {
    expect(misses(x, y, new WasmMath(x.length).apply(name, x), ulp, signedZero)).toEqual([]);
  });
});

test("exp with flushed results is within 1 ulp down to −690 and 0 below", () => {
  const { x, y } = fixture("exp");
  const inside = [...x.keys()].filter((i) => x[i] <= 0 && x[i] >= -690);
  const pick = (values: Float64Array) => Float64Array.from(inside, (i) => values[i]);
  expect(misses(pick(x), pick(y), pick(x).map(expFlushedOne), 1, false)).toEqual([]);
  expect(x.filter((value) => value < -690).every((value) => Object.is(expFlushedOne(value), 0))).toBe(true);
  expect(expFlushedOne(NaN)).toBeNaN();
});

test("log1p on [0, 1] is within 1 step", () => {
  const { x, y } = fixture("log1p");
  const inside = [...x.keys()].filter((i) => x[i] >= 0 && x[i] <= 1);
  const pick = (values: Float64Array) => Float64Array.from(inside, (i) => values[i]);
  expect(inside.length).toBeGreaterThan(100);
  expect(misses(pick(x), pick(y), pick(x).map(log1pUnitOne), 1, false)).toEqual([]);
  expect(log1pUnitOne(NaN)).toBeNaN();
});
