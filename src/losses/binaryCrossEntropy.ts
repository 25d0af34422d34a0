import {
  binaryCrossEntropy as loss,
  binaryCrossEntropyCurvature,
} from "../backend/typescript/losses/binaryCrossEntropy.js";
import { sigmoid } from "../primitives/sigmoid.js";
import { makeLikelihood } from "../likelihoods/likelihood.js";
import { fail } from "../check.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";

const kernels: LossKernels = {
  loss: { name: "binaryCrossEntropy", twin: loss },
  curvature: { name: "binaryCrossEntropyCurvature", twin: binaryCrossEntropyCurvature },
  width: 1,
  threshold: 64,
};

/**
 * Binary cross-entropy on scores, the logistic loss: the surprisal of a Bernoulli target whose logit is the score.
 *
 * ℓ(z, y) = ln(1 + e^z) − y·z nats; gradient σ(z) − y; Hessian σ(z)(1 − σ(z)). scores, targets: [rows]; targets in [0,
 * 1], fractions allowed (they have no likelihood). Dropped constant: 0. e^−|z| counts as 0 for |z| > 690. Likelihood:
 * Bernoulli.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside [0, 1].
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 4
 * @example
 * const loss = losses.binaryCrossEntropy();
 * loss.value([0, 2], [1, 1]); // → 0.410037595801
 * loss.gradient([0, 2], [1, 1], { reduction: "sum" }); // → [-0.5, -0.119202922022]
 * loss.value([-800], [1]); // → 800
 */
export function binaryCrossEntropy(): Loss {
  return makeLoss({
    name: "binaryCrossEntropy",
    classes: 1,
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: 1 },
    separable: true,
    kernels(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      for (let i = 0; i < rows; i++) {
        if (!(targets[i] >= 0 && targets[i] <= 1)) fail("range", "targets", "0..1", targets[i], { row: i });
      }
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
