/** Every distribution of numbers with several parameters: what the laws are tried on. */
import * as distributions from "../../src/distributions/index.js";

type D = distributions.Distribution;

const {
  bernoulli,
  beta,
  betaBinomial,
  binomial,
  categorical,
  cauchy,
  chiSquared,
  exponential,
  f,
  gamma,
  geometric,
  halfCauchy,
  halfNormal,
  inverseGamma,
  laplace,
  logNormal,
  logistic,
  lomax,
  negativeBinomial,
  normal,
  poisson,
  studentT,
  uniform,
} = distributions;

export const continuous: readonly D[] = [
  normal(),
  normal({ mean: -3, sd: 40 }),
  laplace({ location: 1, scale: 0.2 }),
  logistic({ location: -2, scale: 3 }),
  cauchy({ location: 1, scale: 2.5 }),
  uniform({ min: -1, max: 3 }),
  exponential({ rate: 0.02 }),
  gamma({ shape: 0.3, rate: 2 }),
  gamma({ shape: 2.5, rate: 7 }),
  gamma({ shape: 300, rate: 0.1 }),
  gamma({ shape: 3e5, rate: 1 }),
  chiSquared({ df: 3 }),
  inverseGamma({ shape: 5, scale: 2 }),
  beta({ alpha: 0.4, beta: 0.7 }),
  beta({ alpha: 2, beta: 5 }),
  beta({ alpha: 300, beta: 40 }),
  studentT({ df: 0.7 }),
  studentT({ df: 5, location: 1, scale: 2 }),
  studentT({ df: 1e4, scale: 3 }),
  f({ d1: 3, d2: 20 }),
  f({ d1: 40, d2: 60 }),
  lomax({ shape: 3, scale: 2 }),
  logNormal({ meanLog: 1, sdLog: 0.5 }),
  halfNormal({ scale: 2 }),
  halfCauchy({ scale: 2 }),
];

export const discrete: readonly D[] = [
  bernoulli({ probability: 0.3 }),
  bernoulli({ probability: 1 }),
  binomial({ trials: 20, probability: 0.3 }),
  binomial({ trials: 1000, probability: 0.9 }),
  binomial({ trials: 50, probability: 0.5 }),
  binomial({ trials: 5, probability: 0 }),
  categorical({ probabilities: [0.1, 0, 0.6, 0.3] }),
  poisson({ rate: 0.01 }),
  poisson({ rate: 3.5 }),
  poisson({ rate: 200 }),
  poisson({ rate: 0 }),
  geometric({ probability: 0.2 }),
  negativeBinomial({ mean: 4, dispersion: 0.4 }),
  negativeBinomial({ mean: 30, dispersion: 2 }),
  negativeBinomial({ mean: 3, dispersion: 1e-6 }),
  betaBinomial({ trials: 30, alpha: 2, beta: 0.5 }),
  betaBinomial({ trials: 500, alpha: 20, beta: 30 }),
];

export function named(all: readonly D[]): [string, D][] {
  return all.map((d) => [`${d.name} ${JSON.stringify(d.parameters)}`, d]);
}
