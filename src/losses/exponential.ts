import { expOne } from "../backend/typescript/math/exp.js";
import { sideOf, signs } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/**
 * Exponential loss, that of AdaBoost.
 *
 * With s = ±1 the side of the target: ℓ(z, y) = e^(−s·z); gradient −s·ℓ; Hessian ℓ. scores, targets: [rows]; targets 0
 * and 1, or −1 and 1. The expected loss is least where σ(2z) is the probability of 1. Likelihood: none (null).
 *
 * @returns The loss; its methods throw a RangeError, with the row, for another target, and for 0 beside −1.
 * @see Friedman, Hastie & Tibshirani, "Additive logistic regression", Ann. Stat. 28 (2000)
 * @example
 * const loss = losses.exponential();
 * loss.value([0.5, -1], [1, 0], { reduction: "sum" }); // → 0.974410100884
 * loss.gradient([0.5, -1], [1, 0], { reduction: "sum" }); // → [-0.606530659713, 0.367879441171]
 */
export function exponential(): Loss {
  return makePointwise({
    name: "exponential",
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity },
    separable: true,
    domain: signs,
    value: (z, y) => expOne(-sideOf(y) * z),
    gradient: (z, y) => -sideOf(y) * expOne(-sideOf(y) * z),
    curvature: (z, y) => expOne(-sideOf(y) * z),
  });
}
