import type { GeneralizedOptions } from "../../index.js";
import { type Part, entry } from "../entry.js";
import { ordinary } from "../inputs.js";

const ROWS = 300;
const COLUMNS = 3;

/** Generalized linear models by their likelihoods: parameters, what else was estimated, and means of new rows. */
export const generalizedFits: Part = function* (library) {
  const generator = library.random(41);
  const x = ordinary(generator, ROWS * COLUMNS);
  const offset = ordinary(generator, ROWS);
  const { fitter, generalizedLinearModel, linearRegression, likelihoods, optimizers } = library;
  const shares = Float64Array.from({ length: ROWS }, () => generator.uniform());
  const models: readonly (readonly [string, Float64Array, GeneralizedOptions])[] = [
    ["bernoulli, shares", shares, { likelihood: likelihoods.bernoulli(), offset }],
  ];
  const optimizer = optimizers.boxNewton();
  const bounds = { lower: 0, upper: [1, 0.01, 1] };
  const bounded = linearRegression(x, shares, { columns: COLUMNS, offset, bounds, optimizer });
  const { coefficients, intercepts, objective, status, iterations } = bounded;
  const call = "linearRegression(X, y, { bounds })";
  yield entry("linear, bounds", call, coefficients, intercepts, objective, status, iterations);
  for (const [name, y, options] of models) {
    const fit = generalizedLinearModel(x, y, { columns: COLUMNS, ...options });
    const job = fitter(generalizedLinearModel, x, y, { columns: COLUMNS, ...options });
    while (!job.step({ units: 3 }));
    const { coefficients, intercepts, sd, objective, logLikelihood, status, iterations } = fit;
    const of = "generalizedLinearModel(X, y, options)";
    yield entry(`generalized, ${name}`, of, coefficients, intercepts, sd);
    yield entry(`generalized, ${name}: record`, of, objective, logLikelihood, status, iterations);
    yield entry(
      `generalized, ${name}: as a job`,
      "fitter(generalizedLinearModel, X, y, options)",
      job.result.coefficients,
    );
    yield entry(`generalized, ${name}: means`, `${of}.predict(X)`, Float64Array.from(fit.scores(x, { offset })));
  }
};
