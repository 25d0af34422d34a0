import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nullSpace } from "../../src/linalg/nullSpace.js";
import { powerOfTwoBelow } from "../../src/linalg/powerOfTwo.js";

/** |row · δ| / Σ |row_j δ_j|, the worst over the rows. */
function worstResidual(a: Float64Array, rows: number, columns: number, delta: Float64Array): number {
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    let size = 0;
    for (let j = 0; j < columns; j++) {
      sum += a[i * columns + j]! * delta[j]!;
      size += Math.abs(a[i * columns + j]! * delta[j]!);
    }
    if (size > 0) worst = Math.max(worst, Math.abs(sum) / size);
  }
  return worst;
}

const columns = 5;
const rows = 7;
const small = fc.integer({ min: -9, max: 9 });
const vector = (length: number) => fc.array(small, { minLength: length, maxLength: length });

/** A matrix of rank ≤ 3 with columns in different units. */
const lowRank = fc.tuple(vector(rows * 3), vector(3 * columns)).map(([left, right]) => {
  const a = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < 3; k++) a[i * columns + j]! += left[i * 3 + k]! * right[k * columns + j]!;
      a[i * columns + j]! *= 1000 ** (j - 2);
    }
  }
  return a;
});

describe("the null space", () => {
  test("has the dimension left by the rank and vectors that A maps to zero", () => {
    fc.assert(
      fc.property(lowRank, (a) => {
        const { dimension, basis } = nullSpace(a, rows, columns);
        expect(dimension).toBeGreaterThanOrEqual(2);
        for (let q = 0; q < dimension; q++) {
          const delta = basis.slice(q * columns, (q + 1) * columns);
          // Entries that cancel to rounding have no relative accuracy of their own.
          const scaled = delta.map((value, j) => value * 1000 ** (j - 2));
          const largest = Math.max(...scaled.map(Math.abs));
          expect(largest).toBeGreaterThan(0);
          const clean = delta.map((value, j) => (Math.abs(scaled[j]!) < 1e-9 * largest ? 0 : value));
          expect(worstResidual(a, rows, columns, clean)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  test("is orthonormal in scaled coordinates", () => {
    fc.assert(
      fc.property(lowRank, (a) => {
        const { dimension, basis } = nullSpace(a, rows, columns);
        const units = Array.from({ length: columns }, (_, j) =>
          powerOfTwoBelow(Math.max(...Array.from({ length: rows }, (_, i) => Math.abs(a[i * columns + j]!)))),
        );
        for (let q = 0; q < dimension; q++) {
          for (let r = 0; r <= q; r++) {
            let product = 0;
            units.forEach((unit, j) => (product += basis[q * columns + j]! * unit * (basis[r * columns + j]! * unit)));
            expect(product).toBeCloseTo(q === r ? 1 : 0, 13);
          }
        }
      }),
    );
  });

  test("projecting keeps null vectors, and its results are null vectors to rounding", () => {
    const a = Float64Array.of(1, 2, 3, 4, 2, 4, 6, 8, 0, 1, 1, 0);
    const { dimension, project } = nullSpace(a, 3, 4);
    expect(dimension).toBe(2);
    const out = new Float64Array(4);
    project(Float64Array.of(1, 0.3, -2, 5), out);
    expect(worstResidual(a, 3, 4, out)).toBeLessThan(1e-15);
    const again = new Float64Array(4);
    project(out, again);
    again.forEach((value, j) => expect(value).toBeCloseTo(out[j]!, 14));
  });

  test("of a matrix of full column rank is empty, of no rows is everything", () => {
    expect(nullSpace(Float64Array.of(1, 2, 3, 4, 5, 7), 3, 2).dimension).toBe(0);
    const all = nullSpace(new Float64Array(0), 0, 3);
    expect(all.dimension).toBe(3);
    const out = new Float64Array(3);
    all.project(Float64Array.of(1, 2, 3), out);
    expect(out).toEqual(Float64Array.of(1, 2, 3));
    expect(nullSpace(new Float64Array(6), 2, 3).dimension).toBe(3);
  });

  test("does not depend on the weights of the rows", () => {
    const rowsOf = (factor: number) => Float64Array.of(1, 1, 1, 0, factor, factor);
    expect(nullSpace(rowsOf(1), 2, 3).dimension).toBe(1);
    expect(nullSpace(rowsOf(1e-30), 2, 3).dimension).toBe(1);
  });
});

test("powers of two below", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-290, noNaN: true, noDefaultInfinity: true }), (x) => {
      const power = powerOfTwoBelow(x);
      expect(x / power).toBeGreaterThanOrEqual(1);
      expect(x / power).toBeLessThan(2);
      expect(Number.isInteger(Math.log2(power))).toBe(true);
    }),
  );
  for (const odd of [0, -1, NaN, Infinity]) expect(powerOfTwoBelow(odd)).toBe(1);
  expect(Number.isFinite(1 / powerOfTwoBelow(5e-324))).toBe(true);
});
