import fc from "fast-check";
import { expect, test } from "vitest";
import { applyInverse, forget, newPairs, remember } from "../../src/optimizers/curvaturePairs.js";

const of = (...values: number[]): Float64Array => Float64Array.from(values);

function inverse(pairs: ReturnType<typeof newPairs>, gradient: Float64Array): number[] {
  const direction = new Float64Array(gradient.length);
  applyInverse(pairs, gradient, direction);
  return Array.from(direction, (value) => 0 - value);
}

test("without pairs the inverse Hessian is the identity", () => {
  expect(inverse(newPairs(3, 2), of(2, -3))).toEqual([2, -3]);
});

test("the newest gradient change is mapped to its step", () => {
  const entry = fc.double({ min: -4, max: 4, noNaN: true });
  const three = fc.tuple(entry, entry, entry);
  fc.assert(
    fc.property(fc.array(three, { minLength: 1, maxLength: 7 }), (steps) => {
      const pairs = newPairs(3, 3);
      for (const [a, b, c] of steps) {
        // H = [[2, 1, 0], [1, 3, 1], [0, 1, 4]]
        const change = of(2 * a + b, a + 3 * b + c, b + 4 * c);
        const before = pairs.count;
        remember(pairs, of(a, b, c), change);
        const size = Math.abs(a) + Math.abs(b) + Math.abs(c);
        if (!(size > 1e-6)) continue;
        expect(pairs.count).toBe(Math.min(before + 1, 3));
        inverse(pairs, change).forEach((value, j) => expect(value).toBeCloseTo([a, b, c][j]!, 9));
      }
    }),
  );
});

test("pairs without useful curvature are not kept", () => {
  const pairs = newPairs(2, 2);
  for (const [step, change] of [
    [of(1, 0), of(-1, 0)],
    [of(1, 0), of(0, 1)],
    [of(1, 0), of(1e-11, 1)],
    [of(1, 0), of(0, 0)],
    [of(0, 0), of(1, 1)],
    [of(1, 0), of(NaN, 1)],
  ] as const) {
    remember(pairs, step, change);
    expect(pairs.count).toBe(0);
  }
  remember(pairs, of(1, 0), of(1e-9, 1));
  expect(pairs.count).toBe(1);
});

test("the oldest pair goes first, and all can be forgotten", () => {
  const pairs = newPairs(2, 3);
  remember(pairs, of(1, 0, 0), of(2, 0, 0));
  remember(pairs, of(0, 1, 0), of(0, 4, 0));
  expect(inverse(pairs, of(2, 4, 0))).toEqual([1, 1, 0]);
  remember(pairs, of(0, 0, 1), of(0, 0, 8));
  expect(inverse(pairs, of(8, 4, 8))).toEqual([1, 1, 1]);
  forget(pairs);
  expect(inverse(pairs, of(8, 4, 8))).toEqual([8, 4, 8]);
});
