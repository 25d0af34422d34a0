import {
  softmaxCrossEntropy as loss,
  softmaxCrossEntropyCurvature,
  softmaxCrossEntropyDistributions,
  softmaxCrossEntropyDistributionsCurvature,
} from "../backend/typescript/losses/softmaxCrossEntropy.js";
import { checkNumber, checkOptions, fail } from "../check.js";
import { makeLikelihood } from "../likelihoods/likelihood.js";
import { softmax } from "../primitives/softmax.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";

/** Scores from which copying in and out pays. */
const THRESHOLD = 64;

const indexKernels: LossKernels = {
  loss: { name: "softmaxCrossEntropy", twin: loss },
  curvature: { name: "softmaxCrossEntropyCurvature", twin: softmaxCrossEntropyCurvature },
  width: 1,
  threshold: THRESHOLD,
};

const distributionKernels = (classes: number): LossKernels => ({
  loss: { name: "softmaxCrossEntropyDistributions", twin: softmaxCrossEntropyDistributions },
  curvature: {
    name: "softmaxCrossEntropyDistributionsCurvature",
    twin: softmaxCrossEntropyDistributionsCurvature,
  },
  width: classes,
  threshold: THRESHOLD,
});

/** How far the entries of a distribution may sum from 1. */
const SUM_TOLERANCE = 1e-6;

function checkIndices(classes: number, targets: Float64Array): void {
  for (let i = 0; i < targets.length; i++) {
    const y = targets[i];
    if (!(Number.isInteger(y) && y >= 0 && y < classes)) fail("range", "targets", `0..${classes - 1}`, y, { row: i });
  }
}

function checkDistributions(classes: number, targets: Float64Array): void {
  for (let first = 0; first < targets.length; first += classes) {
    const row = first / classes;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const q = targets[first + k];
      if (!(q >= 0 && q < Infinity)) fail("range", "targets", "a probability >= 0", q, { row, column: k });
      sum += q;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) fail("range", "targets", "a distribution that sums to 1", sum, { row });
  }
}

/**
 * Softmax cross-entropy on scores: the surprisal of a categorical target with these scores.
 *
 * ℓ(z, y) = ln Σ e^z − z_y nats, computed as log1p of the rest plus the margin; for a target distribution q:
 * Σ q_k (ln Σ e^z − z_k). Gradient softmax(z) − q; Hessian diag(p) − ppᵀ.
 * scores: [rows × classes]; targets: [rows] class indices 0..classes−1, or [rows × classes] distributions that sum to 1.
 * Dropped constant: 0. Throws a RangeError naming row and column for a target outside its domain.
 */
export function softmaxCrossEntropy(options: { readonly classes: number }): Loss {
  checkOptions("options", options, ["classes"]);
  const classes = checkNumber("classes", options?.classes, { min: 2, integer: true });
  return makeLoss({
    name: "softmaxCrossEntropy",
    classes,
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Math.sqrt(2) },
    separable: true,
    kernels(rows, targets) {
      if (targets.length === rows) {
        checkIndices(classes, targets);
        return indexKernels;
      }
      if (targets.length !== rows * classes) {
        fail("range", "targets", `${rows} class indices or ${rows} x ${classes} probabilities`, targets);
      }
      checkDistributions(classes, targets);
      return distributionKernels(classes);
    },
    likelihood: (own) =>
      makeLikelihood({
        name: "categorical",
        loss: own,
        dispersion: 1,
        mean: (scores) => softmax(scores, { columns: classes }),
        constant(targets, rows) {
          if (targets.length !== rows) fail("range", "targets", "class indices for a likelihood", targets);
          return new Float64Array(rows);
        },
      }),
  });
}
