/**
 * Metrics: how good predictions are, on the scale of the means, beside the losses that fits minimise.
 *
 * @module
 */

export {
  type CalibrationBin,
  calibrationCurve,
  type CalibrationOptions,
  expectedCalibrationError,
  maximumCalibrationError,
} from "./calibration.js";
export {
  accuracy,
  type AverageOptions,
  balancedAccuracy,
  type ClassOptions,
  cohenKappa,
  type ConfusionMatrix,
  confusionMatrix,
  f1,
  matthewsCorrelation,
  precision,
  type QuotientOptions,
  recall,
} from "./confusion.js";
export { gammaDeviance, poissonDeviance, tweedieDeviance, type TweedieDevianceOptions } from "./deviance.js";
export type { ClassLabel, Labels } from "./labels.js";
export type { Probabilities } from "./probabilities.js";
export {
  averagePrecision,
  type PrecisionRecallCurve,
  precisionRecallCurve,
  rocAuc,
  type RocCurve,
  rocCurve,
} from "./ranking.js";
export {
  explainedVariance,
  maximumError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  medianAbsoluteError,
  pinballLoss,
  type PinballOptions,
  r2,
  rootMeanSquaredError,
  type SpreadOptions,
} from "./regression.js";
export type { WeightedOptions } from "./rows.js";
export { brierScore, logLoss, topAccuracy, type TopOptions } from "./scoring.js";
