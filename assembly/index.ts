export { heapBase } from "./memory";
export { expTable, log1pTable } from "./math/tables";
export { exp } from "./math/exp";
export { log } from "./math/log";
export { log1p } from "./math/log1p";
export { expm1 } from "./math/expm1";
export { tanh } from "./math/tanh";
export { sigmoid } from "./math/sigmoid";
export { logSigmoid } from "./math/logSigmoid";
export { softplus } from "./math/softplus";
export { logit } from "./math/logit";
export { collapse } from "./tree";
export { logSumExp, collapseLogSumExp, logSumExpRows, softmaxRows, logSoftmaxRows, expShifted } from "./logSumExp";
export { binaryCrossEntropy, binaryCrossEntropyCurvature } from "./losses/binaryCrossEntropy";
export {
  softmaxCrossEntropy,
  softmaxCrossEntropyDistributions,
  softmaxCrossEntropyCurvature,
  softmaxCrossEntropyDistributionsCurvature,
} from "./losses/softmaxCrossEntropy";
export { poisson, poissonCurvature } from "./losses/poisson";
export { squaredError, squaredErrorCurvature } from "./losses/squaredError";
export { promote } from "./single";
export { linearScores, linearGradient, linearSquares } from "./linear";
export { linearHessian } from "./linearHessian";
export { linearPass } from "./linearPass";
