/**
 * Priors: distributions of the parameters before the data.
 *
 * @module
 */

export { cauchy, type CauchyOptions } from "./cauchy.js";
export { custom, type CustomPrior, type DistanceFunction } from "./custom.js";
export { elasticNet, type ElasticNetOptions } from "./elasticNet.js";
export { firth } from "./firth.js";
export { flat } from "./flat.js";
export { laplace, type LaplaceOptions } from "./laplace.js";
export { normal, type NormalOptions } from "./normal.js";
export type { Prior } from "./prior.js";
export type { Scale } from "./scale.js";
export { studentT, type StudentTOptions } from "./studentT.js";
