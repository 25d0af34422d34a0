import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { softplusOne } from "../backend/typescript/math/softplus.js";
import { checkNumber, checkOptions } from "../check.js";
import { sideOf, signs } from "./domains.js";
import { expOfProduct } from "./expOfProduct.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/** q^γ for q = σ(−m) = e^−m/(1 + e^−m), from its logarithm, which grows like m. */
function power(gamma: number, m: number): number {
  if (gamma === 0) return 1;
  return m < 0 ? expOfProduct(-gamma, softplusOne(m)) : expOfProduct(-gamma, m) * expOfProduct(-gamma, softplusOne(-m));
}

// f(m) = q^γ·L of a margin m with p = σ(m), q = 1 − p, L = −ln p.

function slope(gamma: number, m: number): number {
  const p = sigmoidOne(m);
  const lost = p === 0 ? 0 : p * softplusOne(-m);
  return -power(gamma, m) * (gamma * lost + sigmoidOne(-m));
}

function bend(gamma: number, m: number): number {
  const p = sigmoidOne(m);
  const q = sigmoidOne(-m);
  const lost = p === 0 ? 0 : p * softplusOne(-m);
  return power(gamma, m) * (gamma * lost * (gamma * p - q) + p * q * (1 + 2 * gamma));
}

/** max |f′|: 1 for γ = 0, else where f″ changes its sign. */
function steepest(gamma: number): number {
  if (gamma === 0) return 1;
  let low = -2 / gamma - 60;
  let high = 60;
  for (let i = 0; i < 80; i++) {
    const middle = 0.5 * (low + high);
    if (bend(gamma, middle) < 0) low = middle;
    else high = middle;
  }
  return Math.max(-slope(gamma, low), -slope(gamma, high), 1);
}

/**
 * Focal loss: cross-entropy in which rows that are easy count little.
 *
 * With p the probability that σ(score) gives to the target: ℓ = −α(1 − p)^γ ln p nats, α being `alpha` for 1 and 1 −
 * `alpha` for the other class, or 1 for both. With q = 1 − p, L = −ln p and s = ±1 the side of the target: gradient
 * −s·αq^γ(γpL + q); Hessian αq^γp(γL(γp − q) + q(1 + 2γ)). scores, targets: [rows]; targets 0 and 1, or −1 and 1. γ = 0
 * without `alpha` is binary cross-entropy; else it is not convex for γ > 0, and its scores are no logits of
 * probabilities. Likelihood: none (null).
 *
 * @param options - `gamma`: γ ≥ 0; `alpha`: the weight of class 1, in [0, 1].
 * @returns The loss; its methods throw a RangeError, with the row, for another target, and for 0 beside −1.
 * @throws TypeError or RangeError for a `gamma` or `alpha` outside its range.
 * @see Lin, Goyal, Girshick, He & Dollár, "Focal loss for dense object detection", ICCV 2017
 * @example
 * const loss = losses.focal({ gamma: 2 });
 * loss.value([0, 3], [1, 1], { reduction: "sum" }); // → 0.173396078464
 * loss.gradient([0, 3], [1, 1], { reduction: "sum" }); // → [-0.29828679514, -0.000314871846]
 */
export function focal(options: { readonly gamma: number; readonly alpha?: number }): Loss {
  checkOptions("options", options, ["gamma", "alpha"]);
  const gamma = checkNumber("gamma", options?.gamma, { min: 0 });
  const { alpha } = options;
  const positive = alpha === undefined ? 1 : checkNumber("alpha", alpha, { min: 0, max: 1 });
  const negative = alpha === undefined ? 1 : 1 - positive;
  const weightOf = (y: number): number => (y > 0 ? positive : negative);
  return makePointwise({
    name: "focal",
    options: { gamma, alpha },
    traits: {
      convex: gamma === 0,
      strictlyConvex: gamma === 0 && positive * negative > 0,
      smooth: true,
      proper: gamma === 0 && positive === negative,
      lipschitz: Math.max(positive, negative) * steepest(gamma),
    },
    separable: positive * negative > 0,
    domain: signs,
    value(z, y) {
      const m = sideOf(y) * z;
      return weightOf(y) * power(gamma, m) * softplusOne(-m);
    },
    gradient: (z, y) => sideOf(y) * weightOf(y) * slope(gamma, sideOf(y) * z),
    curvature: (z, y) => weightOf(y) * bend(gamma, sideOf(y) * z),
  });
}
