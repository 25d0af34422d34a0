import fc from "fast-check";
import { expect, test } from "vitest";
import { advanceStrongWolfe, hasDecrease, newStrongWolfe, startStrongWolfe } from "../../src/optimizers/strongWolfe.js";

/** Runs a search on φ; returns the verdict and the steps tried. */
function run(phi: (t: number) => number, slope: (t: number) => number, first: number) {
  const search = newStrongWolfe();
  startStrongWolfe(search, phi(0), slope(0), first);
  const tried: number[] = [];
  for (;;) {
    const { step } = search;
    tried.push(step);
    const verdict = advanceStrongWolfe(search, phi(step), slope(step));
    if (verdict !== "again") return { verdict, tried, search };
  }
}

test("a quadratic takes one interpolation, whether the first step is too long or too short", () => {
  const phi = (t: number): number => (t - 1) * (t - 1);
  const slope = (t: number): number => 2 * (t - 1);
  expect(run(phi, slope, 4).tried).toEqual([4, 1]);
  expect(run(phi, slope, 1 / 64).tried).toEqual([1 / 64, 10 / 64]);
  expect(run(phi, slope, 0.5).tried).toEqual([0.5]);
});

test("a cubic is minimised at the first interpolation", () => {
  const { tried } = run(
    (t) => t * t * t - 3 * t,
    (t) => 3 * t * t - 3,
    3,
  );
  expect(tried).toHaveLength(2);
  expect(tried[1]).toBeCloseTo(1, 14);
});

test("what is accepted satisfies the strong Wolfe conditions", () => {
  const coefficient = fc.double({ min: 0.1, max: 10, noNaN: true });
  const first = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(coefficient, coefficient, coefficient, first, (a, b, c, start) => {
      // Falls at 0, grows at infinity, wavy in between.
      const phi = (t: number): number => a * t * t - b * t - c * (1 - Math.cos(3 * t));
      const slope = (t: number): number => 2 * a * t - b - 3 * c * Math.sin(3 * t);
      const { verdict, tried } = run(phi, slope, start);
      const step = tried.at(-1)!;
      expect(verdict).toBe("accept");
      expect(phi(step)).toBeLessThanOrEqual(phi(0) + 1e-4 * step * slope(0));
      expect(Math.abs(slope(step))).toBeLessThanOrEqual(0.9 * Math.abs(slope(0)));
      expect(tried.length).toBeLessThan(30);
    }),
  );
});

test("infinite values are too far", () => {
  const { verdict, tried } = run(
    (t) => (t < 2 ? (t - 1) * (t - 1) : Infinity),
    (t) => (t < 2 ? 2 * (t - 1) : NaN),
    64,
  );
  expect(verdict).toBe("accept");
  expect(tried.at(-1)).toBeLessThan(2);
});

test("a function that only rises fails without a decrease", () => {
  const { verdict, search } = run(
    (t) => t,
    (t) => (t === 0 ? -1 : 1),
    1,
  );
  expect(verdict).toBe("fail");
  expect(hasDecrease(search)).toBe(false);
});

test("where values differ by rounding alone the slope decides", () => {
  const phi = (t: number): number => (t === 0 ? 1 : 1 + 4 * Number.EPSILON);
  const slope = (t: number): number => t - 1;
  expect(run(phi, slope, 1)).toMatchObject({ verdict: "accept", tried: [1] });
  expect(run(phi, slope, 4).tried).toEqual([4, 1]);
});
