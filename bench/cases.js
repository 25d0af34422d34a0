// Every kernel as users reach it, beside the plain loop; data are seeded, results go to a sink.
import * as surprisal from "../dist/index.js";
import * as plain from "./plain.js";

const { backend, dataset, likelihoods, losses, objective, random } = surprisal;

const SIZES = [8, 64, 1000, 10_000, 100_000, 1_000_000];

/** Numbers from −6 to 6, or inside (0, 1). */
function numbers(length, { unit = false } = {}) {
  const generator = random(length);
  return Float64Array.from({ length }, () => (unit ? generator.uniform() : 12 * generator.uniform() - 6));
}

const bits = (length) => Float64Array.from(numbers(length, { unit: true }), (u) => (u < 0.5 ? 0 : 1));
const classesOf = (length, classes) =>
  Float64Array.from(numbers(length, { unit: true }), (u) => Math.floor(u * classes));

const positive = (length) => Float64Array.from(numbers(length), (x) => Math.abs(x) + 1e-3);
const inputs = { log: positive, log1p: positive, logit: (n) => numbers(n, { unit: true }) };

const elementwise = ["exp", "log", "log1p", "expm1", "tanh", "sigmoid", "logSigmoid", "softplus", "logit"].map(
  (name) => ({
    name,
    copies: "in and out",
    sizes: SIZES,
    make(n) {
      const x = (inputs[name] ?? numbers)(n);
      const out = new Float64Array(n);
      const options = { out };
      return { elements: n, library: () => surprisal[name](x, options)[0], plain: () => plain[name](x, out)[0] };
    },
  }),
);

const rowsCase = (name, columns) => ({
  name: `${name}, rows of ${columns}`,
  copies: "in and out",
  sizes: SIZES.map((n) => Math.max(1, Math.round(n / columns)) * columns).filter((n, i, all) => all.indexOf(n) === i),
  make(n) {
    const x = numbers(n);
    const out = new Float64Array(n);
    const options = { columns, out };
    return { elements: n, library: () => surprisal[name](x, options)[0], plain: () => plain[name](x, columns, out)[0] };
  },
});

const logSumExp = {
  name: "logSumExp",
  copies: "in",
  sizes: SIZES,
  make(n) {
    const x = numbers(n);
    return { elements: n, library: () => surprisal.logSumExp(x), plain: () => plain.logSumExp(x) };
  },
};

const scalarLoss = (name, targetsOf) => ({
  name: `${name} with gradient`,
  copies: "in and out",
  sizes: SIZES,
  make(n) {
    const loss = losses[name](name === "huber" ? { delta: 1 } : undefined);
    const scores = numbers(n);
    const targets = targetsOf(n);
    const out = new Float64Array(n);
    const options = { out };
    return {
      elements: n,
      library: () => loss.valueAndGradient(scores, targets, options).value,
      plain: () => plain[name](scores, targets, out),
    };
  },
});

const softmaxLoss = (classes) => ({
  name: `softmaxCrossEntropy with gradient, ${classes} classes`,
  copies: "in and out",
  sizes: [1, 10, 100, 1000, 10_000, 100_000].map((rows) => rows * classes).filter((n) => n <= 1_000_000),
  make(n) {
    const loss = losses.softmaxCrossEntropy({ classes });
    const scores = numbers(n);
    const targets = classesOf(n / classes, classes);
    const out = new Float64Array(n);
    const options = { out };
    return {
      elements: n,
      library: () => loss.valueAndGradient(scores, targets, options).value,
      plain: () => plain.softmaxCrossEntropy(scores, targets, classes, out),
    };
  },
});

const linearCase = (rows, columns, classes) => ({
  name:
    classes === 1
      ? `logistic gradient, ${columns} columns`
      : `softmax gradient, ${columns} columns, ${classes} classes`,
  copies: "parameters in, gradient out",
  sizes: rows.map((count) => count * columns),
  make(n) {
    const count = n / columns;
    const x = numbers(n);
    const y = classes === 1 ? bits(count) : classesOf(count, classes);
    const parameters = numbers(classes * (columns + 1)).map((value) => value / 10);
    const gradient = new Float64Array(parameters.length);
    const likelihood = classes === 1 ? likelihoods.bernoulli() : likelihoods.categorical({ classes });
    const target = objective({ data: dataset(x, y, { columns }), likelihood });
    return {
      elements: n,
      library: () => target.valueAndGradient(parameters, gradient).value,
      plain:
        classes === 1
          ? () => plain.logisticGradient(x, y, columns, parameters, gradient)
          : () => plain.softmaxGradient(x, y, columns, classes, parameters, gradient),
    };
  },
});

export const cases = [
  ...elementwise,
  logSumExp,
  ...[10, 100, 1000].map((columns) => rowsCase("softmax", columns)),
  ...[10, 1000].map((columns) => rowsCase("logSoftmax", columns)),
  scalarLoss("binaryCrossEntropy", bits),
  scalarLoss("squaredError", numbers),
  scalarLoss("poisson", (n) => Float64Array.from(positive(n), Math.floor)),
  scalarLoss("huber", numbers),
  ...[10, 100, 1000].map(softmaxLoss),
  ...[10, 30, 100].map((columns) =>
    linearCase(
      [10, 100, 1000, 10_000, 100_000].filter((r) => r * columns <= 1e7),
      columns,
      1,
    ),
  ),
  linearCase([100, 1797], 64, 10),
];

/** The library on each backend; `auto` chooses by size. */
export const modes = backend.name === "wasm" ? ["auto", "wasm", "typescript"] : ["typescript"];

export { backend };
