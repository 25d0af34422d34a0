import { describe, expect, test } from "vitest";
import { bits, exactDot, preciseSum, ulp, within } from "./support.js";

describe("what other tests lean on", () => {
  test("ulp", () => {
    expect(ulp(1)).toBe(2 ** -52);
    expect(ulp(-1.999)).toBe(2 ** -52);
    expect(ulp(2)).toBe(2 ** -51);
    expect(ulp(0)).toBe(5e-324);
    expect(ulp(1.7976931348623157e308)).toBe(2 ** 971);
    for (let e = -1021; e < 1023; e += 13) expect(ulp(2 ** e)).toBe(2 ** (e - 52));
  });

  test("dot products are exact", () => {
    expect(exactDot([1, 2 ** 53, -(2 ** 53)], [1, 1, 1])).toBe(1);
    expect(exactDot([0.1, -0.1], [3, 3])).toBe(0);
    expect(exactDot([0.1, -0.3], [3, 1])).toBe(2 ** -55);
    expect(exactDot([1e300, 0.5], [1, 3])).toBe(1e300);
    expect(exactDot([3, 1e-200], [-0.25, 1e-100])).toBe(-0.75);
    expect(exactDot([1, -1, 1e-300], [1e10, 1e10, 1])).toBe(1e-300);
  });

  test("bits tell apart what numbers do not", () => {
    expect(bits(0)).not.toBe(bits(-0));
    expect(bits([1, 2], 3)).not.toBe(bits([1, 2 + 2 ** -51], 3));
    expect(bits(NaN)).toBe(bits(0 / 0));
  });

  test("a precise sum and a bound", () => {
    expect(preciseSum([1e16, 1, -1e16, 1])).toBe(2);
    expect(() => within(1, 2, 0.5)).toThrow(/off by 1/);
    expect(() => within(NaN, 2, 0.5)).toThrow();
    within(Infinity, Infinity, 0);
  });
});
