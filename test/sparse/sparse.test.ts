import { describe, expect, it } from "vitest";
import {
  type Dataset,
  type SparseMatrix,
  crossValidate,
  dataset,
  fitter,
  fromSvmlight,
  likelihoods,
  linearRegression,
  linearSVM,
  logisticRegression,
  losses,
  minimize,
  mlp,
  objective,
  optimizers,
  penalties,
  poissonRegression,
  regularizationPath,
  resume,
  softmaxRegression,
  sparse,
  toSvmlight,
  verify,
} from "../../src/index.js";
import { bits, draws, expectBits } from "../support.js";

const source = draws(882);

interface Problem {
  readonly rows: number;
  readonly columns: number;
  readonly dense: Float64Array;
  readonly x: SparseMatrix;
  readonly y: Float64Array;
}

/** About every fourth number is not 0; the first column has none. */
function problem(rows: number, columns: number, classes: number, share = 0.25): Problem {
  const values = source.normal(rows * columns);
  const kept = source.uniform(rows * columns);
  const dense = values.map((value, at) => (kept[at]! < share && at % columns > 0 ? value : 0));
  return { rows, columns, dense, x: toSparse(dense, columns), y: source.classes(rows, classes) };
}

function toSparse(dense: Float64Array, columns: number): SparseMatrix {
  const [values, columnIndices, rowPointers]: number[][] = [[], [], [0]];
  for (let at = 0; at < dense.length; at++) {
    if (dense[at] !== 0) {
      values!.push(dense[at]!);
      columnIndices!.push(at % columns);
    }
    if ((at + 1) % columns === 0) rowPointers!.push(values!.length);
  }
  return sparse({ values: values!, columnIndices: columnIndices!, rowPointers: rowPointers!, columns });
}

/** The largest difference, as a share of the largest number. */
function difference(got: ArrayLike<number>, want: ArrayLike<number>): number {
  const largest = Array.from(want).reduce((max, value) => Math.max(max, Math.abs(value)), 1e-300);
  return Array.from(want).reduce((max, value, i) => Math.max(max, Math.abs(value - got[i]!)), 0) / largest;
}

const shapes: [number, number][] = [
  [1, 2],
  [5, 3],
  [64, 7],
  [130, 40],
  [1000, 33],
  [100, 1500],
  [4000, 120],
];

describe("sparse X is the same X", () => {
  it.each(shapes)("value, gradient, products and scores of %i x %i", (rows, columns) => {
    for (const classes of [2, 3]) {
      const { dense, x, y } = problem(rows, columns, classes);
      const weights = source.normal(rows).map(Math.abs);
      const loss = classes === 2 ? losses.binaryCrossEntropy() : losses.softmaxCrossEntropy({ classes });
      const offset = source.normal(rows * loss.classes);
      const [a, b] = [dataset(dense, y, { columns, weights, offset }), dataset(x, y, { weights, offset })].map((data) =>
        objective({ data, loss, penalty: penalties.l2(0.1) }),
      ) as [ReturnType<typeof objective>, ReturnType<typeof objective>];
      const theta = source.normal(a.size).map((value) => value / columns);
      const along = source.normal(a.size);
      const diagonal = (target: typeof a): Float64Array => {
        const evaluation = target.beginProduct(theta, null);
        evaluation.advance(Infinity);
        return evaluation.product!;
      };
      expect(difference([b.value(theta)], [a.value(theta)])).toBeLessThan(1e-14);
      expect(difference(b.gradient(theta), a.gradient(theta))).toBeLessThan(1e-13);
      expect(difference(b.hessianVector(theta, along), a.hessianVector(theta, along))).toBeLessThan(1e-13);
      expect(difference(diagonal(b), diagonal(a))).toBeLessThan(1e-13);
      expect(difference(b.bound.scores(theta), a.bound.scores(theta))).toBeLessThan(1e-13);
      if (columns < 130) expect(difference(b.hessian(theta), a.hessian(theta))).toBeLessThan(1e-13);
      else if (columns > 1000) expect(() => b.hessian(theta)).toThrow(/one with a Hessian/);
    }
  });

  it("any slicing gives the same bits, and the loss of its scores is that of the objective", () => {
    const { x, y } = problem(700, 200, 2);
    const data = dataset(x, y);
    const loss = losses.binaryCrossEntropy();
    const target = objective({ data, loss });
    const theta = source.normal(target.size).map((value) => value / 20);
    const { value, gradient } = target.valueAndGradient(theta);
    const pieces = target.begin(theta, 1);
    while (!pieces.advance(1));
    expectBits(bits(pieces.value, pieces.gradient), bits(value, gradient));
    expectBits(bits(loss.value(target.bound.scores(theta), y)), bits(value));
  });
});

const fits: Readonly<
  Record<string, (x: SparseMatrix | Float64Array, y: Float64Array, more: object) => ReturnType<typeof linearRegression>>
