import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leastSquares } from "../../src/linalg/leastSquares.js";
import { complete } from "../../src/linalg/steps.js";
import { applyQ, factorQr, inverseGram } from "../../src/linalg/qr.js";

interface Certified {
  name: string;
  model: "linear" | "poly";
  intercept: boolean;
  powers: number[] | null;
  n: number;
  p: number;
  x: number[][];
  y: number[];
  certified_params: number[];
  certified_se: number[];
  certified_residual_ss: number;
}

const nist = JSON.parse(readFileSync(new URL("../fixtures/nist_strd.json", import.meta.url), "utf8")) as {
  linear: Certified[];
};

function designOf({ model, intercept, powers, x, n, p }: Certified): Float64Array {
  const design = new Float64Array(n * p);
  x.forEach((row, i) => {
    const power = (k: number): number => Array.from({ length: k }).reduce<number>((product) => product * row[0]!, 1);
    design.set(model === "poly" ? powers!.map(power) : intercept ? [1, ...row] : row, i * p);
  });
  return design;
}

/** Correct digits of the worst coefficient. */
const digits = (got: ArrayLike<number>, certified: number[]): number =>
  Math.min(...certified.map((c, j) => (got[j] === c ? 17 : -Math.log10(Math.abs((got[j]! - c) / c)))));

describe("NIST reference datasets", () => {
  test.each([
    ["Longley", 14, 13.5],
    ["Norris", 14, 13.5],
    ["Pontius", 13, 13.5],
    ["NoInt1", 14, 14.5],
    ["Wampler1", 16, null],
    ["Wampler2", 13, null],
    ["Filip", 7.5, 7.5],
  ] as const)("%s: at least %d correct digits", (name, least, leastForErrors) => {
    const data = nist.linear.find((set) => set.name === name)!;
    const fit = leastSquares(designOf(data), Float64Array.from(data.y), data.n, data.p);
    expect(fit.rank).toBe(data.p);
    expect(fit.aliased).toEqual([]);
    expect(digits(fit.coefficients, data.certified_params)).toBeGreaterThan(least);
    if (leastForErrors === null) {
      expect(fit.residualSumOfSquares).toBeLessThan(1e-25);
      return;
    }
    expect(digits([fit.residualSumOfSquares], [data.certified_residual_ss])).toBeGreaterThan(
      name === "Filip" ? 7 : 13.5,
    );
    const inverse = inverseGram(fit.qr);
    const dispersion = fit.residualSumOfSquares / (data.n - data.p);
    const errors = data.certified_se.map((_, j) => Math.sqrt(inverse[(j * (j + 3)) / 2]! * dispersion));
    expect(digits(errors, data.certified_se)).toBeGreaterThan(leastForErrors);
  });

  test("equal weights change nothing but the sum of squares", () => {
    const data = nist.linear.find((set) => set.name === "Longley")!;
    const weights = new Float64Array(data.n).fill(3);
    const fit = leastSquares(designOf(data), Float64Array.from(data.y), data.n, data.p, { weights });
    expect(digits(fit.coefficients, data.certified_params)).toBeGreaterThan(14);
    expect(digits([fit.residualSumOfSquares / 3], [data.certified_residual_ss])).toBeGreaterThan(14);
  });

  test("columns in other units only rescale the coefficients", () => {
    const data = nist.linear.find((set) => set.name === "Longley")!;
    const units = [1e-150, 1, 1e150, 2 ** -40, 1, 1e20, 3];
    const design = designOf(data).map((value, k) => value * units[k % data.p]!);
    const fit = leastSquares(design, Float64Array.from(data.y), data.n, data.p);
    const back = fit.coefficients.map((value, j) => value * units[j]!);
    expect(fit.rank).toBe(7);
    expect(digits(back, data.certified_params)).toBeGreaterThan(7);
  });
});

const small = fc.integer({ min: -50, max: 50 });
const rows = 8;
const columns = 3;
const problem = fc.record({
  x: fc.array(small, { minLength: rows * columns, maxLength: rows * columns }),
  y: fc.array(small, { minLength: rows, maxLength: rows }),
  weights: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: rows, maxLength: rows }),
});

