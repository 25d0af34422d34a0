import { describe, expect, test } from "vitest";
import {
  type Dataset,
  type Likelihood,
  type Objective,
  dataset,
  erm,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  map,
  minimizer,
  models,
  objective,
  ordinalRegression,
  penalties,
  poissonRegression,
  priors,
  robustRegression,
  softmaxRegression,
} from "../src/index.js";
import { bits, draws, expectBits, preciseSum, ulp, within } from "./support.js";

interface Setting {
  readonly likelihood: Likelihood;
  readonly intercept: boolean;
  readonly weighted: boolean;
  readonly shifted: boolean;
  /** By prior, by penalty, or neither. */
  readonly by: "prior" | "penalty" | "likelihood" | "loss";
}

const kinds = [likelihoods.bernoulli(), likelihoods.categorical({ classes: 3 }), likelihoods.gaussian({ sd: 0.7 })];

const settings: Setting[] = kinds.flatMap((likelihood) =>
  [true, false].flatMap((intercept) =>
    [
      [true, false],
      [false, true],
      [true, true],
      [false, false],
    ].flatMap(([weighted, shifted]) =>
      (["prior", "penalty", "likelihood", "loss"] as const).map((by) => ({
        likelihood,
        intercept,
        weighted,
        shifted,
        by,
      })),
    ),
  ),
);

interface Drawn {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
  readonly offset: Float64Array | null;
}

function drawn({ likelihood, weighted, shifted }: Setting, rows: number, columns: number): Drawn {
  const source = draws(81, rows * columns);
  const K = likelihood.loss.classes;
  const classes = likelihood.name === "bernoulli" ? 2 : K;
  return {
    rows,
    columns,
    x: source.normal(rows * columns),
    y: likelihood.name === "gaussian" ? source.normal(rows) : source.classes(rows, classes),
    weights: weighted ? source.uniform(rows).map((w) => (w < 0.2 ? 0 : 3 * w)) : null,
    offset: shifted ? source.normal(rows * K) : null,
  };
}

function dataOf({ x, y, columns, weights, offset }: Drawn): Dataset {
  return dataset(x, y, { columns, ...(weights && { weights }), ...(offset && { offset }) });
}

const ofCoefficients = { sd: [0.5, 2, 10], mean: [0, 1, -1] };
const prior = priors.normal({ ...ofCoefficients, intercept: { mean: 0.25, sd: 4 } });

function objectiveOf(setting: Setting, given: Drawn): Objective {
  const data = dataOf(given);
  const { likelihood, intercept, by } = setting;
  const model = models.linear({ intercept });
  const { loss } = likelihood;
  if (by === "likelihood") return objective({ data, model, likelihood });
  if (by === "loss") return objective({ data, model, loss });
  if (by === "prior") {
    return objective({ data, model, likelihood, prior: intercept ? prior : priors.normal(ofCoefficients) });
  }
  return objective({ data, model, loss, penalty: penalties.l2(0.125) });
}

/** F/W by the definition, row after row. */
function definition(setting: Setting, given: Drawn, theta: Float64Array): number {
  const { likelihood, intercept, by } = setting;
  const { rows, columns, x, y, weights, offset } = given;
  const K = likelihood.loss.classes;
  const first = intercept ? 1 : 0;
  const stride = columns + first;
  const terms: number[] = [];
  for (let i = 0; i < rows; i++) {
    const z = Float64Array.from({ length: K }, (_, k) => {
      const parts = Array.from({ length: columns }, (_, j) => x[i * columns + j] * theta[k * stride + first + j]);
      return preciseSum([...parts, intercept ? theta[k * stride] : 0, offset === null ? 0 : offset[i * K + k]]);
    });
    const largest = Math.max(...z);
    const loss =
      likelihood.name === "gaussian"
        ? 0.5 * (z[0] - y[i]) ** 2
        : likelihood.name === "bernoulli"
          ? Math.log1p(Math.exp(-Math.abs(z[0]))) + Math.max(z[0], 0) - y[i] * z[0]
          : Math.log(preciseSum(z.map((value) => Math.exp(value - largest)))) + largest - z[y[i]];
    terms.push((weights === null ? 1 : weights[i]) * loss);
  }
  const W = weights === null ? rows : preciseSum(weights);
  const phi = by === "prior" || by === "likelihood" ? likelihood.dispersion! : 1;
  let surprisal = 0;
  for (let k = 0; k < K; k++) {
    for (let a = 0; a < stride; a++) {
      const j = a - first;
      const value = theta[k * stride + a];
      if (by === "prior") {
        const sd = j < 0 ? 4 : [0.5, 2, 10][j];
        const mean = j < 0 ? 0.25 : [0, 1, -1][j];
        surprisal += 0.5 * ((value - mean) / sd) ** 2;
      } else if (by === "penalty" && j >= 0) surprisal += 0.5 * 0.125 * W * value * value;
    }
  }
  return (preciseSum(terms) / phi + surprisal) / W;
}

