import { describe, expect, it } from "vitest";
import {
  type Fit,
  dataset,
  linearRegression,
  logisticRegression,
  losses,
  models,
  objective,
  penalties,
  priors,
  softmaxRegression,
} from "../../src/index.js";
import { STATUSES } from "../../src/optimizers/optimizer.js";

const fields = (argument: string, at: object = {}): unknown => expect.objectContaining({ argument, ...at });
const y8 = [0, 1, 0, 1, 1, 0, 1, 0];
const x8 = [3, 1, 4, 1.5, -5, 9, 2, 6];

/** Designs that are hard on a fit, for eight rows of two classes. */
const designs: Readonly<Record<string, number[][]>> = {
  "a constant column": x8.map((x) => [x, 7]),
  "only a constant column": x8.map(() => [0]),
  "collinear columns": x8.map((x) => [x, 2 * x, -x]),
  "separated classes": y8.map((y, i) => [y - 0.5, x8[i]]),
  "quasi-separated classes": y8.map((y, i) => [i < 2 ? 0 : y - 0.5]),
  "huge numbers": x8.map((x) => [x * 1e300]),
  "the largest numbers": x8.map((x) => [x > 0 ? 1.7e308 : -1.7e308]),
  "subnormal numbers": x8.map((x) => [x * 5e-324]),
  "tiny and huge columns": x8.map((x, i) => [x * 1e-300, x8[7 - i] * 1e300]),
  "more columns than rows": x8.map((x, i) => Array.from({ length: 12 }, (_, j) => ((x * (j + 1) + i * j) % 5) - 2)),
};

const fits: Readonly<Record<string, (x: number[][], options: object) => Fit>> = {
  logistic: (x, options) => logisticRegression(x, y8, options),
  softmax: (x, options) => softmaxRegression(x, y8, options),
  linear: (x, options) => linearRegression(x, y8, options),
};

describe.each(Object.entries(designs))("%s", (_, x) => {
  const before = JSON.stringify(x);
  it.each(Object.entries(fits))("%s ends with a status and its reason", (name, fit) => {
    const prior = name === "linear" ? { penalty: penalties.l2(1) } : { prior: priors.normal({ sd: 1 }) };
    for (const options of [
      {},
      prior,
      { standardize: true },
      { intercept: false },
      { ...prior, weights: x8.map(Math.abs) },
    ]) {
      let result: Fit;
      try {
        result = fit(x, options);
      } catch (error) {
        // Numbers whose squares or reciprocals overflow may be refused, by name.
        expect(error).toBeInstanceOf(RangeError);
        expect(error).toMatchObject({ argument: expect.stringMatching(/^(X|y)$/) as string });
        const largest = Math.max(...x.flat().map(Math.abs));
        expect(largest > 1e300 || largest < 1e-300).toBe(true);
        continue;
      }
      expect(STATUSES).toContain(result.status);
      expect(result.reason).toMatch(/^[A-Z].*\.$/);
      if (result.converged) expect(result.coefficients.every(Number.isFinite)).toBe(true);
    }
    expect(JSON.stringify(x)).toBe(before);
  });
});

