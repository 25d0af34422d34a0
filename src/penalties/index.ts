/**
 * Penalties on the mean loss: priors seen from empirical risk.
 *
 * @module
 */

export { l2 } from "./l2.js";
export type { Penalty } from "./penalty.js";
