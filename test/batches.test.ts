import { describe, expect, it } from "vitest";
import { dataset } from "../src/dataset.js";
import { backend } from "../src/index.js";
import { bernoulli, categorical } from "../src/likelihoods/index.js";
import { softmaxCrossEntropy, squaredError } from "../src/losses/index.js";
import { linear } from "../src/models/index.js";
import { type Objective, objective } from "../src/objective.js";
import { l2 } from "../src/penalties/index.js";
import { normal } from "../src/priors/index.js";
import { random } from "../src/random.js";

const normals = (seed: number, n: number): Float64Array => {
  const generator = random(seed);
  return Float64Array.from({ length: n }, () => 4 * generator.uniform() - 2);
};

const columns = 3;
function target(rows: number, options: object = {}): Objective {
  const data = dataset(
    normals(1, rows * columns),
    normals(2, rows).map((z) => (z > 0 ? 1 : 0)),
    { columns, ...options },
  );
  return objective({ data, likelihood: bernoulli(), prior: normal({ sd: 2 }) });
}

const theta = Float64Array.of(0.25, -0.5, 1, 0.75);
const iota = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("evaluate with rows", () => {
  it("of all rows in their order is the whole objective, bit by bit", () => {
    const whole = target(200, { weights: normals(3, 200).map((z) => z + 2), offset: normals(4, 200) });
    const [a, b] = [new Float64Array(4), new Float64Array(4)];
    expect(whole.evaluate(theta, a, { rows: iota(200) })).toBe(whole.evaluate(theta, b));
    expect(a).toEqual(b);
  });

  it("S5: the mean over a partition into equal batches is the full gradient", () => {
    const whole = target(240);
    const { data } = whole;
    const order = random(7).permutation(240);
    const mean = new Float64Array(4);
    let value = 0;
    for (let k = 0; k < 8; k++) {
      const gradient = new Float64Array(4);
      value += whole.evaluate(theta, gradient, { rows: order.subarray(30 * k, 30 * (k + 1)) }) / 8;
      gradient.forEach((g, j) => (mean[j]! += g / 8));
    }
    expect(Math.abs(value - whole.value(theta))).toBeLessThan(1e-14 * whole.value(theta));
    // (1/m) Σ |r_i x_ij|, the size of what is added.
    const x = normals(1, 240 * columns);
    const sizes = new Float64Array(4);
    for (let i = 0; i < 240; i++) {
      const row = [1, ...x.subarray(i * columns, (i + 1) * columns)];
      const score = row.reduce((sum, xj, j) => sum + xj * theta[j]!, 0);
      const residual = 1 / (1 + Math.exp(-score)) - data.targets![i]!;
      row.forEach((xj, j) => (sizes[j]! += Math.abs(residual * xj) / 240));
    }
    whole.gradient(theta).forEach((g, j) => expect(Math.abs(mean[j]! - g)).toBeLessThan(1e-14 * sizes[j]!));
  });

  it("is the objective of these rows as data, with the prior of all", () => {
    const whole = target(50, { weights: normals(3, 50).map((z) => z + 2), offset: normals(4, 50) });
    const rows = [3, 1, 49, 3, 17];
    const x = normals(1, 50 * columns);
    const pick = (v: Float64Array, width = 1): number[] =>
      rows.flatMap((i) => [...v.subarray(i * width, (i + 1) * width)]);
    const part = dataset(Float64Array.from(pick(x, columns)), pick(whole.data.targets!), {
      columns,
      weights: pick(whole.data.weights!),
      offset: pick(normals(4, 50)),
    });
    const alone = objective({ data: part, likelihood: bernoulli() });
    const expected = (alone.dataTerm(theta) * (50 / 5)) / whole.totalWeight;
    expect(whole.evaluate(theta, null, { rows, prior: false })).toBeCloseTo(expected, 13);
    const prior = whole.value(theta) - whole.dataTerm(theta) / whole.totalWeight;
    expect(whole.evaluate(theta, null, { rows })).toBeCloseTo(expected + prior, 13);
  });

  it("takes several outputs, distributions, another φ, and models without intercept", () => {
    const x = normals(5, 90);
    const soft = normals(6, 90).map((z) => z + 2);
    for (let i = 0; i < 30; i++) {
      const sum = soft[3 * i]! + soft[3 * i + 1]! + soft[3 * i + 2]!;
      for (let k = 0; k < 3; k++) soft[3 * i + k]! /= sum;
    }
    const data = dataset(x, soft, { columns: 3 });
    const three = objective({ data, model: linear({ intercept: false }), loss: softmaxCrossEntropy({ classes: 3 }) });
    const at = normals(8, 9);
    expect(three.evaluate(at, null, { rows: iota(30) })).toBe(three.value(at));
    const halves = [iota(15), iota(15).map((i) => i + 15)].map((rows) => three.evaluate(at, null, { rows }));
    expect((halves[0]! + halves[1]!) / 2).toBeCloseTo(three.value(at), 14);
    const indices = objective({
      data: dataset(
        x,
        iota(30).map((i) => i % 3),
        { columns: 3 },
      ),
      likelihood: categorical({ classes: 3 }),
    });
    expect(indices.evaluate(normals(9, 12), null, { rows: iota(30) })).toBe(indices.value(normals(9, 12)));
    const line = objective({
      data: dataset(x, normals(7, 30), { columns: 3 }),
      loss: squaredError(),
      penalty: l2(0.3),
    });
    expect(line.evaluate(theta, null, { rows: iota(30) })).toBe(line.value(theta));
  });

  it("many sizes, one after the other, keep to their own rows", () => {
    const whole = target(64);
    const one = iota(64).map((i) => whole.evaluate(theta, null, { rows: [i] }));
    for (const size of [1, 2, 4, 8, 16, 32, 64, 3, 1]) {
      const rows = iota(size).map((i) => (i * 7) % 64);
      const expected = rows.reduce((sum, i) => sum + one[i]!, 0) / size;
      expect(whole.evaluate(theta, null, { rows })).toBeCloseTo(expected, 13);
    }
  });

  it("in slices gives the same bits, and stays apart from an evaluation of all", () => {
    const whole = target(3000);
    const rows = random(3).permutation(3000).subarray(0, 1500);
    const all = whole.begin(theta, 1);
    all.advance(1);
    const part = whole.begin(theta, 1, { rows });
    while (!part.advance(1));
    while (!all.advance(1));
    const gradient = new Float64Array(4);
    expect(part.value).toBe(whole.evaluate(theta, gradient, { rows }));
    expect(part.gradient).toEqual(gradient);
    expect(all.value).toBe(whole.value(theta));
  });

  it("gives the same bits on the other backend", () => {
    const rows = random(3).permutation(300).subarray(0, 77);
    const run = (): [number, Float64Array] => {
      const gradient = new Float64Array(4);
      return [target(300).evaluate(theta, gradient, { rows }), gradient];
    };
    const here = run();
    const before = backend.name;
    backend.use(before === "wasm" ? "typescript" : "auto");
    try {
      expect(run()).toEqual(here);
    } finally {
      backend.use(before);
    }
  });

  it.each([
    [[], '"rows" expected at least one row'],
    [[0, 50], '"rows" expected an integer from 0 to 49, got 50 at row 1'],
    [[-1], '"rows" expected an integer from 0 to 49, got -1 at row 0'],
    [[0.5], '"rows" expected an integer'],
    [["1"], '"rows" expected an integer'],
    [new DataView(new ArrayBuffer(8)), '"rows" expected an array of row numbers'],
    ["12", '"rows" expected an array of row numbers'],
    [null, '"rows" expected an array of row numbers'],
  ])("refuses rows %o", (rows, message) => {
    const gradient = Float64Array.of(1, 2, 3, 4);
    expect(() => target(50).evaluate(theta, gradient, { rows: rows as never })).toThrow(message);
    expect(gradient).toEqual(Float64Array.of(1, 2, 3, 4));
  });

  it("refuses other options, and data that are released", () => {
    const whole = target(50);
    expect(() => whole.evaluate(theta, null, { row: [1] } as never)).toThrow(/only rows, prior/);
    expect(() => whole.evaluate(theta, null, { prior: 1 } as never)).toThrow('"prior" expected true or false');
    whole.evaluate(theta, null, { rows: [1, 2] });
    whole.data.release();
    expect(() => whole.evaluate(theta, null, { rows: [1, 2] })).toThrow(/released/);
  });
});
