/**
 * Losses: what one observation costs, in nats, as a function of its scores.
 *
 * @module
 */

export { absoluteError } from "./absoluteError.js";
export { binaryCrossEntropy } from "./binaryCrossEntropy.js";
export { type BinomialOptions, binomial } from "./binomial.js";
export { brier } from "./brier.js";
export { complementaryLogLog } from "./complementaryLogLog.js";
export { type CustomLoss, type ScoreFunction, custom } from "./custom.js";
export { exponential } from "./exponential.js";
export { focal } from "./focal.js";
export { gamma } from "./gamma.js";
export { gaussian } from "./gaussian.js";
export { gaussianMeanVariance } from "./gaussianMeanVariance.js";
export { hinge } from "./hinge.js";
export { huber } from "./huber.js";
export { logCosh } from "./logCosh.js";
export { modifiedHuber } from "./modifiedHuber.js";
export { type MultiLabelOptions, multiLabelCrossEntropy } from "./multiLabelCrossEntropy.js";
export { negativeBinomial } from "./negativeBinomial.js";
export { type OrdinalOptions, ordinal } from "./ordinal.js";
export { type PoissonOptions, poisson } from "./poisson.js";
export { probabilityCrossEntropy } from "./probabilityCrossEntropy.js";
export { probit } from "./probit.js";
export { quantile } from "./quantile.js";
export { type SoftmaxOptions, softmaxCrossEntropy } from "./softmaxCrossEntropy.js";
export { squaredError } from "./squaredError.js";
export { squaredHinge } from "./squaredHinge.js";
export { studentT } from "./studentT.js";
export { tweedie } from "./tweedie.js";
export type { Loss, LossOptions, LossOutOptions } from "./loss.js";
export type { Traits } from "./traits.js";
