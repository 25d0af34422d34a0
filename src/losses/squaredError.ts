import { squaredError as loss, squaredErrorCurvature } from "../backend/typescript/losses/squaredError.js";
import { fail } from "../check.js";
import { gaussianOf } from "../likelihoods/families/gaussian.js";
import { finite } from "./domains.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";

const kernels: LossKernels = {
  loss: { name: "squaredError", twin: loss },
  curvature: { name: "squaredErrorCurvature", twin: squaredErrorCurvature },
  width: 1,
  threshold: 512,
};

/**
 * Squared error: the surprisal of a Gaussian target with sd 1 whose mean is the score, less its constant.
 *
 * ℓ(z, y) = ½(z − y)² nats; gradient z − y; Hessian 1. scores, targets: [rows]; any finite target. Dropped constant: ½
 * ln 2π per row. Likelihood: Gaussian with sd 1.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @see Bishop, *Pattern Recognition and Machine Learning*, 2006, §1.2.5 (the factor ½)
 * @example
 * const loss = losses.squaredError();
 * loss.value([1, 3], [0, 1]); // → 1.25
 * loss.gradient([1, 3], [0, 1], { reduction: "sum" }); // → [1, 2]
 */
export function squaredError(): Loss {
  return makeLoss({
    name: "squaredError",
    classes: 1,
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity },
    separable: false,
    kernels(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      finite(targets);
      return kernels;
    },
    likelihood: (own) => gaussianOf(own, 1),
  });
}
