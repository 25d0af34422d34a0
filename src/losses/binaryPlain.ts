import {
  binaryCrossEntropy as loss,
  binaryCrossEntropyCurvature,
} from "../backend/typescript/losses/binaryCrossEntropy.js";
import { fail } from "../check.js";
import { bernoulliOf } from "../likelihoods/families/bernoulli.js";
import { fractions } from "./domains.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";

const kernels: LossKernels = {
  loss: { name: "binaryCrossEntropy", twin: loss },
  curvature: { name: "binaryCrossEntropyCurvature", twin: binaryCrossEntropyCurvature },
  width: 1,
  threshold: 24,
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
    likelihood: (own) => bernoulliOf(own, "logit"),
  });
}
