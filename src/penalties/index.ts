/**
 * Penalties on the mean loss: priors seen from empirical risk.
 *
 * @module
 */

export { custom, type CustomPenalty } from "./custom.js";
export { elasticNet } from "./elasticNet.js";
export { l1 } from "./l1.js";
export { l2 } from "./l2.js";
export type { Penalty } from "./penalty.js";
