/**
 * Likelihoods: distributions of a target given its scores; losses with their constants kept.
 *
 * @module
 */

export { bernoulli } from "./bernoulli.js";
export { categorical } from "./categorical.js";
export { gaussian } from "./gaussian.js";
export type { Likelihood } from "./likelihood.js";