describe("least squares", () => {
  test("whole weights are repeated rows", () => {
    fc.assert(
      fc.property(problem, ({ x, y, weights }) => {
        const X = Float64Array.from(x);
        const repeated: number[] = [];
        const targets: number[] = [];
        weights.forEach((weight, i) => {
          for (let k = 0; k < weight; k++) {
            repeated.push(...x.slice(i * columns, (i + 1) * columns));
            targets.push(y[i]!);
          }
        });
        const options = { weights: Float64Array.from(weights) };
        const weighted = leastSquares(X, Float64Array.from(y), rows, columns, options);
        const n = targets.length;
        const plain = leastSquares(Float64Array.from(repeated), Float64Array.from(targets), n, columns);
        expect(weighted.aliased).toEqual(plain.aliased);
        const size = 1 + Math.max(...plain.coefficients.map(Math.abs));
        weighted.coefficients.forEach((b, j) =>
          expect(Math.abs(b - plain.coefficients[j]!)).toBeLessThan(1e-13 * size),
        );
        expect(Math.abs(weighted.residualSumOfSquares - plain.residualSumOfSquares)).toBeLessThan(1e-11 * size);
      }),
    );
  });

  test("ridge: the gradient XᵀW(y − Xβ) − p(β − m) vanishes", () => {
    fc.assert(
      fc.property(problem, ({ x, y, weights }) => {
        const ridge = Float64Array.of(0.5, 0, 2);
        const ridgeCentre = Float64Array.of(1, 99, -3);
        const X = Float64Array.from(x);
        const w = Float64Array.from(weights);
        const fit = leastSquares(X, Float64Array.from(y), rows, columns, { weights: w, ridge, ridgeCentre });
        for (let j = 0; j < columns; j++) {
          let slope = -ridge[j]! * (fit.coefficients[j]! - ridgeCentre[j]!);
          let size = 1;
          for (let i = 0; i < rows; i++) {
            slope += w[i]! * X[i * columns + j]! * fit.residuals[i]!;
            size += Math.abs(w[i]! * X[i * columns + j]! * y[i]!) + Math.abs(fit.coefficients[j]!);
          }
          expect(Math.abs(slope)).toBeLessThan(1e-12 * size);
        }
      }),
    );
  });

  test("aliased columns are named, left at 0, and change no fitted value", () => {
    const X = Float64Array.from({ length: 4 * 24 }, (_, k) => {
      const i = Math.floor(k / 4);
      return [1, 0.1 * i, 0.1 * i * 0.3 + 0.7, Math.sin(i)][k % 4]!;
    });
    const y = Float64Array.from({ length: 24 }, (_, i) => i * i * 0.01 - 1);
    const fit = leastSquares(X, y, 24, 4);
    expect(fit).toMatchObject({ rank: 3, aliased: [2] });
    expect(fit.coefficients[2]).toBe(0);
    const without = X.filter((_, k) => k % 4 !== 2);
    const smaller = leastSquares(without, y, 24, 3);
    expect(fit.residuals).toEqual(smaller.residuals);
    expect(inverseGram(fit.qr)[5]).toBeNaN();
    expect(inverseGram(fit.qr)[9]).toBe(inverseGram(smaller.qr)[5]);
  });

  test("more columns than rows, zero columns, no columns, no rows", () => {
    const fit = leastSquares(Float64Array.of(1, 2, 3, 4, 0, 5), Float64Array.of(1, 1), 2, 3);
    expect(fit).toMatchObject({ rank: 2, aliased: [2], residualSumOfSquares: 0 });
    const zero = leastSquares(Float64Array.of(0, 1, 0, 2), Float64Array.of(1, 2), 2, 2);
    expect(zero).toMatchObject({ rank: 1, aliased: [0], coefficients: Float64Array.of(0, 1) });
    expect(leastSquares(new Float64Array(0), Float64Array.of(3, 4), 2, 0).residualSumOfSquares).toBe(25);
    expect(leastSquares(new Float64Array(0), new Float64Array(0), 0, 2)).toMatchObject({ rank: 0, aliased: [0, 1] });
  });

  test("the inputs stay as they were", () => {
    const X = Float64Array.of(1, 2, 3, 4, 5, 7);
    const y = Float64Array.of(1, 2, 4);
    leastSquares(X, y, 3, 2, { weights: Float64Array.of(1, 2, 3), ridge: Float64Array.of(1, 1) });
    expect(X).toEqual(Float64Array.of(1, 2, 3, 4, 5, 7));
    expect(y).toEqual(Float64Array.of(1, 2, 4));
  });
});

test("Q times R is the scaled matrix", () => {
  fc.assert(
    fc.property(problem, ({ x }) => {
      const X = Float64Array.from(x);
      const qr = factorQr(X, rows, columns);
      for (let k = 0; k < qr.rank; k++) {
        const column = new Float64Array(rows);
        for (let i = 0; i <= k; i++) column[i] = qr.factors[k * rows + i]!;
        complete(applyQ(qr, column));
        const j = qr.pivots[k]!;
        column.forEach((value, i) => expect(value).toBeCloseTo(X[i * columns + j]! * qr.columnScale[j]!, 13));
      }
    }),
  );
});
