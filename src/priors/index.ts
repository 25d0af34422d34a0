/**
 * Priors: distributions of the parameters before the data.
 *
 * @module
 */

export { flat } from "./flat.js";
export { normal, type NormalOptions } from "./normal.js";
export type { Prior, Scale } from "./prior.js";
