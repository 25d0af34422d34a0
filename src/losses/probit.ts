import { bernoulliOf } from "../likelihoods/families/bernoulli.js";
import { normalLogCdfOne } from "../special/normalLogCdf.js";
import { fractions } from "./domains.js";
import type { Loss } from "./loss.js";
import { hazardExcess, normalHazard } from "./millsRatio.js";
import { makePointwise } from "./pointwise.js";

/** a·x, 0 for a = 0 whatever x. */
function times(a: number, x: number): number {
  return a === 0 ? 0 : a * x;
}

/**
 * Probit loss: the surprisal of a Bernoulli target that is 1 with probability Φ(score), where a standard normal number lies
 * below the score.
 *
 * ℓ(z, y) = −y·ln Φ(z) − (1 − y)·ln Φ(−z) nats. With λ(x) = φ(x)/Φ(x): gradient (1 − y)λ(−z) − y·λ(z); Hessian y·λ(z)(λ(z) +
 * z) + (1 − y)λ(−z)(λ(−z) − z). It grows like z²/2 where the target is missed. scores, targets: [rows]; targets in [0, 1],
 * fractions allowed (they have no likelihood). Dropped constant: 0. Relative error 1e-13, in both tails. Likelihood:
 * Bernoulli with probit link.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside [0, 1].
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, §4.3
 * @example
 * const loss = losses.probit();
 * loss.value([0, 2], [1, 1]); // → 0.358080044944
 * loss.gradient([0, -40], [1, 1], { reduction: "sum" }); // → [-0.797884560803, -40.024968847207]
 */
export function probit(): Loss {
  return makePointwise({
    name: "probit",
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity },
    separable: true,
    domain: fractions,
    value: (z, y) => times(y, -normalLogCdfOne(z)) + times(1 - y, -normalLogCdfOne(-z)),
    gradient: (z, y) => times(1 - y, normalHazard(-z)) - times(y, normalHazard(z)),
    curvature: (z, y) =>
      times(y, normalHazard(z) * hazardExcess(z)) + times(1 - y, normalHazard(-z) * hazardExcess(-z)),
    likelihood: (loss) => bernoulliOf(loss, "probit"),
  });
}
