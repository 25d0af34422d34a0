import { checkNumber, checkOptions } from "../check.js";
import { plainBinary } from "./binaryPlain.js";
import { fractions } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";
import { curvature, gradient, value } from "./weightedBinary.js";

/**
 * Binary cross-entropy on scores, the logistic loss: the surprisal of a Bernoulli target whose logit is the score.
 *
 * ℓ(z, y) = ln(1 + e^z) − y·z nats; gradient σ(z) − y; Hessian σ(z)(1 − σ(z)). scores, targets: [rows]; targets in [0,
 * 1], fractions allowed (they have no likelihood). Dropped constant: 0. e^−|z| counts as 0 for |z| > 690. Likelihood:
 * Bernoulli.
 *
 * With `positiveWeight` a: ℓ = a·y·ln(1 + e^−z) + (1 − y)·ln(1 + e^z), so that successes count a times as much; the
 * divisor of a mean stays the total weight. That is no likelihood, and σ(z) then no probability, unless a = 1.
 *
 * @param options - `positiveWeight`: a > 0, finite; 1 without it.
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside [0, 1].
 * @throws TypeError or RangeError for a `positiveWeight` that is no finite number > 0.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 4
 * @example
 * const loss = losses.binaryCrossEntropy();
 * loss.value([0, 2], [1, 1]); // → 0.410037595801
 * loss.gradient([0, 2], [1, 1], { reduction: "sum" }); // → [-0.5, -0.119202922022]
 * loss.value([-800], [1]); // → 800
 * losses.binaryCrossEntropy({ positiveWeight: 3 }).value([0, 2], [1, 1]); // → 1.230112787404
 */
export function binaryCrossEntropy(options?: { readonly positiveWeight?: number }): Loss {
  checkOptions("options", options, ["positiveWeight"]);
  const given = options?.positiveWeight;
  const weight = given === undefined ? 1 : checkNumber("positiveWeight", given, { exclusiveMin: 0 });
  return weight === 1 ? plainBinary() : weighted(weight);
}

function weighted(weight: number): Loss {
  return makePointwise({
    name: "binaryCrossEntropy",
    options: { positiveWeight: weight },
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: false, lipschitz: Math.max(1, weight) },
    separable: true,
    domain: fractions,
    value: (z, y) => value(weight, z, y),
    gradient: (z, y) => gradient(weight, z, y),
    curvature: (z, y) => curvature(weight, z, y),
  });
}
