/**
 * Models: families of functions from rows and parameters to scores.
 *
 * @module
 */

export { linear } from "./linear.js";
export type { Model } from "./model.js";
