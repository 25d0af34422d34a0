/**
 * Models: families of functions from rows and parameters to scores.
 *
 * @module
 */

export { type CustomModel, custom } from "./custom.js";
export { fromJSON } from "./fromJSON.js";
export { linear } from "./linear.js";
export { type MlpOptions, type Network, type NetworkShape, mlp } from "./mlp.js";
export { parallel } from "./parallel.js";
export type { ActivationName } from "./activations.js";
export type { Initialization } from "./initialParameters.js";
export type { Model } from "./model.js";
