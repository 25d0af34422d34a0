import fc from "fast-check";
import { expect, test } from "vitest";
import { addScaled, dot, dotRange, isFinite, norm2, normInfinity, scale } from "../../src/linalg/vector.js";

const vector = (...values: number[]): Float64Array => Float64Array.from(values);

test("a dot product keeps four slots and combines them crosswise", () => {
  const x = vector(1, 2 ** 53, 1, -(2 ** 53), 1, 0, 1);
  const ones = new Float64Array(7).fill(1);
  // Slots: 1 + 1, 2⁵³, 1 + 1, −2⁵³. A running sum would lose the first 1s.
  expect(dot(x, ones)).toBe(4);
  for (let n = 0; n <= 9; n++) {
    const y = Float64Array.from({ length: n }, (_, i) => 10 ** (i % 5) + i / 7);
    const s = [0, 0, 0, 0];
    y.forEach((value, i) => (s[i % 4]! += value * value));
    expect(dot(y, y)).toBe(s[0]! + s[2]! + (s[1]! + s[3]!));
  }
});

test("a dot product of ranges reads only the ranges", () => {
  expect(dotRange(vector(9, 1, 2, 9), 1, vector(9, 9, 3, 4), 2, 2)).toBe(11);
});

test("addScaled and scale work in place", () => {
  const y = vector(1, 2);
  addScaled(2, vector(10, 20), y);
  expect(y).toEqual(vector(21, 42));
  scale(-1, y);
  expect(y).toEqual(vector(-21, -42));
});

test("norms", () => {
  expect(normInfinity(vector())).toBe(0);
  expect(normInfinity(vector(1, -3, 2))).toBe(3);
  expect(normInfinity(vector(1, NaN, 2))).toBeNaN();
  expect(normInfinity(vector(NaN, Infinity))).toBeNaN();
  expect(norm2(vector(3, 4))).toBe(5);
  expect(norm2(vector(3e200, 4e200))).toBeCloseTo(5e200, -188);
  expect(norm2(vector(3e-200, 4e-200))).toBeGreaterThan(4.99e-200);
  expect(norm2(vector(1, -Infinity))).toBe(Infinity);
  expect([isFinite(vector(1, 2)), isFinite(vector(1, NaN)), isFinite(vector(-Infinity))]).toEqual([true, false, false]);
});

test("the Euclidean norm has the accuracy of its definition at any scale", () => {
  const element = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(element, { maxLength: 9 }), fc.integer({ min: -900, max: 900 }), (values, exponent) => {
      const x = Float64Array.from(values, (v) => (Math.abs(v) < 1e-9 ? 0 : v));
      const scaled = Float64Array.from(x, (v) => v * 2 ** exponent);
      const reference = Math.hypot(...x) * 2 ** exponent;
      expect(Math.abs(norm2(scaled) - reference)).toBeLessThanOrEqual(1e-15 * reference);
    }),
  );
});
