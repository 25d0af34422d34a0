import { type Part, entry } from "../entry.js";
import { indices, ordinary, weights } from "../inputs.js";

const ROWS = 331;

/** Priors, penalties and models of a user's own. */
export const custom: Part = function* (library) {
  const { dataset, erm, exp, likelihoods, losses, map, minimize, models, objective, optimizers, penalties, priors } =
    library;
  const { sigmoid, softplus, tanh } = library;
  const generator = library.random(68);
  const x = ordinary(generator, 2 * ROWS);
  const y = indices(generator, ROWS, 2);
  const data = dataset(x, y, { columns: 2, weights: weights(generator, ROWS) });
  const logistic = {
    name: "logistic",
    value: (r: number) => softplus(r) + softplus(-r),
    gradient: (r: number) => tanh(r / 2),
    curvature: (r: number) => 2 * sigmoid(r) * sigmoid(-r),
    convex: true,
  };
  const prior = priors.custom({ ...logistic, constant: 0, mean: [0.5, -1], intercept: { mean: 1 } });
  const fit = map({ data, likelihood: likelihoods.bernoulli(), prior });
  const density = prior.logDensity([1, 2], { intercept: 0.25 });
  yield entry(
    "priors.custom",
    "map({ data, likelihood, prior })",
    density,
    fit.coefficients,
    fit.intercept,
    fit.objective,
  );
  const penalty = penalties.custom(logistic);
  const risk = erm({ data, loss: losses.squaredError(), penalty });
  yield entry("penalties.custom", "erm({ data, loss, penalty })", risk.coefficients, risk.intercept, risk.objective);
  const damped: Parameters<typeof models.custom>[0] = {
    name: "damped",
    size: (columns, outputs) => outputs * (columns + 1),
    scores([a, b, c], [u, v], out) {
      out[0] = a * exp(-tanh(b * u)) + c * v;
    },
    gradient([a, b], [u, v], [slope], out) {
      const t = tanh(b * u);
      const e = exp(-t);
      out[0] += slope * e;
      out[1] -= slope * a * e * (1 - t * t) * u;
      out[2] += slope * v;
    },
    start: (columns) => new Float64Array(columns + 1).fill(0.5),
  };
  const model = models.custom(damped);
  const target = objective({ data, model, loss: losses.binaryCrossEntropy() });
  const { value, gradient } = target.valueAndGradient(Float64Array.of(0.3, 1, -0.5));
  yield entry("models.custom: derivatives", "objective({ data, model, loss })", value, gradient);
  const found = minimize(target, { maxIterations: 20 });
  yield entry("models.custom: minimum", "minimize(objective)", found.parameters, found.value, found.status);
  const bent = models.custom({
    ...damped,
    hessianVector([a, b], [u], [slope], [p, q], out) {
      const t = tanh(b * u);
      const d = exp(-t) * (1 - t * t) * u;
      out[0] -= slope * d * q;
      out[1] += slope * d * (a * (1 - t * t + 2 * t) * u * q - p);
    },
  });
  const curved = objective({ data, model: bent, loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.01) });
  const product = curved.hessianVector([0.3, 1, -0.5], [1, -2, 0.5]);
  const newton = minimize(curved, { optimizer: optimizers.newtonCG(), maxIterations: 20 });
  yield entry("models.custom: Hessian times vector", "objective({ data, model, loss, penalty })", product);
  yield entry("models.custom: Newton-CG", "minimize(objective)", newton.parameters, newton.value, newton.status);
  const full = models.custom({
    ...damped,
    hessian([a, b], [u], [slope], out) {
      const t = tanh(b * u);
      const d = exp(-t) * (1 - t * t) * u;
      out[1] -= slope * d;
      out[2] += slope * d * (a * (1 - t * t + 2 * t) * u);
    },
  });
  const whole = objective({ data, model: full, loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.01) });
  yield entry("models.custom: Hessian", "objective({ data, model, loss, penalty })", whole.hessian([0.3, 1, -0.5]));
  const exact = minimize(whole, { maxIterations: 20 });
  yield entry("models.custom: Newton", "minimize(objective)", exact.parameters, exact.value, exact.status);
  const plain = objective({ data, model, loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.01) });
  const gauss = minimize(plain, { optimizer: optimizers.gaussNewton(), maxIterations: 20 });
  yield entry("models.custom: Gauss-Newton", "minimize(objective)", gauss.parameters, gauss.value, gauss.status);
};
