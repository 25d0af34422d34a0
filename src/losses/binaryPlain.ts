import {
  binaryCrossEntropy as loss,
  binaryCrossEntropyCurvature,
} from "../backend/typescript/losses/binaryCrossEntropy.js";
import { fail } from "../check.js";
import { makeLikelihood } from "../likelihoods/likelihood.js";
import { sigmoid } from "../primitives/sigmoid.js";
import { fractions } from "./domains.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";

const kernels: LossKernels = {
  loss: { name: "binaryCrossEntropy", twin: loss },
  curvature: { name: "binaryCrossEntropyCurvature", twin: binaryCrossEntropyCurvature },
  width: 1,
  threshold: 64,
};

/** Binary cross-entropy without weights, by its kernel. */
export function plainBinary(): Loss {
  return makeLoss({
    name: "binaryCrossEntropy",
    classes: 1,
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: 1 },
    separable: true,
    kernels(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      fractions(targets);
      return kernels;
    },
    likelihood: (own) =>
      makeLikelihood({
        name: "bernoulli",
        loss: own,
        dispersion: 1,
        mean: (scores) => sigmoid(scores),
        constant(targets) {
          targets.forEach((y, row) => {
            if (y !== 0 && y !== 1) fail("range", "targets", "0 or 1 for a likelihood", y, { row });
          });
          return new Float64Array(targets.length);
        },
      }),
  });
}