function difference(f: (x: number) => number, x: number, h = 2 ** -10): number {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

const label = ({ likelihood, intercept, weighted, shifted, by }: Setting): string =>
  [
    likelihood.name,
    by,
    intercept ? "intercept" : "no intercept",
    weighted ? "weights" : "no weights",
    shifted ? "offset" : "no offset",
  ].join(", ");

describe.each(settings.map((setting) => ({ setting, name: label(setting) })))("$name", ({ setting }) => {
  const given = drawn(setting, 150, 3);
  const target = objectiveOf(setting, given);
  const source = draws(82, 1);
  const theta = source.normal(target.size, 0.7);
  const moved = (j: number, value: number): Float64Array => {
    const copy = theta.slice();
    copy[j] = value;
    return copy;
  };

  test("value, gradient and Hessian", () => {
    const want = definition(setting, given, theta);
    within(target.value(theta), want, 1e-13 * want);
    const gradient = target.gradient(theta);
    const hessian = target.hessian(theta);
    expect(hessian.length).toBe((target.size * (target.size + 1)) / 2);
    for (let j = 0; j < target.size; j++) {
      within(
        gradient[j],
        difference((t) => target.value(moved(j, t)), theta[j]),
        1e-10,
        `slope ${j}`,
      );
      for (let k = 0; k <= j; k++) {
        const slope = difference((t) => target.gradient(moved(j, t))[k], theta[j]);
        within(hessian[(j * (j + 1)) / 2 + k], slope, 1e-10, `curvature ${j}, ${k}`);
      }
    }
  });

  test("every way to ask gives the same bits", () => {
    const value = target.value(theta);
    const gradient = target.gradient(theta);
    const both = target.valueAndGradient(theta);
    expectBits(bits(both.value, both.gradient), bits(value, gradient));
    const out = new Float64Array(target.size).fill(NaN);
    expect(target.gradient(theta, out)).toBe(out);
    expectBits(bits(out), bits(gradient));
    out.fill(NaN);
    expect(target.evaluate(theta, out)).toBe(value);
    expectBits(bits(out), bits(gradient));
    expect(target.evaluate(theta, null)).toBe(value);
    expect(target.valueAndGradient(theta, out).gradient).toBe(out);
    const own = theta.slice();
    target.evaluate(own, own);
    expectBits(bits(own), bits(gradient));
  });

  test("its data term has the bits of the loss on its scores", () => {
    const { loss } = setting.likelihood;
    const scores = target.bound.scores(theta);
    const options = { reduction: "sum" as const, ...(given.weights && { weights: given.weights }) };
    expectBits(bits(target.dataTerm(theta)), bits(loss.value(scores, given.y, options) / target.dispersion));
  });

  test("is convex along lines", () => {
    expect(target.convex).toBe(true);
    const other = source.normal(target.size);
    const at = (t: number): number => target.value(theta.map((a, j) => a + t * (other[j] - a)));
    for (const t of [0.25, 0.5, 0.9]) {
      expect(at(t)).toBeLessThanOrEqual((1 - t) * at(0) + t * at(1) + 1e-14);
    }
  });
});

describe("slices", () => {
  const rows = 3500;
  test.each(kinds)("of one, three or all units: $name", (likelihood) => {
    for (const [intercept, columns] of [
      [true, 100],
      [false, 41],
    ] as const) {
      const setting: Setting = { likelihood, intercept, weighted: true, shifted: true, by: "likelihood" };
      const target = objectiveOf(setting, drawn(setting, rows, columns));
      const theta = draws(83).normal(target.size, 0.2);
      for (const order of [0, 1, 2] as const) {
        const whole = target.begin(theta, order);
        expect(whole.advance(Infinity)).toBe(true);
        for (const units of [1, 3]) {
          const evaluation = target.begin(theta, order);
          let steps = 1;
          while (!evaluation.advance(units)) steps++;
          if (units === 1) expect(steps).toBeGreaterThan(1);
          expect(evaluation.done).toBe(true);
          expectBits(
            bits(evaluation.value, evaluation.gradient, evaluation.hessian ?? []),
            bits(whole.value, whole.gradient, whole.hessian ?? []),
          );
          expect(evaluation.advance(1)).toBe(true);
        }
      }
    }
  });

  test("parameters may change once an evaluation has begun", () => {
    const setting: Setting = {
      likelihood: kinds[0],
      intercept: true,
      weighted: false,
      shifted: false,
      by: "likelihood",
    };
    const target = objectiveOf(setting, drawn(setting, rows, 100));
    const theta = draws(84).normal(target.size, 0.2);
    const want = target.value(theta);
    const evaluation = target.begin(theta, 0);
    evaluation.advance(1);
    theta.fill(7);
    evaluation.advance(Infinity);
    expect(evaluation.value).toBe(want);
  });

  test("evaluations may be interleaved; of more than four the oldest says that it is void", () => {
    const setting: Setting = {
      likelihood: kinds[0],
      intercept: true,
      weighted: false,
      shifted: false,
      by: "likelihood",
    };
    const target = objectiveOf(setting, drawn(setting, rows, 100));
    const theta = new Float64Array(target.size);
    const points = [0, 1, 2, 3].map((seed) => draws(90 + seed).normal(target.size, 0.2));
    const several = points.map((point, i) => target.begin(point, i % 3 === 0 ? 2 : 1));
    for (let done = false; !done;) {
      const all = several.map((evaluation) => evaluation.advance(1));
      done = all.every(Boolean);
    }
    several.forEach((evaluation, i) => {
      const alone = target.begin(points[i], i % 3 === 0 ? 2 : 1);
      alone.advance(Infinity);
      expect(bits(evaluation.value, evaluation.gradient, evaluation.hessian ?? [])).toEqual(
        bits(alone.value, alone.gradient, alone.hessian ?? []),
      );
    });

    const first = target.begin(theta, 0);
    first.advance(1);
    for (let i = 0; i < 4; i++) target.begin(theta, 0).advance(1);
    expect(() => first.advance(1)).toThrow(/the one begun last/);
    expect(first.value).toBeNaN();
  });
});

describe("how X is stored changes no bit", () => {
  const source = draws(85);
  const [rows, columns] = [130, 4];
  const x = source.normal(rows * columns).map(Math.fround);
  const y = source.classes(rows, 2);
  const names = ["a", "b", "c", "d"];
  const row = (i: number): Float64Array => x.subarray(i * columns, (i + 1) * columns);
  const matrix = Array.from({ length: rows }, (_, i) => Array.from(row(i)));
  const named = Object.fromEntries(names.map((name, j) => [name, matrix.map((values) => values[j])]));
  const records = matrix.map((values, i) => ({
    ...Object.fromEntries(names.map((name, j) => [name, values[j]])),
    label: y[i],
  }));
  const theta = source.normal(columns + 1);
  const likelihood = likelihoods.bernoulli();
  const result = (data: Dataset): string => {
    const target = objective({ data, likelihood });
    const { value, gradient } = target.valueAndGradient(theta);
    return bits(value, gradient, target.hessian(theta));
  };
  const want = result(dataset(x, y, { columns }));

  test.each([
    ["rows", () => dataset(matrix, y)],
    [
      "rows as typed arrays",
      () =>
        dataset(
          Array.from({ length: rows }, (_, i) => row(i)),
          y,
        ),
    ],
    [
      "rows in single precision",
      () =>
        dataset(
          matrix.map((values) => Float32Array.from(values)),
          Array.from(y),
        ),
    ],
    ["a flat Float32Array", () => dataset(Float32Array.from(x), y, { columns })],
    ["a flat array", () => dataset(Array.from(x), Uint8Array.from(y), { columns })],
    ["named columns", () => dataset(named, y)],
    ["named typed columns", () => dataset(Object.fromEntries(names.map((n) => [n, Float32Array.from(named[n])])), y)],
    ["records", () => dataset(records, { target: "label" })],
    ["records with features", () => dataset(records, { target: "label", features: names })],
    ["weights of one", () => dataset(matrix, y, { weights: new Float64Array(rows).fill(1) })],
  ] as [string, () => Dataset][])("%s", (_, make) => {
    expectBits(result(make()), want);
  });

  test("names come along", () => {
    expect(dataset(named, y).names).toEqual(names);
    expect(dataset(records, { target: "label" }).names).toEqual(names);
    expect(dataset(matrix, y).names).toEqual(["x0", "x1", "x2", "x3"]);
    expect(dataset(matrix, y, { names }).names).toEqual(names);
    expect(dataset(records, { target: "label", features: ["d", "a"] }).names).toEqual(["d", "a"]);
  });
});

describe("dispersion and constants", () => {
  const setting: Setting = { likelihood: kinds[2], intercept: true, weighted: true, shifted: true, by: "likelihood" };
  const given = drawn(setting, 90, 3);
  const data = dataOf(given);
  const theta = draws(86).normal(4);

  test("φ divides the losses and not the prior", () => {
    const [one, wide] = [1, 4].map((sd) => objective({ data, likelihood: likelihoods.gaussian({ sd }) }));
    expectBits(bits(wide.value(theta)), bits(one.value(theta) / 16));
    expectBits(bits(wide.gradient(theta)), bits(one.gradient(theta).map((g) => g / 16)));
    expectBits(bits(wide.hessian(theta)), bits(one.hessian(theta).map((h) => h / 16)));
    expect(wide.dispersion).toBe(16);
    const bare = objective({ data, likelihood: likelihoods.gaussian({ sd: 4 }), prior });
    const added = bare.value(theta) - wide.value(theta);
    const alone = objective({ data, likelihood: likelihoods.gaussian({ sd: 1 }), prior });
    within(alone.value(theta) - one.value(theta), added, 8 * ulp(alone.value(theta)));
  });

  test("W·F = −log-likelihood − constant", () => {
    for (const likelihood of kinds) {
      const own = { ...setting, likelihood };
      const numbers = drawn(own, 90, 3);
      const target = objectiveOf(own, numbers);
      const point = draws(87).normal(target.size);
      const logs = likelihood.logDensity(target.bound.scores(point), numbers.y);
      const total = preciseSum(logs.map((log, i) => numbers.weights![i] * log));
      within(target.value(point) * target.totalWeight + target.constant(), -total, 1e-13 * Math.abs(total));
    }
  });

  test("a loss has no constant, an unknown sd neither", () => {
    expect(() => objective({ data, loss: losses.squaredError() }).constant()).toThrow(/stated by a likelihood/);
    expect(objective({ data, loss: losses.squaredError() }).likelihood).toBeNull();
  });

  test("an unknown sd beside a prior is refused", () => {
    expect(() => objective({ data, likelihood: likelihoods.gaussian(), prior })).toThrow(RangeError);
    expect(() => objective({ data, likelihood: likelihoods.gaussian(), prior })).toThrow(/gaussian\(\{ sd \}\)/);
    expect(objective({ data, likelihood: likelihoods.gaussian(), prior: priors.flat() }).dispersion).toBe(1);
  });
});

describe("standardize", () => {
  const source = draws(88);
  const [rows, columns] = [300, 3];
  const x = source.normal(rows * columns).map((value, at) => [1e3, 1, 1e-3][at % 3] * (value + 50));
  const y = source.classes(rows, 2);
  const weights = source.uniform(rows).map((w, i) => (i % 5 === 0 ? 0 : w));

  test.each([
    ["without weights", undefined],
    ["with weights, some 0", weights],
  ])("leaves mean 0 and variance 1: %s", (_, w) => {
    const data = dataset(x, y, { columns, standardize: true, ...(w && { weights: w }) });
    const bound = objective({ data, likelihood: likelihoods.bernoulli() }).bound;
    const kept = new Float64Array(rows * columns);
    bound.eachRow((row, features) => kept.set(features, row * columns));
    const W = data.totalWeight;
    for (let j = 0; j < columns; j++) {
      const column = Array.from({ length: rows }, (_, i) => kept[i * columns + j]);
      const weight = (i: number): number => (w === undefined ? 1 : w[i]);
      within(preciseSum(column.map((value, i) => weight(i) * value)) / W, 0, 1e-13);
      within(preciseSum(column.map((value, i) => weight(i) * value * value)) / W, 1, 1e-13);
      for (const i of [0, 7, 299]) {
        const { center, scale } = data.moments!;
        within(kept[i * columns + j] * scale[j] + center[j], x[i * columns + j], 4 * ulp(x[i * columns + j]));
      }
    }
  });

  test("a constant column becomes 0", () => {
    const data = dataset(
      [
        [5, 1],
        [5, 2],
        [5, 4],
      ],
      [0, 1, 0],
      { standardize: true },
    );
    const seen: number[] = [];
    objective({ data, likelihood: likelihoods.bernoulli() }).bound.eachRow((_, features) => seen.push(features[0]));
    expect(seen).toEqual([0, 0, 0]);
  });

  test("a column that varies only where the weight is 0 stays finite", () => {
    const data = dataset(
      [
        [5, 1],
        [5, 2],
        [9, 4],
      ],
      [0, 1, 0],
      { standardize: true, weights: [1, 1, 0] },
    );
    objective({ data, likelihood: likelihoods.bernoulli() }).bound.eachRow((_, features) => {
      expect(features.every(Number.isFinite)).toBe(true);
    });
    expect(objective({ data, likelihood: likelihoods.bernoulli() }).value(new Float64Array(3))).toBe(Math.LN2);
  });
});

test("a column too wide or too narrow to standardize", () => {
  expect(() => dataset([[1e200], [-1e200]], [0, 1], { standardize: true })).toThrow(
    /finite mean and variance.*column 0/,
  );
  const narrow = dataset([[1e-200], [-1e-200]], [0, 1], { standardize: true });
  expect(Array.from(narrow.moments!.scale)).toEqual([1]);
});

test("parameters are any array of numbers", () => {
  const data = dataset([[1], [2]], [0, 1]);
  const target = objective({ data, likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: 1 }) });
  const firth = objective({ data, likelihood: likelihoods.bernoulli(), prior: priors.firth() });
  const network = objective({ data, likelihood: likelihoods.bernoulli(), model: models.mlp({ hidden: [1] }) });
  const [theta, v] = [
    [0.25, -1.5],
    [1, 2],
  ];
  const own = Float64Array.from(theta);
  const weights = [0.1, -0.2, 0.3, 0.5];
  for (const [got, expected] of [
    [target.value(theta), target.value(own)],
    [firth.value(theta), firth.value(own)],
    [target.gradient(Float32Array.from(theta)), target.gradient(own)],
    [firth.gradient(theta), firth.gradient(own)],
    [target.valueAndGradient(theta).gradient, target.gradient(own)],
    [target.hessian(theta), target.hessian(own)],
    [target.hessianVector(theta, v), target.hessianVector(own, Float64Array.from(v))],
    [target.dataTerm(theta), target.dataTerm(own)],
    [target.evaluate(theta, null), target.value(own)],
    [network.inputGradient!(weights), network.inputGradient!(Float64Array.from(weights))],
  ]) {
    expectBits(bits(got), bits(expected));
  }
  expect(target.value([0, NaN])).toBe(NaN);
});