describe("labels and rows", () => {
  it("one row, one class, no rows", () => {
    expect(() => logisticRegression([[1]], [0])).toThrow(fields("y"));
    expect(() => logisticRegression([[1], [2]], ["a", "a"])).toThrow(fields("y"));
    expect(() => softmaxRegression([[1], [2]], ["a", "a"])).toThrow(fields("y"));
    expect(() => logisticRegression([], [])).toThrow(fields("y"));
    expect(linearRegression([[1]], [2]).status).toMatch(/rank-deficient|boundary/);
    expect(() => linearRegression([], [])).toThrow(fields("X"));
  });

  it("labels of other rows are not taken for distributions", () => {
    expect(() => softmaxRegression([[1], [2]], [0, 1, 1, 0])).toThrow(fields("y"));
    expect(() => logisticRegression([[1], [2]], [0, 1, 1, 0])).toThrow(fields("y"));
    expect(() => linearRegression([[1], [2]], [0, 1, 1, 0])).toThrow(fields("y"));
  });

  it("a hole among labels is no class", () => {
    const labels = ["a", "b", "a", "b", "b", "a", "b", "a"];
    delete labels[3];
    expect(() => softmaxRegression(designs["a constant column"], labels)).toThrow(fields("y", { row: 3 }));
  });

  it("names row and column of what is not finite", () => {
    const x = [
      [1, 2],
      [3, NaN],
    ];
    expect(() => dataset(x)).toThrow(fields("X", { row: 1, column: 1 }));
    expect(() => dataset([[1, 2], [3]])).toThrow(fields("X", { row: 1 }));
    expect(() => dataset({ a: [1, 2], b: [3, Infinity] })).toThrow(fields("X", { row: 1, column: "b" }));
    expect(() => dataset([{ a: 1 }, { a: "2" as never }], {})).toThrow(fields("X", { row: 1, column: "a" }));
    expect(() => dataset(Float64Array.of(1, 2, 3, NaN), [1, 2], { columns: 2 })).toThrow(
      fields("X", { row: 1, column: 1 }),
    );
    expect(() => dataset([[1], [2]], [0, 1], { weights: [1, -1] })).toThrow(fields("weights", { row: 1 }));
    expect(() => dataset([[1], [2]], [0, 1], { weights: [0, 0] })).toThrow(fields("weights"));
    expect(() => dataset([[1], [2]], [0, 1], { weights: [1e308, 1e308] })).toThrow(fields("weights"));
  });

  it("sizes beyond memory are refused by name", () => {
    expect(() => dataset(new Float64Array(8), [0], { columns: 2 ** 31 })).toThrow(fields("X"));
    const data = dataset([[1], [2]], [0, 1]);
    const loss = losses.softmaxCrossEntropy({ classes: 2 ** 31 });
    expect(() => objective({ data, loss })).toThrow(fields("data"));
    expect(objective({ data, loss: losses.squaredError() }).value(new Float64Array(2))).toBe(0.25);
  });

  it("columns are found by name, also where names are whole numbers", () => {
    const x = x8.map((value, i) => [value, i]);
    const fit = linearRegression(x, y8, { names: ["2019", "2018"] });
    const expected = fit.scores(x);
    expect(fit.scores({ "2019": x8, "2018": x8.map((_, i) => i) })).toEqual(expected);
    expect(fit.scores(x8.map((value, i) => ({ "2018": i, "2019": value })) as never)).toEqual(expected);
    const records = x8.map((value, i) => ({ "2018": i, "2019": value }));
    expect(dataset(records, { features: ["2019", "2018"] }).names).toEqual(["2019", "2018"]);
  });
});

describe("a released data set", () => {
  it("refuses, and leaves the memory that now holds other data alone", () => {
    const rows = 40_000;
    const columns = 8;
    const x = Float64Array.from({ length: rows * columns }, (_, i) => ((i * 7919) % 1000) / 500 - 1);
    const y = Float64Array.from({ length: rows }, (_, i) => i % 2);
    const theta = new Float64Array(columns + 1).fill(0.1);
    const first = dataset(x, y, { columns });
    const old = objective({ data: first, model: models.linear(), loss: losses.binaryCrossEntropy() });
    const expected = old.valueAndGradient(theta);
    const begun = old.begin(theta, 1);
    first.release();
    const second = objective({ data: dataset(x, y, { columns }), loss: losses.binaryCrossEntropy() });
    for (const call of [
      () => old.value(theta),
      () => old.gradient(theta),
      () => old.hessian(theta),
      () => old.begin(theta, 2),
      () => begun.advance(1),
    ]) {
      expect(call).toThrow(fields("data"));
    }
    expect(second.valueAndGradient(theta)).toEqual(expected);
    first.release();
    expect(second.valueAndGradient(theta)).toEqual(expected);
  });
});
