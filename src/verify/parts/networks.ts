import type { Network } from "../../index.js";
import { type Part, entry } from "../entry.js";
import { classification, ordinary, weights } from "../inputs.js";

const activations = [
  ...(["tanh", "relu", "leakyRelu", "sigmoid", "gelu", "geluTanh", "silu", "softplus", "identity"] as const),
];

/** Networks: first parameters, value and gradient, gradient by the inputs, a fit. */
export const networks: Part = function* (library) {
  const { mlp, random, dataset, objective, losses, models, minimize, likelihoods, optimizers, priors } = library;
  const generator = random(31);
  for (const [i, activation] of activations.entries()) {
    const rows = 150 + i;
    const { x, y } = classification(generator, rows, 5, 3);
    const data = dataset(x, y, {
      columns: 5,
      weights: weights(generator, rows),
      offset: ordinary(generator, 3 * rows),
    });
    const made = models.mlp({ hidden: [i === 1 ? 33 : 7, 5], activation, seed: i });
    const model = models.fromJSON(JSON.stringify(made)) as Network;
    const target = objective({ data, model, loss: losses.softmaxCrossEntropy({ classes: 3 }) });
    const theta = model.initial({ columns: 5, outputs: 3 });
    const { value, gradient } = target.valueAndGradient(theta);
    const moved = ordinary(generator, theta.length);
    const of = "objective({ data, model: models.mlp(options), loss })";
    yield entry(
      `network, ${activation}: value and gradient`,
      `${of}.valueAndGradient(parameters)`,
      theta,
      value,
      gradient,
    );
    const more = [target.value(moved), target.gradient(moved), target.inputGradient!(moved)];
    yield entry(`network, ${activation}: gradient by the inputs`, `${of}.inputGradient(parameters)`, ...more);
  }
  for (const classes of [2, 3]) {
    const { x, y } = classification(generator, 100, 3, classes);
    const labels = Array.from(y, (k) => "abc"[k]!);
    const given = { columns: 3, standardize: true, hidden: [5], epochs: 4, batchSize: 30, learningRate: 0.05, seed: 9 };
    const { parameters, history, logLikelihood, predictInto, ...fit } = mlp(x, labels, { ...given, validation: 0.2 });
    const into = predictInto(x, new Float64Array(100 * fit.outputs));
    const all = [parameters, history, logLikelihood, into, fit.scores(x)];
    yield entry(`network of ${classes} classes`, "mlp(X, y, options)", ...all);
  }
  const { x, y } = classification(generator, 200, 4, 2);
  const data = dataset(x, y, { columns: 4, standardize: true });
  const model = models.mlp({ hidden: [6] });
  const target = objective({ data, model, likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: 1 }) });
  const fit = minimize(target, { optimizer: optimizers.lbfgs(), maxIterations: 25 });
  yield entry(
    "network: fit",
    "minimize(objective({ data, model: models.mlp(options), ... }))",
    fit.value,
    fit.parameters,
  );
  const job = library.fitter(mlp, x, y, { columns: 4, hidden: [3], epochs: 2, targets: "classes" });
  while (!job.step({ units: 1 }));
  yield entry("network: job", "fitter(mlp, X, y, options)", job.result.objective, job.result.iterations);
};
