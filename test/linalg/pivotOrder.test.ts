import { expect, test } from "vitest";
import { pivotOrder } from "../../src/linalg/pivotOrder.js";
import { draws } from "../support.js";

/** AᵀA of rows × columns random numbers, packed, with columns scaled by powers of ten. */
function gram(rows: number, columns: number, stream: number): Float64Array {
  const a = draws(181, stream).normal(rows * columns);
  const scaled = a.map((value, at) => value * 10 ** ((at % columns) - 3));
  const packed: number[] = [];
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += scaled[i * columns + j] * scaled[i * columns + k];
      packed.push(sum);
    }
  }
  return Float64Array.from(packed);
}

test("the rank is that of the rows or the columns, whatever the scales, and every coordinate comes once", () => {
  for (let stream = 0; stream < 60; stream++) {
    const [rows, columns] = [1 + (stream % 9), 1 + (stream % 13)];
    const { order, rank, semidefinite } = pivotOrder(gram(rows, columns, stream), columns);
    expect([rank, semidefinite]).toEqual([Math.min(rows, columns), true]);
    expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: columns }, (_, j) => j));
  }
});

test("what is not semidefinite is told", () => {
  for (const packed of [[-1], [0, 1, 0], [1, 2, 1], [4, 0, 4, 0, 0, -1e-3], [NaN], [1, NaN, 1]]) {
    const size = (Math.sqrt(8 * packed.length + 1) - 1) / 2;
    expect(pivotOrder(Float64Array.from(packed), size).semidefinite).toBe(false);
  }
  expect(pivotOrder(Float64Array.of(0, 0, 0), 2)).toMatchObject({ rank: 0, semidefinite: true });
  expect(pivotOrder(Float64Array.of(1, 1, 1), 2)).toMatchObject({ rank: 1, semidefinite: true });
});
