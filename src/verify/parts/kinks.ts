import type { Job } from "../../index.js";
import { type Entry, type Library, type Part, entry } from "../entry.js";
import { classification, regression, weights } from "../inputs.js";

/** Minima of losses with kinks. */
function* kinked(library: Library): Generator<Entry, void> {
  const { random, dataset, losses, penalties, objective, optimizers, minimize } = library;
  const generator = random(31);
  const { x, y } = regression(generator, 300, 4);
  const data = dataset(x, y, { columns: 4, weights: weights(generator, 300) });
  const sides = classification(generator, 300, 4, 2);
  const classes = dataset(sides.x, sides.y, { columns: 4 });
  const penalty = penalties.elasticNet({ l1: 0.05, l2: 0.02 });
  for (const [name, spec] of [
    ["quantile", { data, loss: losses.quantile({ level: 0.2 }) }],
    ["absolute error, elastic net", { data, loss: losses.absoluteError(), penalty }],
    ["hinge, l2", { data: classes, loss: losses.hinge(), penalty: penalties.l2(0.01) }],
  ] as const) {
    const result = minimize(objective(spec), { optimizer: optimizers.interiorPoint() });
    const { parameters, value, gradient, decrement, iterations, status } = result;
    const call = "minimize(objective, { optimizer: optimizers.interiorPoint() })";
    yield entry(`interior point: ${name}`, call, parameters, value, gradient, decrement, iterations, status);
  }
}

function ended<T, P>(job: Job<T, P>): T {
  job.step({ units: Infinity });
  return job.result;
}

/** A job that was stored on its way. */
function stored<T, P>(job: Job<T, P>, units: number): unknown {
  job.step({ units });
  return JSON.parse(JSON.stringify(job));
}

function* dual(library: Library): Generator<Entry, void> {
  const { random, dataset, losses, penalties, objective, optimizers, minimize } = library;
  const generator = random(33);
  const { x, y } = classification(generator, 120, 5, 2);
  const data = dataset(x, y, { columns: 5, weights: weights(generator, 120) });
  const optimizer = optimizers.dualCoordinateDescent({ seed: 1 });
  for (const loss of [losses.hinge(), losses.squaredHinge()]) {
    const result = minimize(objective({ data, loss, penalty: penalties.l2(0.1) }), { optimizer });
    const { parameters, value, decrement, iterations, status } = result;
    const call = "minimize(objective, { optimizer: optimizers.dualCoordinateDescent({ seed: 1 }) })";
    yield entry(`dual coordinate descent: ${loss.name}`, call, parameters, value, decrement, iterations, status);
  }
}

/** Fits by losses with kinks, and robust ones. */
function* fitted(library: Library): Generator<Entry, void> {
  const { random, linearSVM, quantileRegression, robustRegression, penalties, fitter } = library;
  const generator = random(32);
  const { x, y } = regression(generator, 200, 3);
  const sides = classification(generator, 200, 3, 2);
  const options = { columns: 3, weights: weights(generator, 200) };
  for (const [call, fit] of [
    ["linearSVM", linearSVM(sides.x, sides.y, { ...options, standardize: true })],
    ["linearSVM, squared", ended(fitter(linearSVM, sides.x, sides.y, { columns: 3, loss: "squaredHinge" }))],
    ["quantileRegression, median", ended(fitter(quantileRegression, x, y, { columns: 3 }))],
    ["quantileRegression", quantileRegression(x, y, { ...options, level: 0.75, penalty: penalties.l1(0.02) })],
    ["robustRegression", robustRegression(x, y, options)],
    ["robustRegression, Student t", ended(fitter(robustRegression, x, y, { columns: 3, loss: "studentT" }))],
  ] as const) {
    const { coefficients, intercepts, scale, objective, status, iterations, certificate } = fit;
    const numbers = [coefficients, intercepts, scale, objective, status, iterations, certificate.value] as const;
    yield entry(`${call}: fit`, `${call}(X, y, options)`, ...numbers, fit.scores(x));
  }
}

/** Paths of penalties and what is chosen along them. */
function* chosen(library: Library): Generator<Entry, void> {
  const { random, regularizationPath, selectPenalty, crossValidate, folds, fitter } = library;
  const { likelihoods, linearRegression } = library;
  const generator = random(34);
  const { x, y } = regression(generator, 60, 4);
  const path = regularizationPath(x, y, { columns: 4, values: 12, alpha: 0.9, weights: weights(generator, 60) });
  const along = path.fits.flatMap(({ coefficients, intercept }) => [...coefficients, intercept]);
  yield entry("path: Gaussian", "regularizationPath(X, y, options)", path.lambda, along, path.nonzero);
  const wide = classification(generator, 40, 120, 2);
  const options = { columns: 120, values: 6, ratio: 0.3, likelihood: likelihoods.bernoulli() };
  const screened = ended(fitter(regularizationPath, wide.x, wide.y, options));
  const thin = screened.fits.flatMap(({ coefficients }) => [...coefficients]);
  yield entry("path: Bernoulli, screened", "regularizationPath(X, y, options)", screened.lambda, thin);
  const selected = selectPenalty(x, y, { columns: 4, values: 8, folds: 3, seed: 5 });
  const { mean, standardError, best, simplest } = selected;
  yield entry("penalty by cross-validation", "selectPenalty(X, y, options)", mean, standardError, best, simplest);
  const again = ended(fitter(selectPenalty, x, y, { columns: 4, values: 3, groups: y.map((_, i) => i % 7) }));
  yield entry("penalty by cross-validation, groups", "selectPenalty(X, y, options)", again.mean, again.folds);
  const short = { columns: 4, values: 3 };
  const half = stored(fitter(regularizationPath, x, y, short), 9);
  const resumed = ended(regularizationPath.resume(half, x, y, short));
  const onPath = resumed.fits.flatMap(({ coefficients }) => [...coefficients]);
  yield entry("path: stored and resumed", "regularizationPath.resume(json, X, y, options)", resumed.lambda, onPath);
  const chosen = ended(selectPenalty.resume(stored(fitter(selectPenalty, x, y, short), 9), x, y, short));
  yield entry("penalty: stored and resumed", "selectPenalty.resume(json, X, y, options)", chosen.mean, chosen.best);
  const validation = crossValidate(linearRegression, x, y, { columns: 4, standardize: true }, { folds: 4, seed: 2 });
  const { scores, predictions } = validation;
  yield entry("cross-validation", "crossValidate(linearRegression, X, y)", scores, predictions as number[]);
  const stratify = y.map((value) => Math.sign(value));
  yield entry("folds", "folds(60, options)", folds(60, { folds: 4, seed: 9, stratify }), folds(60));
}

/** What has kinks: losses and fits, and what is chosen along paths of penalties. */
export const kinks: Part = function* (library) {
  yield* kinked(library);
  yield* dual(library);
  yield* fitted(library);
  yield* chosen(library);
};
