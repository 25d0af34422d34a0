import { describe, expect, it } from "vitest";
import {
  type Dataset,
  type Objective,
  dataset,
  fitter,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  mlp,
  minimize,
  objective,
  optimizers,
  penalties,
  poissonRegression,
  regularizationPath,
  resume,
  softmaxRegression,
  verify,
} from "../src/index.js";
import { bits, draws, expectBits } from "./support.js";

const sameBits = (got: Float64Array, expected: Float64Array): void => expectBits(bits(got), bits(expected));

const source = draws(881);

interface Problem {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Numbers that 32 bits hold, so that both storages hold the same. */
function problem(rows: number, columns: number, classes: number): Problem {
  const x = source.normal(rows * columns).map(Math.fround);
  return { rows, columns, x, y: source.classes(rows, classes) };
}

const both = ({ x, y, columns }: Problem, more: object = {}): [Dataset, Dataset] => [
  dataset(x, y, { columns, ...more }),
  dataset(x, y, { columns, storage: "float32", ...more }),
];

// The last two are large enough for a memory of their own.
const shapes: [number, number][] = [
  [1, 1],
  [5, 3],
  [64, 7],
  [130, 2],
  [1000, 33],
  [6000, 60],
  [400, 801],
];

describe("X in 32 bits gives the bits of the same numbers in 64", () => {
  it.each(shapes)("value, gradient, products and scores of %i x %i", (rows, columns) => {
    for (const classes of [2, 3]) {
      const given = problem(rows, columns, classes);
      const weights = source.normal(rows).map(Math.abs);
      const loss = classes === 2 ? losses.binaryCrossEntropy() : losses.softmaxCrossEntropy({ classes });
      const targets = both(given, { weights, offset: source.normal(rows * loss.classes) }).map((data) =>
        objective({ data, loss, penalty: penalties.l2(0.1) }),
      );
      const theta = source.normal(targets[0]!.size).map((value) => value / columns);
      const along = source.normal(targets[0]!.size);
      const diagonal = (target: Objective): Float64Array => {
        const evaluation = target.beginProduct(theta, null);
        evaluation.advance(Infinity);
        return evaluation.product!;
      };
      const [a, b] = targets.map((target) => [
        Float64Array.of(target.value(theta)),
        target.gradient(theta),
        target.hessianVector(theta, along),
        diagonal(target),
        target.bound.scores(theta),
        columns < 100 ? target.hessian(theta) : new Float64Array(0),
        target.gradient(theta),
      ]);
      a!.forEach((values, k) => sameBits(b![k]!, values));
    }
  });

  it("in half the memory", () => {
    const [wide, narrow] = both(problem(1001, 3, 2));
    expect([wide.length, narrow.length]).toEqual([3003, 1502]);
    expect([wide.storage, narrow.storage]).toEqual(["float64", "float32"]);
  });

  it("by every optimiser, with parts of the rows too", () => {
    const given = problem(300, 4, 2);
    const { newton, newtonCG, lbfgs, sgd } = optimizers;
    for (const optimizer of [newton(), newtonCG(), lbfgs(), sgd({ batchSize: 32, learningRate: 0.1 })]) {
      const [a, b] = both(given).map((data) =>
        minimize(objective({ data, likelihood: likelihoods.bernoulli() }), { optimizer, maxIterations: 40 }),
      );
      sameBits(b!.parameters, a!.parameters);
      expect(b!.status).toBe(a!.status);
    }
  });

  it("in fits", () => {
    const { x, columns, y } = problem(200, 5, 3);
    const two = y.map((k) => Math.min(k, 1));
    const fits = [
      (storage: "float64" | "float32") => linearRegression(x, y, { columns, storage }),
      (storage: "float64" | "float32") => logisticRegression(x, two, { columns, storage, penalty: penalties.l1(0.01) }),
      (storage: "float64" | "float32") => softmaxRegression(x, y, { columns, storage }),
      (storage: "float64" | "float32") => poissonRegression(x, y, { columns, storage }),
      (storage: "float64" | "float32") =>
        regularizationPath(x, two, { columns, storage, likelihood: likelihoods.bernoulli() } as never).fits.at(-1)!,
    ];
    for (const fit of fits) {
      const [a, b] = [fit("float64"), fit("float32")];
      sameBits(b.coefficients, a.coefficients);
      expect(b.objective).toBe(a.objective);
    }
    const networks = (["float64", "float32"] as const).map((storage) =>
      mlp(x, y, {
        columns,
        storage,
        hidden: [3],
        maxIterations: 20,
      } as never),
    );
    sameBits(networks[1]!.parameters, networks[0]!.parameters);
  });

  it("separation is seen, a fit is verified, a stored job goes on", () => {
    const x = Float64Array.of(-2, -1, 1, 2);
    const y = [0, 0, 1, 1];
    expect(logisticRegression(x, y, { columns: 1, storage: "float32" }).status).toBe("separated");
    const given = problem(90, 3, 2);
    const [a, b] = both(given);
    const fit = logisticRegression(given.x, given.y, { columns: 3, storage: "float32" });
    expect([verify(fit, a).optimal, verify(fit, b).optimal]).toEqual([true, true]);
    const job = fitter(logisticRegression, given.x, given.y, { columns: 3, storage: "float32" });
    job.step({ units: 2 });
    const stored = JSON.stringify(job);
    sameBits(resume(stored, { data: b }).step({ units: Infinity }) ? fit.coefficients : given.x, fit.coefficients);
    const again = resume(stored, { x: given.x, y: given.y, columns: 3, storage: "float32" });
    again.step({ units: Infinity });
    sameBits(again.result.coefficients, fit.coefficients);
    expect(() => resume(stored, { x: given.x, y: given.y, columns: 3 })).toThrow(/data/);
  });
});

describe("what 32 bits do to X", () => {
  it("rounds it to nearest", () => {
    const data = dataset([[0.1], [0.2]], [1, 2], { storage: "float32" });
    const loss = losses.squaredError();
    const rounded = dataset([[Math.fround(0.1)], [Math.fround(0.2)]], [1, 2]);
    const theta = Float64Array.of(0.3, 0.7);
    sameBits(objective({ data, loss }).gradient(theta), objective({ data: rounded, loss }).gradient(theta));
  });

  it("refuses what they cannot hold, by row and column, and standardized columns", () => {
    const huge = { dose: [1, 2], age: [3, 1e39] };
    expect(() => dataset(huge, [0, 1], { storage: "float32" })).toThrow(
      '"X" expected a number that 32 bits can hold, got Infinity at row 1, column "age"',
    );
    expect(() => dataset([[1], [2]], [0, 1], { storage: "float32", standardize: true })).toThrow(/"storage" expected/);
    expect(() => dataset([[1], [2]], [0, 1], { storage: "half" as never })).toThrow(/"storage" expected/);
  });
});

describe("every form of dense X is packed once, to the same bits", () => {
  it.each(["float64", "float32"] as const)("in %s", (storage) => {
    const [rows, columns] = [97, 3];
    const { x, y } = problem(rows, columns, 2);
    const cells = Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * columns, (i + 1) * columns)));
    const column = (j: number): Float64Array => Float64Array.from(cells, (row) => row[j]!);
    const forms = [
      dataset(x, y, { columns, storage }),
      dataset(Float32Array.from(x), y, { columns, storage }),
      dataset(Array.from(x), y, { columns, storage }),
      dataset(cells, y, { storage }),
      dataset(
        cells.map((row) => Float32Array.from(row)),
        y,
        { storage },
      ),
      dataset({ a: column(0), b: Float32Array.from(column(1)), c: Array.from(column(2)) }, y, { storage }),
      dataset(
        cells.map(([a, b, c], i) => ({ a: a!, b: b!, c: c!, y: y[i]! })),
        { target: "y", storage },
      ),
    ];
    for (const data of forms) expect(data.fingerprint()).toBe(forms[0]!.fingerprint());
  });
});