const square = {
  name: "square",
  value: (r: number) => 0.5 * r * r,
  gradient: (r: number) => r,
  curvature: () => 1,
};

describe("what is refused", () => {
  const data = dataset([[1], [2]], [0, 1]);
  const likelihood = likelihoods.bernoulli();

  test("by name", () => {
    const call = (spec: unknown) => () => objective(spec as never);
    expect(call({ data, likelihood: losses.squaredError() })).toThrow(/"likelihood"/);
    expect(call({ data, loss: likelihood })).toThrow(/"loss"/);
    expect(call({ data: [[1]], likelihood })).toThrow(/"data" expected a dataset/);
    expect(call({ likelihood })).toThrow(/"data"/);
    expect(call({ data })).toThrow(/"likelihood"/);
    expect(call({ data, likelihood, penalty: penalties.l2(1) })).toThrow(/penalty/);
    expect(call({ data, loss: likelihood.loss, prior: priors.flat() })).toThrow(/prior/);
    expect(call({ data, likelihood, prior: penalties.l2(1) })).not.toThrow(/undefined/);
    expect(call({ data: dataset([[1]]), likelihood })).toThrow(/a dataset with targets/);
    expect(call({ data, loss: losses.softmaxCrossEntropy({ classes: 3 }), model: 3 })).toThrow(TypeError);
    expect(call(undefined)).toThrow(TypeError);
    expect(call(null)).toThrow(TypeError);
  });

  test("targets that the loss does not take, with their row", () => {
    const other = dataset([[1], [2], [3]], [0, 1, 2]);
    expect(() => objective({ data: other, likelihood })).toThrow(/"targets" expected 0\.\.1, got 2 at row 2/);
  });

  test("an offset of another shape", () => {
    const shifted = dataset([[1], [2]], [0, 1], { offset: [1, 2] });
    expect(() => objective({ data: shifted, likelihood: likelihoods.categorical({ classes: 2 }) })).toThrow(/"offset"/);
  });

  test("parameters of another kind or length", () => {
    const target = objective({ data, likelihood });
    for (const f of [target.value, target.gradient, target.hessian, target.dataTerm]) {
      expect(() => f(new Float64Array(3))).toThrow(/"parameters" expected an array of length 2, got Float64Array of/);
      expect(() => f([0])).toThrow(/"parameters" expected an array of length 2, got an array of length 1/);
      expect(() => f([0, "1"] as never)).toThrow(/"parameters" expected a number, got "1" at row 1/);
      expect(() => f(1 as never)).toThrow(/"parameters" expected an array of numbers/);
    }
    expect(() => target.hessianVector([0, 0], [1])).toThrow(/"direction" expected an array of length 2/);
    expect(() => target.gradient([0, 0], [0, 0] as never)).toThrow(/"out" expected a Float64Array of length 2/);
    expect(() => target.begin([0, 0] as never, 0)).toThrow(/"parameters" expected a Float64Array of length 2/);
    expect(() => target.gradient(new Float64Array(2), new Float64Array(1))).toThrow(/"out"/);
  });

  test("an intercept named by a prior or penalty of a model without one", () => {
    const model = models.linear({ intercept: false });
    const prior = priors.normal({ sd: 1, intercept: { sd: 2 } });
    const refused = /"intercept" expected nothing in a prior or penalty of a model that has none/;
    expect(() => objective({ data, likelihood, model, prior })).toThrow(refused);
    const penalty = prior.penalty({ totalWeight: 2 });
    expect(() => objective({ data, loss: likelihood.loss, model, penalty })).toThrow(refused);
    const own = priors.custom({ ...square, intercept: {} });
    expect(() => map({ data, likelihood, model, prior: own })).toThrow(refused);
    const theirs = penalties.custom({ ...square, intercept: { mean: 1 } });
    expect(() => erm({ data, loss: likelihood.loss, model, penalty: theirs })).toThrow(refused);
    // Of a model of one's own a prior has no intercept to name.
    const line = models.custom({
      ...{ name: "line", size: () => 1, scores: ([a], [x], out) => void (out[0] = a * x) },
      gradient: (_, [x], [slope], out) => void (out[0] += slope * x),
    });
    expect(() => objective({ data, likelihood, model: line, prior })).toThrow(refused);
    const rows = [[1], [2], [3]];
    expect(() => linearRegression(rows, [1, 2, 4], { prior, sd: 1, intercept: false })).toThrow(refused);
    expect(() => linearRegression(rows, [1, 2, 4], { penalty, intercept: false })).toThrow(refused);
    expect(() => logisticRegression(rows, [0, 1, 0], { prior, intercept: false })).toThrow(refused);
    expect(() => poissonRegression(rows, [0, 1, 4], { penalty, intercept: false })).toThrow(refused);
    expect(() => softmaxRegression(rows, [0, 1, 2], { prior, intercept: false })).toThrow(refused);
    expect(() => robustRegression(rows, [0, 1, 2], { penalty, intercept: false })).toThrow(refused);
    expect(() => ordinalRegression(rows, [0, 1, 0], { prior })).toThrow(refused);
    // Biases of a network are its intercepts.
    const network = objective({ data, likelihood, model: models.mlp({ hidden: [2] }), prior });
    expect(Array.from(network.terms.precision)).toEqual([0.25, 1, 0.25, 1, 0.25, 1, 1]);
  });

  test("released data", () => {
    const own = dataset([[1], [2]], [0, 1]);
    const target = objective({ data: own, likelihood });
    const job = minimizer(target);
    own.release();
    for (const use of [
      () => target.value(new Float64Array(2)),
      () => objective({ data: own, likelihood }),
      () => job.step({ units: Infinity }),
    ]) {
      expect(use).toThrow(/not released/);
    }
  });
});
