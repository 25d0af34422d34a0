/** Zeros, infinities, poles, NaN and what lies outside the domains: never an error, and the value that the docstring says. */
import { describe, expect, it } from "vitest";
import * as special from "../../src/special/index.js";

const POW_VALUES = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e300, -1e300, 5e-324, -5e-324, 9007199254740993];
const STRANGE = [...POW_VALUES, Infinity, -Infinity, NaN, 1e-300, 710, -745.2, 1e10];

const takesArrays = (f: (...all: never[]) => unknown): boolean => {
  try {
    return f(...([[0.5]] as never[])) instanceof Float64Array;
  } catch {
    return false;
  }
};

describe("values", () => {
  it.each<[string, readonly number[], number]>([
    ["lgamma", [0], Infinity],
    ["lgamma", [-0], Infinity],
    ["lgamma", [-3], Infinity],
    ["lgamma", [-Infinity], Infinity],
    ["lgamma", [1], 0],
    ["lgamma", [2], 0],
    ["digamma", [0], -Infinity],
    ["digamma", [-0], Infinity],
    ["digamma", [-1], NaN],
    ["digamma", [-Infinity], NaN],
    ["trigamma", [0], Infinity],
    ["trigamma", [-4], Infinity],
    ["trigamma", [-Infinity], NaN],
    ["erf", [-0], -0],
    ["erf", [5e-324], 5e-324],
    ["erfcx", [-Infinity], Infinity],
    ["normalLogCdf", [-Infinity], -Infinity],
    ["normalLogCdf", [-1e200], -Infinity],
    ["normalQuantile", [0], -Infinity],
    ["normalQuantile", [1], Infinity],
    ["normalQuantile", [0.5], 0],
    ["normalQuantile", [-1e-300], NaN],
    ["normalQuantile", [1.0000000000000002], NaN],
    ["sin", [-0], -0],
    ["sin", [Infinity], NaN],
    ["cos", [-Infinity], NaN],
    ["atan", [-0], -0],
    ["gammaP", [0, 0], NaN],
    ["gammaP", [0, 1], 1],
    ["gammaQ", [0, 1], 0],
    ["gammaP", [Infinity, 1], 0],
    ["gammaP", [2, -1], NaN],
    ["gammaP", [-1, 2], NaN],
    ["gammaPInverse", [2, 1.5], NaN],
    ["gammaPInverse", [0, 0.5], NaN],
    ["gammaQInverse", [2, 0], Infinity],
    ["betaP", [0, 2, 3], 0],
    ["betaP", [1, 2, 3], 1],
    ["betaQ", [1, 2, 3], 0],
    ["betaP", [1.5, 2, 3], NaN],
    ["betaP", [0.5, 0, 3], NaN],
    ["betaPInverse", [-0.5, 2, 3], NaN],
    ["betaQInverse", [0, 2, 3], 1],
    ["logBeta", [0, 3], Infinity],
    ["logBeta", [3, Infinity], -Infinity],
    ["logBeta", [0, Infinity], NaN],
    ["logBeta", [-1, 3], NaN],
    ["studentTCdf", [0, 3], 0.5],
    ["studentTCdf", [1, 0], NaN],
    ["studentTQuantile", [0.5, 3], 0],
    ["studentTQuantile", [2, 3], NaN],
    ["chiSquaredCdf", [-1, 3], 0],
    ["chiSquaredSurvival", [-1, 3], 1],
    ["chiSquaredSurvival", [1, 0], NaN],
    ["fCdf", [0, 3, 4], 0],
    ["fCdf", [-1, 3, 4], 0],
    ["fCdf", [Infinity, 3, 4], 1],
    ["fCdf", [0, -3, 4], NaN],
    ["fSurvival", [1, 3, Infinity], NaN],
  ])("%s(%j) = %d", (name, values, expected) => {
    const f = special[name as "pow"] as (...all: readonly number[]) => number;
    const got = f(...values);
    expect(Object.is(got, expected) || (got === expected && expected === 0), String(got)).toBe(true);
  });

  it("sign of zero", () => {
    for (const f of [special.erf, special.sin, special.atan]) expect(f(-0)).toBe(-0);
  });

  it("a power of 1 is 1, however large", () => {
    for (const y of [1e300, -1.5e300, 1e301, 1.79e308, -1.79e308]) expect(special.pow(1, y)).toBe(1);
    expect(special.pow(-1, 1e301)).toBe(1);
  });

  it("pow has ECMAScript's special values", () => {
    const special_ = (y: number): boolean => y === 0 || !Number.isFinite(y) || Number.isNaN(y);
    let compared = 0;
    for (const x of STRANGE) {
      for (const y of STRANGE) {
        const theirs = Math.pow(x, y);
        if (!special_(theirs) && theirs !== 1) continue;
        compared++;
        expect(special.pow(x, y), `${x} to ${y}`).toBe(theirs);
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  it("NaN in any place gives NaN, whatever else is there; nothing throws", () => {
    for (const [name, f] of Object.entries(special) as [string, (...all: number[]) => number][]) {
      const count = takesArrays(f) ? 1 : f.length;
      for (let place = 0; place < count; place++) {
        for (const other of [0.25, 1, 3]) {
          const values = Array.from({ length: count }, (_, i) => (i === place ? NaN : other));
          expect(f(...values), `${name}(${values.join()})`).toBeNaN();
        }
      }
      for (const a of STRANGE) for (const b of STRANGE) f(...[a, b, 2].slice(0, count));
    }
  });

  it("arrays give the same bits as numbers, into `out` too, also the input itself", () => {
    const x = Float64Array.from(STRANGE);
    const expected = Float64Array.from(x, (value) => special.erfc(value));
    expect(special.erfc(STRANGE)).toEqual(expected);
    expect(special.erfc(x, { out: x })).toBe(x);
    expect(x).toEqual(expected);
    expect(() => special.erfc(x, { out: new Float64Array(1) })).toThrow(RangeError);
    expect(() => special.pow("2" as never, 1)).toThrow(TypeError);
  });
});
