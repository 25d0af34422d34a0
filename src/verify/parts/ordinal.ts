import { type Part, entry, rowwise } from "../entry.js";
import { indices, ordinary, weights } from "../inputs.js";

const ROWS = 331;
const COLUMNS = 3;

/** Classes in order whose thresholds are parameters: the loss, its likelihood, the model, fits and what they predict. */
export const ordinal: Part = function* (library) {
  const { checkGradient, dataset, fitter, likelihoods, losses, models, objective, ordinalRegression, priors } = library;
  const generator = library.random(67);
  const loss = losses.ordinal({ classes: 4 });
  const likelihood = likelihoods.ordinal({ classes: 4 });
  const scores = ordinary(generator, 3 * ROWS);
  for (let i = 0; i < ROWS; i++) scores.subarray(3 * i, 3 * i + 3).sort();
  const y = indices(generator, ROWS, 4);
  const inputs = [
    { name: "scores", values: scores, columns: 3 },
    { name: "targets", values: y, columns: 1 },
  ];
  const call = "losses.ordinal({ classes: 4 })";
  yield rowwise("ordinal, free thresholds: each", `${call}.each(scores, targets)`, loss.each(scores, y), inputs);
  const { value, gradient } = loss.valueAndGradient(scores, y);
  yield entry("ordinal, free thresholds: derivatives", call, value, gradient, loss.hessian(scores, y));
  const drawn = likelihood.sample(scores, generator);
  const moments = [likelihood.mean(scores), likelihood.variance(scores), drawn];
  yield entry("ordinal, free thresholds: moments and samples", "likelihoods.ordinal({ classes: 4 })", ...moments);

  const x = ordinary(generator, COLUMNS * ROWS);
  const w = weights(generator, ROWS);
  const offset = ordinary(generator, ROWS);
  const data = dataset(x, y, { columns: COLUMNS, weights: w, offset });
  const target = objective({ data, likelihood, model: models.parallel(), prior: priors.normal({ sd: 2 }) });
  const theta = Float64Array.of(-1, 0.25, 1.5, 0.3, -0.2, 0.1);
  const at = target.valueAndGradient(theta);
  const along = target.hessianVector(theta, Float64Array.of(1, -1, 0.5, 2, 0.25, -1));
  const model = "objective({ data, likelihood, model: models.parallel() })";
  yield entry("parallel: derivatives", model, at.value, at.gradient, target.hessian(theta), along);
  yield entry("parallel: checked", "checkGradient(objective, θ)", checkGradient(target, theta).gradient.expected);

  const options = { columns: COLUMNS, weights: w, offset };
  const fit = ordinalRegression(x, y, options);
  const job = fitter(ordinalRegression, x, y, {
    ...options,
    standardize: true,
    prior: priors.laplace({ scale: 0.05 }),
  });
  while (!job.step({ units: 3 }));
  const name = "ordinalRegression(X, y, options)";
  yield entry("ordinalRegression", name, fit.thresholds!, fit.coefficients, fit.logLikelihood, fit.status);
  yield entry("ordinalRegression, laplace prior as a job", name, job.result.thresholds!, job.result.coefficients);
  const fresh = { offset };
  const predicted = fit.predict(x, fresh).map(Number);
  yield entry("ordinalRegression: predictions", name, fit.predictProbabilities(x, fresh), Float64Array.from(predicted));
};
