/**
 * Special functions and the distribution functions made of them, on this library's own exp and log: the same bits on every
 * engine.
 *
 * @module
 */

export { atan } from "./atan.js";
export { chiSquaredCdf, chiSquaredQuantile, chiSquaredSurvival } from "./chiSquared.js";
export { cos } from "./cos.js";
export { digamma } from "./digamma.js";
export type { SpecialFunction, SpecialOptions } from "./elementwise.js";
export { erf } from "./erf.js";
export { erfc } from "./erfc.js";
export { erfcx } from "./erfcx.js";
export { fCdf, fQuantile, fSurvival } from "./f.js";
export { betaP, betaQ } from "./incompleteBeta.js";
export { gammaP, gammaQ } from "./incompleteGamma.js";
export { betaPInverse, betaQInverse } from "./inverseBeta.js";
export { gammaPInverse, gammaQInverse } from "./inverseGamma.js";
export { lgamma } from "./lgamma.js";
export { logBeta } from "./logBeta.js";
export { normalCdf } from "./normalCdf.js";
export { normalLogCdf } from "./normalLogCdf.js";
export { normalQuantile } from "./normalQuantile.js";
export { pow } from "./pow.js";
export { sin } from "./sin.js";
export { studentTCdf, studentTQuantile, studentTSurvival } from "./studentT.js";
export { trigamma } from "./trigamma.js";
