import {
  softmaxCrossEntropy as loss,
  softmaxCrossEntropyCurvature,
  softmaxCrossEntropyDistributions,
  softmaxCrossEntropyDistributionsCurvature,
} from "../backend/typescript/losses/softmaxCrossEntropy.js";
import { checkNumber, checkOptions, fail } from "../check.js";
import { SUM_TOLERANCE } from "../constants.js";
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
 * Softmax cross-entropy on scores, the multinomial logistic loss: the surprisal of a categorical target with these
 * scores.
 *
 * ℓ(z, y) = ln Σ e^z − z_y nats, computed as log1p of the rest plus the margin, so that it keeps its digits down to 0;
 * for a target distribution q: Σ q_k (ln Σ e^z − z_k). With p = softmax(z): gradient p − q, Hessian diag(p) − ppᵀ.
 * scores: [rows × classes]; targets: [rows] class indices 0..classes−1, or [rows × classes] distributions that sum to 1
 * within 1e-6. Dropped constant: 0. Likelihood: categorical.
 *
 * @param options - `classes`: scores in a row, an integer ≥ 2.
 * @returns The loss; its methods throw a RangeError, with row and column, for a target outside its domain.
 * @throws TypeError or RangeError for `classes` that is no integer ≥ 2.
 * @see Bishop, *Pattern Recognition and Machine Learning*, 2006, §4.3.4
 * @example
 * const loss = losses.softmaxCrossEntropy({ classes: 3 });
 * loss.value([2, 1, 0], [0]); // → 0.407605964444
 * loss.gradient([2, 1, 0], [0]); // → [-0.334759044225, 0.244728471055, 0.09003057317]
 * loss.value([0, 40, 0], [1]); // → 8.49670851e-18
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
