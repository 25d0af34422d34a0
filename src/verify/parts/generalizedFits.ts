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
  const { generalizedLinearModel, likelihoods } = library;
  const shares = Float64Array.from({ length: ROWS }, () => generator.uniform());
  const models: readonly (readonly [string, Float64Array, GeneralizedOptions])[] = [
    ["bernoulli, shares", shares, { likelihood: likelihoods.bernoulli(), offset }],
  ];
  for (const [name, y, options] of models) {
    const fit = generalizedLinearModel(x, y, { columns: COLUMNS, ...options });
    const { coefficients, intercepts, sd, objective, logLikelihood, status, iterations } = fit;
    const of = "generalizedLinearModel(X, y, options)";
    yield entry(`generalized, ${name}`, of, coefficients, intercepts, sd);
    yield entry(`generalized, ${name}: record`, of, objective, logLikelihood, status, iterations);
    yield entry(`generalized, ${name}: means`, `${of}.predict(X)`, Float64Array.from(fit.scores(x, { offset })));
  }
};
