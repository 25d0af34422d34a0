/**
 * Losses: what one observation costs, in nats, as a function of its scores.
 *
 * @module
 */

export { binaryCrossEntropy } from "./binaryCrossEntropy.js";
export { softmaxCrossEntropy } from "./softmaxCrossEntropy.js";
export { squaredError } from "./squaredError.js";
export type { Loss, LossOptions, LossOutOptions } from "./loss.js";
export type { Traits } from "./traits.js";
