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

/** What has kinks: losses and fits. */
export const kinks: Part = function* (library) {
  yield* kinked(library);
  yield* dual(library);
  yield* fitted(library);
};
