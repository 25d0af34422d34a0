import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factorLdlt } from "../../src/linalg/ldlt.js";

const size = 5;
const at = (a: number, b: number): number => (Math.max(a, b) * (Math.max(a, b) + 1)) / 2 + Math.min(a, b);
const pack = (rows: number[][]): Float64Array => Float64Array.from(rows.flatMap((row, a) => row.slice(0, a + 1)));

/** The Gram matrix of `factor` rows, packed. */
function gram(factor: number[][], p: number): Float64Array {
  const packed = new Float64Array((p * (p + 1)) / 2);
  for (const row of factor)
    for (let a = 0; a < p; a++) for (let b = 0; b <= a; b++) packed[at(a, b)]! += row[a]! * row[b]!;
  return packed;
}

function multiply(packed: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, a) => x.reduce((sum, value, b) => sum + packed[at(a, b)]! * value, 0));
}

test("solves, with integers exactly", () => {
  const factored = factorLdlt(pack([[4], [2, 5], [2, 3, 6]]), 3);
  const out = new Float64Array(3);
  expect(factored).toMatchObject({ rank: 3, deficient: [], definite: true });
  expect(factored.solve(Float64Array.of(8, 10, 11), out)).toBe(0);
  out.forEach((value) => expect(value).toBeCloseTo(1, 14));
});

test("in place, and leaving the matrix alone", () => {
  const packed = pack([[4], [2, 5]]);
  const rhs = Float64Array.of(10, 13);
  factorLdlt(packed, 2).solve(rhs, rhs);
  expect(packed).toEqual(Float64Array.of(4, 2, 5));
  expect(rhs[0]).toBeCloseTo(1.5, 14);
  expect(rhs[1]).toBeCloseTo(2, 14);
});

const entry = fc.double({ min: -1, max: 1, noNaN: true });
const matrix = fc.array(fc.array(entry, { minLength: size, maxLength: size }), { minLength: 9, maxLength: 9 });

test("solves any well-conditioned system whatever the units of its columns", () => {
  const exponents = fc.array(fc.integer({ min: -120, max: 120 }), { minLength: size, maxLength: size });
  fc.assert(
    fc.property(matrix, exponents, (rows, powers) => {
      const units = powers.map((e) => 2 ** e);
      rows.forEach((row, i) => (row[i % size]! += i < size ? 4 : 0)); // far from singular
      const packed = gram(rows, size);
      for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) packed[at(a, b)]! *= units[a]! * units[b]!;
      const factored = factorLdlt(packed, size);
      expect(factored.rank).toBe(size);
      const solution = Float64Array.from(units, (unit, j) => (j - 1.5) / unit);
      const out = new Float64Array(size);
      factored.solve(multiply(packed, solution), out);
      out.forEach((value, j) => expect(value * units[j]!).toBeCloseTo(j - 1.5, 11));
    }),
  );
});

describe("a rank-deficient matrix", () => {
  test("names the last coordinate of each dependent set and leaves it at 0", () => {
    fc.assert(
      fc.property(matrix, (rows) => {
        rows.forEach((row, i) => {
          row[0]! += i === 0 ? 3 : 0;
          row[1]! += i === 1 ? 3 : 0;
          row[3]! += i === 3 ? 3 : 0;
          row[2] = row[0]! + row[1]!;
          row[4] = 1e6 * (row[3]! - row[0]!);
        });
        const packed = gram(rows, size);
        const factored = factorLdlt(packed, size);
        expect(factored).toMatchObject({ rank: 3, deficient: [2, 4], definite: true });
        const rhs = multiply(packed, Float64Array.of(1, -2, 3, 0.5, -1e-6));
        const out = new Float64Array(size);
        const left = factored.solve(rhs, out);
        expect([out[2], out[4]]).toEqual([0, 0]);
        expect(left).toBeLessThan(1e-20);
        multiply(packed, out).forEach((value, j) =>
          expect(Math.abs(value - rhs[j]!)).toBeLessThan(
            1e-10 * Math.sqrt(packed[at(j, j)]!) * Math.sqrt(packed[at(4, 4)]!),
          ),
        );
      }),
    );
  });

  test("says how much of the right-hand side is out of reach", () => {
    const factored = factorLdlt(pack([[1], [1, 1]]), 2);
    expect(factored.solve(Float64Array.of(2, 2), new Float64Array(2))).toBe(0);
    expect(factored.solve(Float64Array.of(2, 5), new Float64Array(2))).toBe(9);
  });

  test("an over-parameterised softmax is deficient in its last class", () => {
    const p = [0.2, 0.3, 0.5];
    const packed = pack(p.map((pa, a) => p.map((pb, b) => (a === b ? pa : 0) - pa * pb)));
    expect(factorLdlt(packed, 3)).toMatchObject({ rank: 2, deficient: [2], definite: true });
  });

  test("a zero matrix has rank 0", () => {
    expect(factorLdlt(new Float64Array(3), 2)).toMatchObject({ rank: 0, deficient: [0, 1], definite: true });
  });

  test("no parameters at all", () => {
    expect(factorLdlt(new Float64Array(0), 0)).toMatchObject({ rank: 0, deficient: [], definite: true });
  });
});

test.each([
  ["a negative diagonal", [[1], [0, -1e-3]]],
  ["off-diagonal entries that are too large", [[1], [2, 1]]],
  ["a zero diagonal beside a non-zero entry", [[0], [1, 0]]],
  ["a zero pivot above a non-zero entry", [[1], [1, 1], [0, 0.5, 1]]],
  ["NaN on the diagonal", [[1], [0, NaN]]],
  ["NaN beside it", [[1], [NaN, 1]]],
  ["Infinity", [[Infinity], [0, 1]]],
])("not positive semi-definite: %s", (_, rows) => {
  expect(factorLdlt(pack(rows), rows.length)).toMatchObject({ definite: false, rank: 0 });
});
