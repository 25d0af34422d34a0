// The work that is compared with other systems: seeded data, what surprisal does with them, and the ratio aimed at.
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import * as surprisal from "../../dist/index.js";

const {
  dataset,
  likelihoods,
  logSumExp,
  logisticRegression,
  losses,
  objective,
  priors,
  random,
  sigmoid,
  softmaxRegression,
} = surprisal;

/** Roughly normal: the sum of twelve uniform numbers less six. */
function normals(source, length) {
  return Float64Array.from({ length }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += source.uniform();
    return sum;
  });
}

const uniforms = (source, length, spread) => Float64Array.from({ length }, () => spread * (2 * source.uniform() - 1));

/** Rows of normal numbers with labels drawn from a logistic model. */
function logisticData(rows, columns) {
  const source = random(1, rows + columns);
  const x = columns > 200 ? uniforms(source, rows * columns, Math.sqrt(3)) : normals(source, rows * columns);
  const w = normals(source, columns).map((value) => value / Math.sqrt(columns));
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let z = 0;
    for (let j = 0; j < columns; j++) z += w[j] * x[i * columns + j];
    y[i] = source.uniform() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  }
  return { x, y, rows, columns };
}

function table(name, target, standardized) {
  const text = readFileSync(new URL(`../../examples/data/${name}.csv`, import.meta.url), "utf8");
  const records = parse(text, { columns: true, cast: (value, { header }) => (header ? value : Number(value)) });
  const names = Object.keys(records[0]).filter((key) => key !== target);
  const [rows, columns] = [records.length, names.length];
  const x = new Float64Array(rows * columns);
  names.forEach((key, j) => {
    const mean = records.reduce((sum, record) => sum + record[key], 0) / rows;
    const variance = records.reduce((sum, record) => sum + (record[key] - mean) ** 2, 0) / rows;
    records.forEach((record, i) => {
      x[i * columns + j] = standardized ? (record[key] - mean) / Math.sqrt(variance) : record[key];
    });
  });
  return { x, y: Float64Array.from(records, (record) => record[target]), rows, columns };
}

const gradient = (rows, columns, aims) => ({
  name: `logistic loss and gradient, ${rows} x ${columns}`,
  kind: "logisticGradient",
  copies: "parameters in, gradient out",
  aims,
  data: () => ({ ...logisticData(rows, columns), w: normals(random(2), columns + 1).map((value) => value / 10) }),
  prepare({ x, y, columns, w }) {
    const target = objective({ data: dataset(x, y, { columns }), likelihood: likelihoods.bernoulli() });
    const out = new Float64Array(columns + 1);
    return () => target.evaluate(w, out);
  },
});

const softmax = (rows, columns, aims) => ({
  name: `softmax cross-entropy and gradient, ${rows} x ${columns}`,
  kind: "softmaxCrossEntropy",
  copies: "scores in, gradient out",
  aims,
  data() {
    const source = random(3, columns);
    const y = Float64Array.from({ length: rows }, () => source.integer(columns));
    return { x: uniforms(source, rows * columns, 4), y, rows, columns };
  },
  prepare({ x, y, columns }) {
    const loss = losses.softmaxCrossEntropy({ classes: columns });
    const out = new Float64Array(x.length);
    return () => loss.valueAndGradient(x, y, { out }).value;
  },
});

const binary = {
  name: "binary cross-entropy and gradient, 1000000",
  kind: "binaryCrossEntropy",
  copies: "scores and targets in, gradient out",
  aims: { sklearn: 7, torch: 6, tfjs: null },
  data() {
    const source = random(4);
    const y = Float64Array.from({ length: 1e6 }, () => source.integer(2));
    return { x: uniforms(source, 1e6, 6), y, rows: 1e6, columns: 1 };
  },
  prepare({ x, y }) {
    const loss = losses.binaryCrossEntropy();
    const out = new Float64Array(x.length);
    return () => loss.valueAndGradient(x, y, { out }).value;
  },
};

const logSum = {
  name: "log-sum-exp of 1000000",
  kind: "logSumExp",
  copies: "in",
  aims: { scipy: 1, plain: 5 },
  data: () => ({ x: uniforms(random(5), 1e6, 6), y: new Float64Array(0), rows: 1e6, columns: 1 }),
  prepare:
    ({ x }) =>
    () =>
      logSumExp(x),
};

const prior = priors.normal({ sd: 1 });

const sigmoids = {
  name: "sigmoid of 100000",
  kind: "sigmoid",
  copies: "in and out",
  aims: { scipy: null, stdlib: null },
  data: () => ({ x: uniforms(random(6), 1e5, 6), y: new Float64Array(0), rows: 1e5, columns: 1 }),
  prepare({ x }) {
    const out = new Float64Array(x.length);
    return () => sigmoid(x, { out })[0];
  },
};

/**
 * Fits of one optimum: Σ loss + ½‖w‖², the intercept free. `ways`: with the tolerance of the library, 1e-16, and with larger
 * ones, as the solvers of others are tried with several; what counts is the fastest that comes near enough.
 */
const fit = (name, data, aims, regression = logisticRegression) => ({
  name: `${regression === softmaxRegression ? "softmax" : "logistic"} fit, ${name}`,
  kind: regression === softmaxRegression ? "softmaxFit" : "logisticFit",
  copies: "X in",
  aims,
  data,
  prepare: (given) => fitTask(regression, given, {}),
  ways: (given) =>
    Object.fromEntries(
      [1e-2, 1e-3, 1e-4, 1e-6].map((tolerance) => [tolerance, fitTask(regression, given, { tolerance })]),
    ),
});

function fitTask(regression, { x, y, columns }, options) {
  return () => {
    const { objective: value, totalWeight } = regression(x, y, { columns, prior, ...options });
    return value * totalWeight;
  };
}

/** Every work; `aims`: the ratio to each peer that the project aims at, null where there is none. */
export const works = [
  gradient(100_000, 10, { sklearn: 3, tfjs: 8, jax: 8 }),
  gradient(100_000, 30, { sklearn: 5, tfjs: 8, jax: 8 }),
  gradient(100_000, 100, { sklearn: 5, tfjs: 8, jax: 8 }),
  gradient(20_000, 500, { sklearn: 3, tfjs: 8, jax: 8 }),
  softmax(100_000, 10, { torch: 5, tfjs: 10 }),
  softmax(10_000, 100, { torch: 2.5, tfjs: 10 }),
  softmax(1000, 1000, { torch: 2.5, tfjs: 10 }),
  binary,
  logSum,
  sigmoids,
  fit("breast cancer, standardized", () => table("breast_cancer", "target", true), { sklearn: 3 }),
  fit("100000 x 20", () => logisticData(100_000, 20), { sklearn: 3 }),
  fit("100000 x 100", () => logisticData(100_000, 100), { sklearn: 3 }),
  fit("5000 x 1000", () => logisticData(5000, 1000), { sklearn: 2 }),
  fit("digits", () => table("digits", "target", false), { sklearn: 3 }, softmaxRegression),
  fit("1000 x 10", () => logisticData(1000, 10), { "ml-logistic-regression": 1000 }),
];
