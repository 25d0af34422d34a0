/**
 * Special functions and the distribution functions made of them, on this library's own exp and log: the same bits on every
 * engine.
 *
 * @module
 */

export type { SpecialFunction, SpecialOptions } from "./elementwise.js";
export { erf } from "./erf.js";
export { erfc } from "./erfc.js";
export { erfcx } from "./erfcx.js";
export { lgamma } from "./lgamma.js";
export { normalCdf } from "./normalCdf.js";
export { normalLogCdf } from "./normalLogCdf.js";
export { normalQuantile } from "./normalQuantile.js";
