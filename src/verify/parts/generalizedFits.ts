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
  const { fitter, generalizedLinearModel, linearRegression, poissonRegression, likelihoods, optimizers, priors } =
    library;
  const shares = Float64Array.from({ length: ROWS }, () => generator.uniform());
  const counts = shares.map((share, i) => Math.floor(20 * share * shares[(7 * i) % ROWS]));
  const models: readonly (readonly [string, Float64Array, GeneralizedOptions])[] = [
    ["bernoulli, shares", shares, { likelihood: likelihoods.bernoulli(), offset }],
    ["gamma", shares, { likelihood: likelihoods.gamma(), offset }],
    ["negative binomial", counts, { likelihood: likelihoods.negativeBinomial(), offset }],
  ];
  const sdPrior = library.distributions.halfCauchy({ scale: 0.5 });
  const prior = priors.normal({ sd: 0.25 });
  const joint: readonly (readonly [string, Float64Array, GeneralizedOptions["likelihood"]])[] = [
    ["gaussian", shares, likelihoods.gaussian({ sd: "estimate", sdPrior })],
    ["gamma", shares, likelihoods.gamma({ shape: "estimate" })],
    ["negative binomial", counts, likelihoods.negativeBinomial({ dispersion: "estimate" })],
    ["Student t", shares, likelihoods.studentT({ df: 4, scale: "estimate" })],
    ["Laplace", shares, likelihoods.laplace({ scale: "estimate", scalePrior: sdPrior })],
    ["asymmetric Laplace", shares, likelihoods.asymmetricLaplace({ level: 0.25, scale: "estimate" })],
  ];
  for (const [name, y, likelihood] of joint) {
    const { coefficients, intercepts, sd, shape, dispersion, scale, status, iterations } = generalizedLinearModel(
      x,
      y,
      {
        ...{ columns: COLUMNS, likelihood, prior, offset },
      },
    );
    const of = "generalizedLinearModel(X, y, { likelihood, prior })";
    yield entry(`joint mode, ${name}`, of, coefficients, intercepts, sd, shape, dispersion, scale, status, iterations);
  }
  const three = counts.map((count) => count % 3);
  const against = library.softmaxRegression(x, three, { columns: COLUMNS, reference: 1 });
  const softmax = "softmaxRegression(X, y, { reference })";
  yield entry("softmax, reference", softmax, against.coefficients, against.intercepts, against.status);
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
    const { coefficients, intercepts, sd, shape, dispersion, objective, logLikelihood, status, iterations } = fit;
    const of = "generalizedLinearModel(X, y, options)";
    yield entry(`generalized, ${name}`, of, coefficients, intercepts, sd, shape, dispersion);
    yield entry(`generalized, ${name}: record`, of, objective, logLikelihood, status, iterations);
    yield entry(
      `generalized, ${name}: as a job`,
      "fitter(generalizedLinearModel, X, y, options)",
      job.result.coefficients,
    );
    yield entry(`generalized, ${name}: means`, `${of}.predict(X)`, Float64Array.from(fit.scores(x, { offset })));
  }
  const job = fitter(poissonRegression, x, counts, {
    columns: COLUMNS,
    exposure: shares,
    prior: priors.normal({ sd: 1 }),
  });
  while (!job.step({ units: 7 }));
  const { result } = job;
  const poisson = "poissonRegression(X, y, options)";
  yield entry(
    "poisson, exposure",
    call,
    result.coefficients,
    result.intercepts,
    result.logLikelihood,
    result.objective,
  );
  yield entry(
    "poisson, exposure: means",
    `${poisson}.predict(X)`,
    result.predict(x, { exposure: shares }) as Float64Array,
  );
  const plain = poissonRegression(x, counts, { columns: COLUMNS });
  yield entry("poisson", poisson, plain.coefficients, plain.intercepts, plain.logLikelihood, plain.status);
};
