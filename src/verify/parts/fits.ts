import type { Fit, Random } from "../../index.js";
import { type Entry, type Library, type Part, entry } from "../entry.js";
import { classification, ordinary, regression, weights } from "../inputs.js";

function* one(name: string, call: string, fit: Fit, x: Float64Array): Generator<Entry, void> {
  const { coefficients, intercepts, sd, witness, objective, logLikelihood, status, iterations, evaluations } = fit;
  const of = `${call}(X, y, options)`;
  yield entry(`${name}: parameters`, of, coefficients, intercepts, sd, witness);
  yield entry(`${name}: record`, of, objective, logLikelihood, status, iterations, evaluations);
  yield entry(`${name}: scores`, `${of}.scores(X)`, fit.scores(x));
  if (fit.link === "identity") return;
  yield entry(`${name}: probabilities`, `${of}.predictProbabilities(X)`, fit.predictProbabilities(x));
}

function* logistic(generator: Random, library: Library): Generator<Entry, void> {
  const { logisticRegression, priors, penalties, optimizers } = library;
  const prior = priors.normal({ sd: 1.5 });
  for (const [rows, columns] of [
    [60, 2],
    [1000, 6],
    [30_000, 10],
  ] as const) {
    const { x, y } = classification(generator, rows, columns, 2);
    const put = (name: string, options: object): Generator<Entry, void> =>
      one(`${name}, ${rows} x ${columns}`, "logisticRegression", logisticRegression(x, y, { columns, ...options }), x);
    yield* put("logistic, prior", { prior });
    yield* put("logistic, penalty", { penalty: penalties.l2(0.05) });
    const w = weights(generator, rows);
    yield* put("logistic, lbfgs", { prior, weights: w, optimizer: optimizers.lbfgs() });
  }
}

function* softmax(generator: Random, { softmaxRegression, priors }: Library): Generator<Entry, void> {
  const prior = priors.normal({ sd: 1.5 });
  for (const [rows, columns, classes] of [
    [150, 4, 3],
    [3000, 5, 7],
  ] as const) {
    const { x, y } = classification(generator, rows, columns, classes);
    const name = `softmax, ${rows} x ${columns}, ${classes} classes`;
    yield* one(`${name}, prior`, "softmaxRegression", softmaxRegression(x, y, { columns, prior }), x);
    yield* one(`${name}, likelihood`, "softmaxRegression", softmaxRegression(x, y, { columns }), x);
  }
}

function* linear(generator: Random, { linearRegression, penalties }: Library): Generator<Entry, void> {
  for (const [rows, columns] of [
    [20, 1],
    [500, 7],
    [40_000, 8],
  ] as const) {
    const { x, y } = regression(generator, rows, columns);
    const of = `${rows} x ${columns}`;
    yield* one(`linear, ${of}`, "linearRegression", linearRegression(x, y, { columns }), x);
    const options = { columns, penalty: penalties.l2(0.3), standardize: true, weights: weights(generator, rows) };
    yield* one(`ridge, ${of}`, "linearRegression", linearRegression(x, y, options), x);
  }
}

/** Data for which no best fit exists, or more than one. */
function* degenerate(generator: Random, { logisticRegression, linearRegression }: Library): Generator<Entry, void> {
  const x = ordinary(generator, 40);
  const above = Float64Array.from({ length: 20 }, (_, i) => Number(x[2 * i] > x[2 * i + 1]));
  above[0] = 1 - above[1];
  const separable = above.map((_, i) => Number(x[2 * i] > 0));
  yield* one("separated", "logisticRegression", logisticRegression(x, separable, { columns: 2 }), x);
  const twice = Float64Array.from({ length: 60 }, (_, i) =>
    i % 3 === 2 ? 2 * x[i - 1 - Math.trunc(i / 3)] : x[i - Math.trunc(i / 3)],
  );
  yield* one("collinear", "linearRegression", linearRegression(twice, above, { columns: 3 }), twice);
}

/** Fitted parameters, records and predictions. */
export const fits: Part = function* (library) {
  const generator = library.random(7);
  for (const part of [logistic, softmax, linear, degenerate]) yield* part(generator, library);
};
