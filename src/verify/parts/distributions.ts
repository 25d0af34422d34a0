import type { Distribution, DistributionFit } from "../../index.js";
import { type Part, type Value, entry } from "../entry.js";

const LEVELS = [1e-40, 1e-9, 0.003, 0.2, 0.5, 0.77, 0.999, 0.9999999];

/** Tails, quantiles, densities and draws of every distribution. */
export const distributions: Part = function* (library) {
  const { distributions, random } = library;
  const generator = random(31);
  const location = { location: 0.7, scale: 1.3 };
  const all: readonly Distribution[] = [
    distributions.normal({ mean: 0.3, sd: 2.1 }),
    distributions.laplace(location),
    distributions.logistic(location),
    distributions.cauchy(location),
    distributions.studentT({ df: 4.2, ...location }),
    distributions.uniform({ min: -0.1, max: 3 }),
    distributions.exponential({ rate: 0.3 }),
    distributions.gamma({ shape: 0.4, rate: 3 }),
    distributions.gamma({ shape: 40, rate: 0.1 }),
    distributions.chiSquared({ df: 7 }),
    distributions.inverseGamma({ shape: 3, scale: 0.7 }),
    distributions.beta({ alpha: 0.3, beta: 2.2 }),
    distributions.f({ d1: 3, d2: 8.5 }),
    distributions.lomax({ shape: 2.5, scale: 3 }),
    distributions.logNormal({ meanLog: 0.3, sdLog: 0.8 }),
    distributions.halfNormal({ scale: 3 }),
    distributions.halfCauchy({ scale: 0.3 }),
    distributions.bernoulli({ probability: 0.3 }),
    distributions.binomial({ trials: 100, probability: 0.3 }),
    distributions.betaBinomial({ trials: 20, alpha: 0.7, beta: 2 }),
    distributions.categorical({ probabilities: [0.2, 0.7, 0.1] }),
    distributions.poisson({ rate: 0.9 }),
    distributions.poisson({ rate: 90 }),
    distributions.geometric({ probability: 0.2 }),
    distributions.negativeBinomial({ mean: 12, dispersion: 0.7 }),
  ];
  for (const d of all) {
    const name = `distributions.${d.name} ${JSON.stringify(d.parameters)}`;
    const x = d.quantile(LEVELS);
    const { mean, variance, entropy } = d;
    const tails = [d.cdf(x), d.survival(x), d.upperQuantile(LEVELS)];
    yield entry(name, `${name}`, x, d.logDensity(x), d.density(x), ...tails, mean, variance, entropy);
    yield entry(`${name}: draws`, `distributions.${d.name}(options).sample(random, n)`, d.sample(generator, 50));
  }
  const vectors = [
    distributions.dirichlet({ alpha: [0.3, 2, 5] }),
    distributions.normalInverseGamma({ mean: 0.3, kappa: 2, shape: 3, scale: 1.7 }),
  ];
  for (const d of vectors) {
    const draws = d.sample(generator, 40);
    const { mean, variance, entropy } = d;
    const log = d.logDensity(draws, { columns: d.dimension });
    yield entry(`distributions.${d.name}`, `distributions.${d.name}(options)`, draws, log, mean, variance, entropy);
  }
  yield* fits(library);
};

const FITTED = ["parameters", "standardErrors"] as const;

/** Fits by maximum likelihood with weights, with every conjugate prior, and with a density of each parameter. */
const fits: Part = function* ({ distributions, random }) {
  const generator = random(32);
  const weights = Float64Array.from({ length: 40 }, () => 3 * generator.uniform());
  const positive = distributions.gamma({ shape: 2, rate: 0.7 }).sample(generator, 40);
  const real = distributions.studentT({ df: 2.5, location: 1, scale: 3 }).sample(generator, 40);
  const counts = distributions.negativeBinomial({ mean: 4, dispersion: 0.9 }).sample(generator, 40);
  const bits = distributions.bernoulli({ probability: 0.4 }).sample(generator, 40);
  const classes = distributions.binomial({ trials: 3, probability: 0.4 }).sample(generator, 40);
  const rate = distributions.gamma({ shape: 2.2, rate: 0.3 });
  const share = distributions.beta({ alpha: 1.2, beta: 2.3 });
  const both = distributions.normalInverseGamma({ mean: 0.3, kappa: 1.1, shape: 2.2, scale: 3.1 });
  const alpha = distributions.dirichlet({ alpha: [0.8, 1.5, 2, 3] });
  const { bernoulli, binomial, categorical, exponential, normal, poisson } = distributions;
  const all: Readonly<
    Record<string, readonly DistributionFit<object, { readonly parameters: object }, Distribution>[]>
  > = {
    bernoulli: [bernoulli.fit(bits, { weights }), bernoulli.fit(bits, { prior: share })],
    beta: [distributions.beta.fit(positive.map((x) => x / (1 + x)))],
    binomial: [binomial.fit(classes, { trials: 3, weights }), binomial.fit(classes, { trials: 3, prior: share })],
    categorical: [categorical.fit(classes, { weights }), categorical.fit(classes, { prior: alpha })],
    exponential: [exponential.fit(positive, { weights }), exponential.fit(positive, { prior: rate })],
    gamma: [distributions.gamma.fit(positive), distributions.gamma.fit(positive, { weights })],
    laplace: [distributions.laplace.fit(real), distributions.laplace.fit(real, { weights })],
    negativeBinomial: [distributions.negativeBinomial.fit(counts), distributions.negativeBinomial.fit([1, 1, 2])],
    normal: [normal.fit(real, { weights }), normal.fit(real, { prior: both })],
    poisson: [poisson.fit(counts, { weights }), poisson.fit(counts, { prior: rate, weights })],
    studentT: [distributions.studentT.fit(real), distributions.studentT.fit(real, { df: 4, weights })],
  };
  for (const [name, results] of Object.entries(all)) {
    const values = results.flatMap((fit): Value[] => {
      const numbers = FITTED.flatMap((key) => Object.values(fit[key] ?? {}) as (number | readonly number[])[]);
      const { posterior, predictive, logLikelihood, logEvidence, status, reason } = fit;
      const after = Object.values(posterior?.parameters ?? {}) as (number | readonly number[])[];
      return [...numbers, ...after, predictive?.mean ?? null, logLikelihood, logEvidence, status, reason];
    });
    yield entry(`distributions.${name}.fit`, `distributions.${name}.fit(data, options)`, ...values);
  }
  const scale = distributions.halfCauchy({ scale: 2 });
  const location = distributions.normal({ mean: 0.5, sd: 0.4 });
  const dispersion = distributions.logNormal({ meanLog: -1 });
  const modes = {
    beta: distributions.beta.fit(
      positive.map((x) => x / (1 + x)),
      { prior: { alpha: rate, beta: scale } },
    ),
    gamma: distributions.gamma.fit(positive, { weights, prior: { shape: rate } }),
    laplace: distributions.laplace.fit(real, { prior: { location, scale } }),
    negativeBinomial: distributions.negativeBinomial.fit([1, 1, 2], { prior: { dispersion } }),
    studentT: distributions.studentT.fit(real, { weights, prior: { df: rate, location, scale } }),
  };
  for (const [name, { parameters, logLikelihood, status }] of Object.entries(modes)) {
    const numbers = Object.values(parameters) as number[];
    const call = `distributions.${name}.fit(data, { prior })`;
    yield entry(`distributions.${name}.fit, with a prior`, call, ...numbers, logLikelihood, status);
  }
};
