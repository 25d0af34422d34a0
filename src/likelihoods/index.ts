/**
 * Likelihoods: distributions of a target given its scores; losses with their constants kept.
 *
 * @module
 */

export { asymmetricLaplace } from "./asymmetricLaplace.js";
export { bernoulli } from "./bernoulli.js";
export { binomial } from "./binomial.js";
export { categorical } from "./categorical.js";
export { type CustomLikelihood, custom } from "./custom.js";
export { gamma } from "./gamma.js";
export { gaussian } from "./gaussian.js";
export { laplace } from "./laplace.js";
export type { Likelihood, LikelihoodOptions } from "./likelihood.js";
export type { Link } from "./link.js";
export { negativeBinomial } from "./negativeBinomial.js";
export { ordinal } from "./ordinal.js";
export { poisson } from "./poisson.js";
export { studentT } from "./studentT.js";
export { tweedie } from "./tweedie.js";
