import { sideOf, signs } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/**
 * Modified Huber loss for two classes: the squared hinge, but straight where the margin is below −1, so that outliers
 * pull no harder than 4.
 *
 * With s = ±1 the side of the target and m = s·z the margin: ℓ = max(0, 1 − m)² where m ≥ −1, else −4m; gradient −2s·(1 −
 * m) between −1 and 1, −4s below, 0 above; Hessian 2 between, else 0. scores, targets: [rows]; targets 0 and 1, or −1 and
 * 1. The expected loss is least at z = 2p − 1, p the probability of 1. Likelihood: none (null).
 *
 * @returns The loss; its methods throw a RangeError, with the row, for another target, and for 0 beside −1.
 * @see Zhang, "Solving large scale linear prediction problems using stochastic gradient descent algorithms", ICML 2004
 * @example
 * const loss = losses.modifiedHuber();
 * loss.value([0.5, 2, 3], [1, 1, 0], { reduction: "sum" }); // → 12.25
 * loss.gradient([0.5, 2, 3], [1, 1, 0], { reduction: "sum" }); // → [-1, 0, 4]
 */
export function modifiedHuber(): Loss {
  return makePointwise({
    name: "modifiedHuber",
    traits: { convex: true, strictlyConvex: false, smooth: false, proper: true, lipschitz: 4 },
    domain: signs,
    value(z, y) {
      const margin = sideOf(y) * z;
      const room = Math.max(0, 1 - margin);
      return margin < -1 ? -4 * margin : room * room;
    },
    gradient: (z, y) => -2 * sideOf(y) * Math.max(0, Math.min(2, 1 - sideOf(y) * z)),
    curvature: (z) => (Math.abs(z) < 1 ? 2 : 0),
  });
}
