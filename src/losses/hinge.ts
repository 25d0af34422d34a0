import { sideOf, signs } from "./domains.js";
import type { Loss } from "./loss.js";
import { choosePieces } from "../optimizers/choosePieces.js";
import { makePointwise } from "./pointwise.js";

/**
 * Hinge loss, that of the support vector machine: nothing once the margin is 1.
 *
 * With s = ±1 the side of the target: ℓ(z, y) = max(0, 1 − s·z); gradient −s inside the margin, 0 beyond and at the kink;
 * Hessian 0. scores, targets: [rows]; targets 0 and 1, or −1 and 1. It is the surprisal of no distribution (likelihood
 * null) and its scores are no probabilities: only their signs mean something.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for another target, and for 0 beside −1.
 * @see Cortes & Vapnik, "Support-vector networks", Machine Learning 20 (1995)
 * @example
 * const loss = losses.hinge();
 * loss.value([0.5, 2, -1], [1, 1, 0], { reduction: "sum" }); // → 0.5
 * loss.gradient([0.5, 2, -0.25], [1, 1, -1], { reduction: "sum" }); // → [-1, 0, 1]
 */
export function hinge(): Loss {
  return makePointwise({
    name: "hinge",
    traits: { convex: true, strictlyConvex: false, smooth: false, proper: false, lipschitz: 1 },
    domain: signs,
    value: (z, y) => Math.max(0, 1 - sideOf(y) * z),
    gradient(z, y) {
      const room = 1 - sideOf(y) * z;
      return -sideOf(y) * Math.sign(Math.max(0, room));
    },
    curvature: () => 0,
    pieces: { piece: (y) => ({ kink: sideOf(y), below: y > 0 ? -1 : 0, above: y > 0 ? 0 : 1 }), choose: choosePieces },
  });
}
