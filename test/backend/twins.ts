/** Every twin, gathered for tests only: in the library each public function binds its own, so that unused ones shake away. */
import type { Kernels } from "../../src/backend/kernels.js";
import * as binaryCrossEntropy from "../../src/backend/typescript/losses/binaryCrossEntropy.js";
import * as poisson from "../../src/backend/typescript/losses/poisson.js";
import * as softmaxCrossEntropy from "../../src/backend/typescript/losses/softmaxCrossEntropy.js";
import * as squaredError from "../../src/backend/typescript/losses/squaredError.js";
import * as linear from "../../src/backend/typescript/linear.js";
import { linearHessian } from "../../src/backend/typescript/linearHessian.js";
import { linearPass } from "../../src/backend/typescript/linearPass.js";
import * as single from "../../src/backend/typescript/single.js";
import * as logSumExp from "../../src/backend/typescript/logSumExp.js";
import { exp } from "../../src/backend/typescript/math/exp.js";
import { expm1 } from "../../src/backend/typescript/math/expm1.js";
import { log } from "../../src/backend/typescript/math/log.js";
import { log1p } from "../../src/backend/typescript/math/log1p.js";
import { logSigmoid } from "../../src/backend/typescript/math/logSigmoid.js";
import { logit } from "../../src/backend/typescript/math/logit.js";
import { sigmoid } from "../../src/backend/typescript/math/sigmoid.js";
import { softplus } from "../../src/backend/typescript/math/softplus.js";
import { tanh } from "../../src/backend/typescript/math/tanh.js";
import { collapse } from "../../src/backend/typescript/tree.js";

const { logSumExpRows, softmaxRows, logSoftmaxRows, expShifted, collapseLogSumExp } = logSumExp;

export const twins: Kernels<Float64Array> = {
  ...{ exp, log, log1p, expm1, tanh, sigmoid, logSigmoid, softplus, logit },
  ...{ collapse },
  ...{ logSumExp: logSumExp.logSumExp, collapseLogSumExp, logSumExpRows, softmaxRows, logSoftmaxRows, expShifted },
  ...binaryCrossEntropy,
  ...softmaxCrossEntropy,
  ...poisson,
  ...squaredError,
  ...linear,
  ...{ linearHessian, linearPass },
  ...single,
};
