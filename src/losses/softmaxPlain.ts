import {
  softmaxCrossEntropy as loss,
  softmaxCrossEntropyCurvature,
  softmaxCrossEntropyDistributions,
  softmaxCrossEntropyDistributionsCurvature,
} from "../backend/typescript/losses/softmaxCrossEntropy.js";
import { checkNumber, fail } from "../check.js";
import { SUM_TOLERANCE } from "../constants.js";
import { categoricalOf } from "../likelihoods/families/categorical.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";
import { MOST_PRODUCT_CLASSES, softmaxCurvatureTimes } from "./softmaxProduct.js";

/** Scores from which copying in and out pays. */
const THRESHOLD = 24;

const indexKernels: LossKernels = {
  loss: { name: "softmaxCrossEntropy", twin: loss },
  curvature: { name: "softmaxCrossEntropyCurvature", twin: softmaxCrossEntropyCurvature },
  width: 1,
  threshold: THRESHOLD,
};

const productKernels: LossKernels = /*#__PURE__*/ Object.assign(
  { curvatureTimes: softmaxCurvatureTimes },
  indexKernels,
);

const distributionKernels = (classes: number): LossKernels => ({
  loss: { name: "softmaxCrossEntropyDistributions", twin: softmaxCrossEntropyDistributions },
  curvature: {
    name: "softmaxCrossEntropyDistributionsCurvature",
    twin: softmaxCrossEntropyDistributionsCurvature,
  },
  width: classes,
  threshold: THRESHOLD,
});

function checkIndices(classes: number, targets: Float64Array, ignored: number | null): void {
  for (let i = 0; i < targets.length; i++) {
    const y = targets[i];
    if (y !== ignored && !(Number.isInteger(y) && y >= 0 && y < classes))
      fail("range", "targets", `0..${classes - 1}`, y, { row: i });
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

/** Targets in a row, 1 or one per class; throws unless all lie in the domain. */
export function widthOf(classes: number, ignored: number | null, rows: number, targets: Float64Array): number {
  if (targets.length === rows) {
    checkIndices(classes, targets, ignored);
    return 1;
  }
  if (targets.length !== rows * classes) {
    fail("range", "targets", `${rows} class indices or ${rows} x ${classes} probabilities`, targets);
  }
  checkDistributions(classes, targets);
  return classes;
}

/** The number of classes, checked. */
export function checkClasses(classes: unknown): number {
  return checkNumber("classes", classes, { min: 2, integer: true });
}

/** Softmax cross-entropy without options, by its kernels. */
export function plainSoftmax(classes: number): Loss {
  const ofIndices = classes <= MOST_PRODUCT_CLASSES ? productKernels : indexKernels;
  return makeLoss({
    name: "softmaxCrossEntropy",
    options: { classes },
    classes,
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Math.sqrt(2) },
    separable: true,
    kernels: (rows, targets) =>
      widthOf(classes, null, rows, targets) === 1 ? ofIndices : distributionKernels(classes),
    likelihood: (own) => categoricalOf(own, classes),
  });
}
