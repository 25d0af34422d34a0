import { gammaOf } from "../likelihoods/families/gamma.js";
import type { Loss } from "./loss.js";
import { tweedieOf } from "./tweedie.js";

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
  return tweedieOf("gamma", 2, (loss) => gammaOf(loss, 1));
}
