import type { Estimator } from "./estimator.js";
import { generalizedLinearModel } from "./generalizedLinearModel.js";
import { linearSVM } from "./linearSVM.js";
import { linearRegression } from "./linearRegression.js";
import { logisticRegression } from "./logisticRegression.js";
import { mlp } from "./mlp.js";
import { ordinalRegression } from "./ordinalRegression.js";
import { poissonRegression } from "./poissonRegression.js";
import { quantileRegression } from "./quantileRegression.js";
import { robustRegression } from "./robustRegression.js";
import { softmaxRegression } from "./softmaxRegression.js";

/** Every ready-made fit by its name: what stored jobs are resumed with. */
export const estimators = (): readonly Estimator<never, never>[] => [
  generalizedLinearModel,
  linearRegression,
  linearSVM,
  logisticRegression,
  mlp,
  ordinalRegression,
  poissonRegression,
  quantileRegression,
  robustRegression,
  softmaxRegression,
];
