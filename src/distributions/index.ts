/**
 * Distributions with density, tails, quantiles and seeded draws.
 *
 * @module
 */

export { bernoulli, type BernoulliParameters } from "./bernoulli.js";
export { beta, type BetaParameters } from "./beta.js";
export { betaBinomial, type BetaBinomialParameters } from "./betaBinomial.js";
export { binomial, type BinomialParameters } from "./binomial.js";
export { categorical, type CategoricalOptions, type CategoricalParameters } from "./categorical.js";
export { cauchy, type CauchyParameters } from "./cauchy.js";
export { chiSquared, type ChiSquaredParameters } from "./chiSquared.js";
export { dirichlet, type DirichletOptions, type DirichletParameters } from "./dirichlet.js";
export type { Distribution, OfValues, Sample, ValuesOptions } from "./distribution.js";
export { exponential, type ExponentialParameters } from "./exponential.js";
export { f, type FParameters } from "./f.js";
export { gamma, type GammaParameters } from "./gamma.js";
export { geometric, type GeometricParameters } from "./geometric.js";
export { halfCauchy, type HalfCauchyParameters } from "./halfCauchy.js";
export { halfNormal, type HalfNormalParameters } from "./halfNormal.js";
export { inverseGamma, type InverseGammaParameters } from "./inverseGamma.js";
export { laplace, type LaplaceParameters } from "./laplace.js";
export { logistic, type LogisticParameters } from "./logistic.js";
export { logNormal, type LogNormalParameters } from "./logNormal.js";
export { lomax, type LomaxParameters } from "./lomax.js";
export { negativeBinomial, type NegativeBinomialParameters } from "./negativeBinomial.js";
export { normal, type NormalParameters } from "./normal.js";
export {
  normalInverseGamma,
  type NormalInverseGamma,
  type NormalInverseGammaParameters,
} from "./normalInverseGamma.js";
export { poisson, type PoissonParameters } from "./poisson.js";
export { studentT, type StudentTOptions, type StudentTParameters } from "./studentT.js";
export { uniform, type UniformParameters } from "./uniform.js";
export type { OfVectors, SampleVectors, VectorDistribution } from "./vector.js";
