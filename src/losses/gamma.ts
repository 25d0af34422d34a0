import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { gammaOf } from "../likelihoods/families/gamma.js";
import { positive } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/**
 * Gamma loss with log link: the surprisal of a positive number with mean e^score and shape 1, less its constant; for
 * another shape it is multiplied by the shape.
 *
 * ℓ(z, y) = z + y·e^−z nats, which may be negative; gradient 1 − y·e^−z; Hessian y·e^−z. scores, targets: [rows]; targets
 * > 0. The expected loss is least where e^z is the mean.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not > 0 and finite.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 8
 * @example
 * const loss = losses.gamma();
 * loss.value([0, 1], [1, 3]); // → 1.551819161757
 * loss.gradient([0, 1], [1, 3], { reduction: "sum" }); // → [0, -0.103638323514]
 */
export function gamma(): Loss {
  return makePointwise({
    name: "gamma",
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity },
    domain: positive,
    leaf(begin, end, scores, targets, _weights, out, losses) {
      for (let i = begin; i < end; i++) {
        const z = scores[i];
        const y = targets[i];
        const e = expOne(-z);
        const loss = z + y * e;
        // At z = −∞ the second part wins.
        losses[i - begin] = z === -Infinity ? Infinity : loss;
        // Near the mean 1 the difference keeps its digits.
        if (out !== null) out[i] = Math.abs(z) < 1 ? e * (expm1One(z) - (y - 1)) : 1 - y * e;
      }
    },
    curvature: (z, y) => y * expOne(-z),
    likelihood: (loss) => gammaOf(loss, 1),
  });
}
