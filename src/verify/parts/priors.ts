import type { Fit } from "../../index.js";
import { type Entry, type Part, entry } from "../entry.js";
import { classification, ordinary, regression, weights } from "../inputs.js";

function* one(name: string, call: string, fit: Fit): Generator<Entry, void> {
  const { coefficients, intercepts, sd, objective, logLikelihood, status, iterations, evaluations, prior } = fit;
  yield entry(
    name,
    call,
    coefficients,
    intercepts,
    sd,
    objective,
    logLikelihood,
    status,
    iterations,
    evaluations,
    prior,
  );
}

/** Densities of priors, penalties in both directions, and fits with zeros. */
export const priors: Part = function* (library) {
  const { random, dataset, objective, losses, likelihoods, penalties, minimize, optimizers } = library;
  const { linearRegression, logisticRegression, softmaxRegression } = library;
  const generator = random(12);
  const theta = ordinary(generator, 60, 3);
  const intercept = { mean: 0.2, scale: 3 };
  const all = {
    normal: library.priors.normal({ sd: 0.7, mean: 0.1, intercept: { sd: 10 } }),
    laplace: library.priors.laplace({ scale: [0.3, 2, 5], intercept }),
    elasticNet: library.priors.elasticNet({ scale: 0.3, sd: [1, 2, 0.1], intercept: { ...intercept, sd: 1 } }),
    studentT: library.priors.studentT({ df: [0.3, 4, 1e4], scale: 2, intercept: { ...intercept, df: 7 } }),
    cauchy: library.priors.cauchy({ scale: 2.5, mean: [0, 1, 2], intercept }),
  };
  const { x, y } = classification(generator, 300, 3, 2);
  const data = dataset(x, y, { columns: 3, weights: weights(generator, 300) });
  const likelihood = likelihoods.bernoulli();
  for (const [name, prior] of Object.entries(all)) {
    const density = `priors.${name}(options).logDensity(coefficients)`;
    yield entry(
      `${name} prior: log density`,
      density,
      prior.logDensity(theta),
      prior.logDensity(theta, { intercept: 4 }),
    );
    const penalty = prior.penalty({ totalWeight: 7, dispersion: 0.3 });
    const again = penalty.prior({ totalWeight: 11, dispersion: 0.3 });
    const numbers = [penalty.lambda, penalty.l1, penalty.l2, again.logDensity(theta)];
    yield entry(
      `${name} prior: as a penalty`,
      `priors.${name}(options).penalty(scale)`,
      ...numbers,
      `${penalty} ${again}`,
    );
    const target = objective({ data, likelihood, prior });
    const { value, gradient } = target.valueAndGradient(theta.subarray(0, 4));
    const curvature = target.hessian(theta.subarray(0, 4));
    yield entry(`${name} prior: objective`, "objective({ data, likelihood, prior })", value, gradient, curvature);
    yield* one(`${name} prior: fit`, "map({ data, likelihood, prior })", library.map({ data, likelihood, prior }));
  }

  const large = classification(generator, 2000, 20, 2);
  const options = { columns: 20, weights: weights(generator, 2000) };
  for (const lambda of [0.1, 0.02, 0.001]) {
    const penalty = penalties.l1(lambda);
    const fit = logisticRegression(large.x, large.y, { ...options, penalty });
    yield* one(`logistic, l1 of ${lambda}`, "logisticRegression(X, y, { penalty: penalties.l1(λ) })", fit);
    const target = objective({ data: dataset(large.x, large.y, options), loss: losses.binaryCrossEntropy(), penalty });
    const result = minimize(target, { optimizer: optimizers.proximalNewton(), start: ordinary(generator, 21) });
    const { parameters, value, gradient, decrement, iterations } = result;
    const call = "minimize(objective, { optimizer: optimizers.proximalNewton() })";
    yield entry(`logistic, l1 of ${lambda}, another start`, call, parameters, value, gradient, decrement, iterations);
  }
  const net = penalties.elasticNet({ l1: 0.02, l2: 0.01 });
  const several = classification(generator, 400, 6, 4);
  const softmax = softmaxRegression(several.x, several.y, { columns: 6, penalty: net });
  yield* one("softmax, elastic net", "softmaxRegression(X, y, { penalty })", softmax);
  const numbers = regression(generator, 40, 60);
  const wide = linearRegression(numbers.x, numbers.y, { columns: 60, penalty: penalties.l1(0.3) });
  yield* one("lasso, more columns than rows", "linearRegression(X, y, { penalty: penalties.l1(λ) })", wide);
  const both = linearRegression(numbers.x, numbers.y, { columns: 60, penalty: net, standardize: true });
  yield* one("elastic net, standardized", "linearRegression(X, y, { penalty })", both);
};
