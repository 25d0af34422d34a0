/**
 * Losses, likelihoods, priors, gradients and fits, with the same bits on every engine.
 *
 * @document ../docs/bits.md
 * @document ../docs/primitives.md
 * @mergeModuleWith <project>
 * @module
 */
import * as diagnostics from "./diagnostics/index.js";
import * as distributions from "./distributions/index.js";
import * as likelihoods from "./likelihoods/index.js";
import * as losses from "./losses/index.js";
import * as metrics from "./metrics/index.js";
import * as models from "./models/index.js";
import * as optimizers from "./optimizers/index.js";
import * as penalties from "./penalties/index.js";
import * as priors from "./priors/index.js";

export { diagnostics, distributions, likelihoods, losses, metrics, models, optimizers, penalties, priors };

export { exp } from "./primitives/exp.js";
export { expm1 } from "./primitives/expm1.js";
export { log } from "./primitives/log.js";
export { log1p } from "./primitives/log1p.js";
export { logSigmoid } from "./primitives/logSigmoid.js";
export { logSoftmax } from "./primitives/logSoftmax.js";
export { logSumExp } from "./primitives/logSumExp.js";
export { logit } from "./primitives/logit.js";
export { sigmoid } from "./primitives/sigmoid.js";
export { softmax } from "./primitives/softmax.js";
export { softplus } from "./primitives/softplus.js";
export { tanh } from "./primitives/tanh.js";
export type { Elementwise, OutOptions } from "./primitives/elementwise.js";
export type { RowsOptions, RowsOutOptions } from "./primitives/rows.js";

export { crossEntropy, crossEntropyGradient, entropy, entropyGradient } from "./information/entropy.js";
export {
  jensenShannonDivergence,
  jensenShannonDivergenceGradient,
  klDivergence,
  klDivergenceGradient,
} from "./information/divergence.js";
export type { InformationGradients, InformationOptions } from "./information/probabilities.js";

export { type Dataset, type DatasetOptions, type RecordsOptions, dataset } from "./dataset.js";
export type { MatrixInput, SparseMatrix } from "./matrix.js";
export { type SparseInput, type SparseRecordsOptions, sparse } from "./sparse/sparse.js";
export { type SvmlightOptions, type SvmlightRows, fromSvmlight, toSvmlight } from "./sparse/svmlight.js";
export type { Moments } from "./moments.js";
export { type LikelihoodSpec, type LossSpec, type Objective, objective } from "./objective.js";
export { type DerivativeCheck, type Differentiable, type GradientCheck, checkGradient } from "./checkGradient.js";
export type {
  Conditioning,
  Convexity,
  ConvexityAlong,
  FindMinimaOptions,
  Minima,
  Minimum,
  Saturation,
} from "./diagnostics/index.js";
export type { CoefficientBounds } from "./estimators/bounds.js";
export { type EstimateOptions, erm, map, mle } from "./estimators/estimate.js";
export { type Certificate, type MinimizeOptions, type Progress, type Result, minimize, minimizer } from "./minimize.js";
export { type ResumeOptions, resumeMinimizer } from "./resumeMinimizer.js";
export { type ResumeGiven, resume } from "./estimators/resume.js";
export type { Verification } from "./estimators/verification.js";
export { type Comparison, compare } from "./estimators/compare.js";
export { inference } from "./estimators/inference.js";
export type { InferenceOptions } from "./estimators/inferenceOptions.js";
export type { FTest, Inference, InferenceRecord, InferenceRow, Scales, Theta } from "./estimators/inferenceRecord.js";
export type { Sandwich } from "./inference/sandwich.js";
export type { WeightsAre } from "./inference/weightsMeaning.js";
export { type VerifyOptions, verify } from "./estimators/verify.js";
export { type BayesianOnline, type BayesianOnlineOptions, bayesianOnline } from "./online/bayesianOnline.js";
export { type Online, type OnlineOptions, online } from "./online/online.js";
export { type LearningRateOptions, type LearningRates, findLearningRate } from "./findLearningRate.js";
export { Job, type RunOptions, type StepOptions } from "./job.js";

export {
  type ClassificationOptions,
  type Estimator,
  type RegressionOptions,
  type Startable,
  fitter,
} from "./estimators/estimator.js";
export type { Fit, FitRecord, FitStatement, PredictOptions } from "./estimators/fit.js";
export { fitFromJSON } from "./estimators/fitFromJSON.js";
export type { Label } from "./estimators/labels.js";
export { type LinearOptions, linearRegression } from "./estimators/linearRegression.js";
export { type GeneralizedOptions, generalizedLinearModel } from "./estimators/generalizedLinearModel.js";
export { type LinearSVMOptions, linearSVM } from "./estimators/linearSVM.js";
export { logisticRegression } from "./estimators/logisticRegression.js";
export { type CrossValidation, type CrossValidationOptions, crossValidate } from "./selection/crossValidate.js";
export { type FoldOptions, folds } from "./selection/folds.js";
export {
  type Path,
  type PathMaker,
  type PathOptions,
  type PathProgress,
  regularizationPath,
} from "./selection/regularizationPath.js";
export type { FoldScores, Metric } from "./selection/scores.js";
export {
  type PenaltySelection,
  type PenaltySelector,
  type SelectPenaltyOptions,
  selectPenalty,
} from "./selection/selectPenalty.js";
export { type PriorSelection, type SelectPriorOptions, selectPrior } from "./selection/selectPrior.js";
export { type QuantileOptions, quantileRegression } from "./estimators/quantileRegression.js";
export { type RobustOptions, robustRegression } from "./estimators/robustRegression.js";
export { type MlpEstimator, type MlpFitOptions, mlp } from "./estimators/mlp.js";
export type { NetworkFit, NetworkRecord } from "./estimators/networkFit.js";
export { ordinalRegression } from "./estimators/ordinalRegression.js";
export { type CountOptions, poissonRegression } from "./estimators/poissonRegression.js";
export { type SoftmaxRegressionOptions, softmaxRegression } from "./estimators/softmaxRegression.js";
export type { Summary, SummaryRow } from "./estimators/summary.js";

export type {
  BinomialOptions,
  CustomLoss,
  Loss,
  LossOptions,
  LossOutOptions,
  MultiLabelOptions,
  OrdinalOptions,
  PoissonOptions,
  ScoreFunction,
  SoftmaxOptions,
  Traits,
} from "./losses/index.js";
export type {
  AsymmetricLaplaceLikelihoodOptions,
  CustomLikelihood,
  GammaLikelihoodOptions,
  GaussianLikelihoodOptions,
  LaplaceLikelihoodOptions,
  Likelihood,
  LikelihoodOptions,
  Link,
  NegativeBinomialLikelihoodOptions,
  StudentTLikelihoodOptions,
} from "./likelihoods/index.js";
export type { Distribution, DistributionFit, VectorDistribution } from "./distributions/index.js";
export type { CustomPrior, DistanceFunction, NormalOptions, Prior, Scale } from "./priors/index.js";
export type { CustomPenalty, Penalty } from "./penalties/index.js";
export type {
  ActivationName,
  CustomModel,
  Initialization,
  MlpOptions,
  Model,
  Network,
  NetworkShape,
} from "./models/index.js";

export { type Random, type RandomFactory, type RandomState, random } from "./random.js";
export { type Backend, backend } from "./backend/select.js";