> = {
  logistic: (x, y, more) =>
    logisticRegression(
      x,
      y.map((k) => Math.min(k, 1)),
      { penalty: penalties.l2(0.01), ...more },
    ),
  "logistic with L1": (x, y, more) =>
    logisticRegression(
      x,
      y.map((k) => Math.min(k, 1)),
      { penalty: penalties.l1(0.01), ...more },
    ),
  softmax: (x, y, more) => softmaxRegression(x, y, { penalty: penalties.l2(0.01), ...more }),
  poisson: (x, y, more) => poissonRegression(x, y, { penalty: penalties.l2(0.01), ...more }),
  linear: (x, y, more) => linearRegression(x, y, { penalty: penalties.l2(0.01), ...more }),
};

describe("fits to sparse X are those to the same dense X", () => {
  it.each(Object.keys(fits))("%s", (name) => {
    for (const [columns, standardize] of [
      [12, false],
      [12, true],
      [350, false],
    ] as const) {
      const { dense, x, y } = problem(400, columns, 3);
      const a = fits[name]!(dense, y, { columns, standardize });
      const b = fits[name]!(x, y, { standardize });
      expect([b.status, difference(b.coefficients, a.coefficients) < 1e-6]).toEqual([a.status, true]);
      expect(difference([b.objective], [a.objective])).toBeLessThan(1e-10);
      expect(difference(b.scores(x), b.scores(dense))).toBeLessThan(1e-12);
      expect(Array.from(b.predict(x)).length).toBe(400);
      expect(b.summary().rows.length).toBeGreaterThan(columns);
    }
  });

  it("by every optimiser", () => {
    const { x, y } = problem(500, 30, 2);
    const target = objective({ data: dataset(x, y), loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.1) });
    const best = minimize(target).value;
    const { newton, newtonCG, lbfgs, bfgs, gradientDescent } = optimizers;
    for (const optimizer of [newton(), newtonCG(), lbfgs(), bfgs(), gradientDescent()]) {
      const result = minimize(target, { optimizer, maxIterations: 5000 });
      expect([result.converged, difference([result.value], [best]) < 1e-12]).toEqual([true, true]);
    }
    const part = minimize(target, {
      optimizer: optimizers.sgd({ batchSize: 20, learningRate: 0.1 }),
      maxIterations: 100,
    });
    expect(part.value).toBeLessThan(target.value(new Float64Array(target.size)));
    const rows = Array.from({ length: 500 }, (_, i) => 499 - i);
    expect(
      difference([target.evaluate(part.parameters, null, { rows })], [target.value(part.parameters)]),
    ).toBeLessThan(1e-13);
  });

  it("many columns: no Hessian, and lbfgs", () => {
    const { x, y } = problem(100, 4000, 2, 0.005);
    const fit = fitter(logisticRegression, x, y, { penalty: penalties.l2(0.05) });
    fit.step({ units: Infinity });
    expect(fit.result.converged).toBe(true);
    expect(verify(fit.result, dataset(x, y)).optimal).toBe(true);
  });

  it("linearSVM by dual coordinate descent", () => {
    for (const loss of ["hinge", "squaredHinge"] as const) {
      for (const intercept of [true, false]) {
        const { dense, x, y } = problem(150, 40, 2);
        const options = { loss, intercept, penalty: penalties.l2(0.1) };
        const a = linearSVM(dense, y, { columns: 40, ...options });
        const b = linearSVM(x, y, options);
        expect(b.converged).toBe(true);
        expect(difference([b.objective], [a.objective])).toBeLessThan(1e-9);
        expect(difference(b.coefficients, a.coefficients)).toBeLessThan(1e-3);
      }
    }
    const { x, y } = problem(60, 5, 2);
    expect(() => linearSVM(x, y, { penalty: penalties.l1(0.1) })).toThrow(/dense rows/);
  });

  it("separation is seen, and its witness holds", () => {
    const x = sparse([{ a: 1 }, { a: 1, b: 2 }, { c: 1 }, { b: 1, c: 3 }]);
    const fit = logisticRegression(x, [1, 1, 0, 0]);
    expect(fit.status).toBe("separated");
    expect(verify(fit, dataset(x, [1, 1, 0, 0])).reason).toMatch(/There is no optimum/);
  });

  it("a stored fit goes on, given the data or X", () => {
    const { x, y } = problem(120, 20, 2);
    const options = { penalty: penalties.l2(0.01) };
    const whole = logisticRegression(x, y, options);
    const job = fitter(logisticRegression, x, y, options);
    job.step({ units: 3 });
    const stored = JSON.stringify(job);
    for (const given of [{ data: dataset(x, y) }, { x, y }]) {
      const again = resume(stored, given);
      again.step({ units: Infinity });
      expectBits(bits(again.result.coefficients), bits(whole.coefficients));
    }
    expect(() => resume(stored, { x: problem(120, 20, 2).x, y })).toThrow(RangeError);
  });

  it("paths and cross-validation", () => {
    const { dense, x, y } = problem(240, 130, 2);
    const path = (given: SparseMatrix | Float64Array, more: object) =>
      regularizationPath(given, y, { likelihood: likelihoods.bernoulli(), values: 6, ...more } as never);
    const [a, b] = [path(dense, { columns: 130 }), path(x, {})];
    expect(difference(b.fits.at(-1)!.coefficients, a.fits.at(-1)!.coefficients)).toBeLessThan(1e-6);
    const validate = (given: SparseMatrix | Float64Array, more: object) =>
      crossValidate(logisticRegression, given, y, { penalty: penalties.l2(0.1), ...more }, { folds: 4 });
    const [c, d] = [validate(dense, { columns: 130 }), validate(x, {})];
    expect(difference([d.mean], [c.mean])).toBeLessThan(1e-8);
  });
});

