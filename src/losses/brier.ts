import { expFlushedOne } from "../backend/typescript/math/exp.js";
import { fractions } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/** σ(z) − y, without cancellation; t = e^−|z|. */
function residual(z: number, y: number, t: number): number {
  return z < 0 ? ((1 - y) * t - y) / (1 + t) : (1 - y - y * t) / (1 + t);
}

/**
 * Brier score of a probability σ(z): its squared distance from what happened.
 *
 * ℓ(z, y) = (σ(z) − y)², without ½. With p = σ(z): gradient 2(p − y)p(1 − p); Hessian 2p(1 − p)(p(1 − p) + (p − y)(1 −
 * 2p)), of either sign: not convex, and flat where p is far from y. scores, targets: [rows]; targets in [0, 1], fractions
 * allowed. The expected loss is least where p is the probability of 1. e^−|z| counts as 0 for |z| > 690. Likelihood: none
 * (null).
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside [0, 1].
 * @see Brier, "Verification of forecasts expressed in terms of probability", Mon. Weather Rev. 78 (1950)
 * @example
 * const loss = losses.brier();
 * loss.value([0, 2], [1, 1]); // → 0.132104668309
 * loss.gradient([-10], [1]); // → [-0.000090787494]
 */
export function brier(): Loss {
  return makePointwise({
    name: "brier",
    // The steepest slope is where 3p = 1: 2·(2/3)²·(1/3).
    traits: { convex: false, strictlyConvex: false, smooth: true, proper: true, lipschitz: 8 / 27 },
    separable: true,
    domain: fractions,
    value(z, y) {
      const r = residual(z, y, expFlushedOne(-Math.abs(z)));
      return r * r;
    },
    gradient(z, y) {
      const t = expFlushedOne(-Math.abs(z));
      return 2 * residual(z, y, t) * (t / (1 + t) / (1 + t));
    },
    curvature(z, y) {
      const t = expFlushedOne(-Math.abs(z));
      const variance = t / (1 + t) / (1 + t);
      const tilt = (z < 0 ? 1 - t : t - 1) / (1 + t);
      return 2 * variance * (variance + residual(z, y, t) * tilt);
    },
  });
}
