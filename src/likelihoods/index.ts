/**
 * Likelihoods: distributions of a target given its scores; losses with their constants kept.
 *
 * @module
 */

export { type AsymmetricLaplaceLikelihoodOptions, asymmetricLaplace } from "./asymmetricLaplace.js";
export { bernoulli } from "./bernoulli.js";
export { binomial } from "./binomial.js";
export { categorical } from "./categorical.js";
export { type CustomLikelihood, custom } from "./custom.js";
export { type GammaLikelihoodOptions, gamma } from "./gamma.js";
export { type GaussianLikelihoodOptions, gaussian } from "./gaussian.js";
export { type LaplaceLikelihoodOptions, laplace } from "./laplace.js";
export type { Likelihood, LikelihoodOptions } from "./likelihood.js";
export type { Link } from "./link.js";
export { type NegativeBinomialLikelihoodOptions, negativeBinomial } from "./negativeBinomial.js";
export { ordinal } from "./ordinal.js";
export { poisson } from "./poisson.js";
export { type StudentTLikelihoodOptions, studentT } from "./studentT.js";
export { tweedie } from "./tweedie.js";
