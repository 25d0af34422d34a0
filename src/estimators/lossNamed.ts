import { fail } from "../check.js";
import { absoluteError } from "../losses/absoluteError.js";
import { binaryCrossEntropy } from "../losses/binaryCrossEntropy.js";
import { brier } from "../losses/brier.js";
import { exponential } from "../losses/exponential.js";
import { gamma } from "../losses/gamma.js";
import { gaussianMeanVariance } from "../losses/gaussianMeanVariance.js";
import { hinge } from "../losses/hinge.js";
import { logCosh } from "../losses/logCosh.js";
import type { Loss } from "../losses/loss.js";
import { modifiedHuber } from "../losses/modifiedHuber.js";
import { multiLabelCrossEntropy } from "../losses/multiLabelCrossEntropy.js";
import { poisson } from "../losses/poisson.js";
import { softmaxCrossEntropy } from "../losses/softmaxCrossEntropy.js";
import { squaredError } from "../losses/squaredError.js";
import { squaredHinge } from "../losses/squaredHinge.js";

/** Losses and likelihoods whose name is all there is to them. */
const LOSSES: Readonly<Record<string, () => Loss>> = /*#__PURE__*/ Object.assign(
  { absoluteError, binaryCrossEntropy, brier, exponential, gamma, gaussianMeanVariance, hinge, logCosh },
  { modifiedHuber, poisson, squaredError, squaredHinge },
  { bernoulli: binaryCrossEntropy, gaussian: squaredError, laplace: absoluteError },
);

/** The loss of a fit by its name and its outputs; a RangeError where it has options that a name does not tell. */
export function lossNamed(name: unknown, outputs: number): Loss {
  if (typeof name !== "string") fail("type", "fit.name", "the name of a loss or likelihood", name);
  if (name === "categorical" || name === "softmaxCrossEntropy") return softmaxCrossEntropy({ classes: outputs });
  if (name === "multiLabelCrossEntropy") return multiLabelCrossEntropy({ labels: outputs });
  if (Object.hasOwn(LOSSES, name)) return LOSSES[name]();
  return fail("range", "loss", `the loss or likelihood of the fit, ${name}, with its options`, undefined);
}
