import fc from "fast-check";
import { expect, test } from "vitest";
import { symmetricEigen } from "../../src/linalg/symmetricEigen.js";
import { draws, within } from "../support.js";

function product(packed: Float64Array, size: number, v: Float64Array): Float64Array {
  const entry = (a: number, b: number): number => packed[a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a];
  return Float64Array.from({ length: size }, (_, a) => v.reduce((sum, x, b) => sum + entry(a, b) * x, 0));
}

test("eigenvectors are orthonormal and do what eigenvectors do", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 1000 }), (size, stream) => {
      const packed = draws(303, stream).normal((size * (size + 1)) / 2);
      const { values, vectors } = symmetricEigen(packed, size);
      for (let k = 0; k < size; k++) {
        const v = vectors.slice(k * size, (k + 1) * size);
        const image = product(packed, size, v);
        v.forEach((x, j) => within(image[j], values[k] * x, 1e-13 * size * 4));
        if (k > 0) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1]);
        for (let l = 0; l <= k; l++) {
          const dot = v.reduce((sum, x, j) => sum + x * vectors[l * size + j], 0);
          within(dot, k === l ? 1 : 0, 1e-13);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("small eigenvalues of a scaled matrix keep their digits, huge and tiny entries end", () => {
  // [[1, 1e-5], [1e-5, 2e-10]]: determinant 1e-10.
  const { values } = symmetricEigen(Float64Array.of(1, 1e-5, 2e-10), 2);
  within(values[0], 1e-10, 1e-19);
  expect(symmetricEigen(Float64Array.of(1e300, 1e300, 1e300), 2).values[1]).toBeCloseTo(2e300, -290);
  expect(Array.from(symmetricEigen(Float64Array.of(0, 0, 0), 2).values)).toEqual([0, 0]);
  expect(Array.from(symmetricEigen(Float64Array.of(1e-300, 0, 1e300), 2).values)).toEqual([1e-300, 1e300]);
});