describe("sparse X as it is given", () => {
  const valid = () => ({ values: [2, 1, 3], columnIndices: [0, 2, 1], rowPointers: [0, 2, 2, 3], columns: 3 });

  it("any order of columns, zeros left out, records and svmlight text give the same matrix", () => {
    const plain = sparse(valid());
    const other = sparse({
      values: [0, 1, 2, 3, -0],
      columnIndices: [1, 2, 0, 1, 2],
      rowPointers: [0, 3, 3, 5],
      columns: 3,
    });
    const records = sparse([{ a: 2, c: 1 }, {}, { b: 3 }], { names: ["a", "b", "c"] });
    const { x, y } = fromSvmlight("1 1:2 3:1 # a\n# nothing\n\n-1\n1 2:3\n");
    expect(Array.from(y)).toEqual([1, -1, 1]);
    const prints = [plain, other, records, x].map((matrix) => dataset(matrix, [1, 2, 3]).fingerprint());
    expect(new Set(prints).size).toBe(1);
    expect(fromSvmlight(toSvmlight(plain, y)).x.values).toEqual(plain.values);
  });

  it("what it was made of may change afterwards", () => {
    const values = Float64Array.of(2, 1, 3);
    const x = sparse({ ...valid(), values });
    values.fill(NaN);
    expect(Array.from(x.values)).toEqual([2, 1, 3]);
  });

  it.each([
    ["columns", { columns: 0 }, /"columns" expected/],
    [
      "a column out of range",
      { columnIndices: [0, 3, 1] },
      '"columnIndices" expected an integer from 0 to 2, got 3 at row 0',
    ],
    [
      "a column twice",
      { columnIndices: [2, 2, 1] },
      '"values" expected one number for a column, got "two" at row 0, column 2',
    ],
    ["no number", { values: [2, NaN, 3] }, '"values" expected a finite number, got NaN at row 0, column 2'],
    ["lengths", { values: [2, 1] }, /"columnIndices" expected one for each of 2 values/],
    [
      "pointers that descend",
      { rowPointers: [0, 3, 2, 3] },
      '"rowPointers" expected an integer from 3 to 3, got 2 at row 2',
    ],
    ["pointers that start late", { rowPointers: [1, 2, 3] }, '"rowPointers" expected 0, got 1 at row 0'],
    [
      "pointers that end early",
      { rowPointers: [0, 2] },
      '"rowPointers" expected 3, the number of values, got 2 at row 1',
    ],
    ["no rows", { rowPointers: [0], values: [], columnIndices: [] }, /"rowPointers" expected at least two/],
    ["an unknown option", { colums: 3 }, /expected only/],
  ])("%s is refused", (_, wrong, message) => {
    expect(() => sparse({ ...valid(), ...wrong } as never)).toThrow(message);
  });

  it("names that do not fit, text that is none, and what needs dense rows", () => {
    expect(() => sparse([{ a: 1 }, { b: 1 }], { names: ["a"] })).toThrow('got "b" at row 1, column "b"');
    expect(() => sparse([[1]] as never)).toThrow(TypeError);
    for (const text of ["", "1 0:1", "1 2:x", "x 1:1", "1 1:1 1:2", "1 1", "1 1:", "1 qid:3 1:1"]) {
      expect(() => fromSvmlight(text)).toThrow(RangeError);
    }
    expect(() => fromSvmlight("1 4:1", { columns: 3 })).toThrow('got "4:1" at row 0');
    expect(fromSvmlight("1 0:1", { base: 0 }).x.columns).toBe(1);
    const x = sparse(valid());
    expect(() => dataset(x, [1, 2])).toThrow(RangeError);
    expect(() => dataset(x, [1, 2, 3], { columns: 3 })).toThrow('"columns" expected nothing beside a sparse X');
    expect(() => mlp(x, [1, 2, 3], { hidden: [2] } as never)).toThrow(/dense rows/);
    const fit = logisticRegression(sparse([{ a: 1 }, { b: 1 }, { a: 2 }]), [0, 1, 1], { penalty: penalties.l2(1) });
    expect(() => fit.predict(sparse([{ b: 1 }], { names: ["b", "a"] }))).toThrow('"X" expected column "a" as fitted');
    expect(() => fit.predict(x)).toThrow("2 columns as fitted");
  });

  it("lives where the data live", () => {
    const data: Dataset = dataset(sparse(valid()), [1, 2, 3]);
    expect([data.rows, data.columns, data.nonzeros, data.storage]).toEqual([3, 3, 3, "sparse"]);
    data.release();
    expect(() => objective({ data, loss: losses.squaredError() })).toThrow(/not released/);
  });
});
