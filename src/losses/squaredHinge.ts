import { sideOf, signs } from "./domains.js";
import type { Loss } from "./loss.js";
import { choosePieces } from "../optimizers/choosePieces.js";
import { makePointwise } from "./pointwise.js";

/**
 * Squared hinge loss: nothing once the margin is 1, and no kink there.
 *
 * With s = ±1 the side of the target: ℓ(z, y) = max(0, 1 − s·z)², without ½; gradient −2s·max(0, 1 − s·z); Hessian 2
 * inside the margin, else 0. scores, targets: [rows]; targets 0 and 1, or −1 and 1. The expected loss is least at z = 2p −
 * 1, p the probability of 1. Likelihood: none (null).
 *
 * @returns The loss; its methods throw a RangeError, with the row, for another target, and for 0 beside −1.
 * @see Zhang, "Statistical behavior and consistency of classification methods based on convex risk minimization", Ann.
 *   Stat. 32 (2004)
 * @example
 * const loss = losses.squaredHinge();
 * loss.value([0.5, 2, -1], [1, 1, 0], { reduction: "sum" }); // → 0.25
 * loss.gradient([0.5, 2, 0], [1, 1, -1], { reduction: "sum" }); // → [-1, 0, 2]
 */
export function squaredHinge(): Loss {
  return makePointwise({
    name: "squaredHinge",
    traits: { convex: true, strictlyConvex: false, smooth: false, proper: true, lipschitz: Infinity },
    domain: signs,
    value(z, y) {
      const room = Math.max(0, 1 - sideOf(y) * z);
      return room * room;
    },
    gradient: (z, y) => -2 * sideOf(y) * Math.max(0, 1 - sideOf(y) * z),
    curvature: (z, y) => (sideOf(y) * z < 1 ? 2 : 0),
    pieces: {
      piece: (y) => ({ kink: sideOf(y), below: y > 0 ? -Infinity : 0, above: y > 0 ? 0 : Infinity, curvature: 2 }),
      choose: choosePieces,
    },
  });
}
