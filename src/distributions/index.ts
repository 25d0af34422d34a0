/**
 * Distributions with density, tails, quantiles and seeded draws.
 *
 * @module
 */

export { bernoulli } from "./fits/bernoulli.js";
export type { BernoulliParameters } from "./bernoulli.js";
export { beta } from "./fits/beta.js";
export type { BetaParameters } from "./beta.js";
export { betaBinomial, type BetaBinomialParameters } from "./betaBinomial.js";
export { binomial } from "./fits/binomial.js";
export type { BinomialParameters } from "./binomial.js";
export { categorical } from "./fits/categorical.js";
export type { CategoricalOptions, CategoricalParameters } from "./categorical.js";
export { cauchy, type CauchyParameters } from "./cauchy.js";
export { chiSquared, type ChiSquaredParameters } from "./chiSquared.js";
export { dirichlet, type DirichletOptions, type DirichletParameters } from "./dirichlet.js";
export type { Distribution, OfValues, Sample, ValuesOptions } from "./distribution.js";
export { exponential } from "./fits/exponential.js";
export type { ExponentialParameters } from "./exponential.js";
export { f, type FParameters } from "./f.js";
export { gamma } from "./fits/gamma.js";
export type { GammaParameters } from "./gamma.js";
export { geometric, type GeometricParameters } from "./geometric.js";
export { halfCauchy, type HalfCauchyParameters } from "./halfCauchy.js";
export { halfNormal, type HalfNormalParameters } from "./halfNormal.js";
export { inverseGamma, type InverseGammaParameters } from "./inverseGamma.js";
export { laplace } from "./fits/laplace.js";
export type { LaplaceParameters } from "./laplace.js";
export { logistic, type LogisticParameters } from "./logistic.js";
export { logNormal, type LogNormalParameters } from "./logNormal.js";
export { lomax, type LomaxParameters } from "./lomax.js";
export { negativeBinomial } from "./fits/negativeBinomial.js";
export type { NegativeBinomialParameters } from "./negativeBinomial.js";
export { normal } from "./fits/normal.js";
export type { NormalParameters } from "./normal.js";
export {
  normalInverseGamma,
  type NormalInverseGamma,
  type NormalInverseGammaParameters,
} from "./normalInverseGamma.js";
export { poisson } from "./fits/poisson.js";
export type { PoissonParameters } from "./poisson.js";
export { studentT } from "./fits/studentT.js";
export type { StudentTOptions, StudentTParameters } from "./studentT.js";
export { uniform, type UniformParameters } from "./uniform.js";
export type { OfVectors, SampleVectors, VectorDistribution } from "./vector.js";
export type { BinomialFitOptions } from "./fits/binomial.js";
export type { CategoricalFitOptions } from "./fits/categorical.js";
export type {
  ConjugateFitOptions,
  DistributionFit,
  DistributionFitOptions,
  DistributionStatus,
  Fits,
  ModeFitOptions,
} from "./fits/fit.js";
export type { StudentTFitOptions } from "./fits/studentT.js";
