import { fail } from "../check.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { MatrixInput } from "../matrix.js";
import { linear } from "../models/linear.js";
import { flat } from "../priors/flat.js";
import { type RegressionOptions, readPrior } from "./estimator.js";
import type { FitWork, StoredWork } from "./fitWork.js";
import { jointWork } from "./joint.js";
import { estimateOptions, ownData } from "./lossRegression.js";

/** A fit together with a parameter of its likelihood, to data of its own, which it releases when done. */
export function startJoint(
  x: MatrixInput,
  { likelihood, targets }: { readonly likelihood: Likelihood; readonly targets: Float64Array },
  options: RegressionOptions,
  stored?: StoredWork,
): FitWork {
  const { intercept = true, bounds } = options;
  const { prior = flat(), penalty } = readPrior(options);
  const { name } = likelihood.joint!;
  if (penalty !== undefined) fail("type", "penalty", `a prior beside the ${name}, which has a density`, penalty);
  const model = linear({ intercept });
  const data = ownData(x, targets, options);
  const release = (): void => data.release();
  try {
    return jointWork({ data, model, likelihood, prior, bounds, settings: estimateOptions(options), release }, stored);
  } catch (error) {
    release();
    throw error;
  }
}
