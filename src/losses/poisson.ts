import type { Loss } from "./loss.js";
import { tweedieOf } from "./tweedie.js";

/**
 * Poisson loss with log link: the surprisal of a count with mean e^score, less what depends on the count alone.
 *
 * ℓ(z, y) = e^z − y·z nats, which may be negative; gradient e^z − y; Hessian e^z. scores, targets: [rows]; targets ≥ 0,
 * fractions allowed. Dropped constant: ln y! per row. The expected loss is least where e^z is the mean.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is negative or not finite.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 6
 * @example
 * const loss = losses.poisson();
 * loss.value([0, 1], [0, 3]); // → 0.35914091423
 * loss.gradient([0, 1], [0, 3], { reduction: "sum" }); // → [1, -0.281718171541]
 */
export function poisson(): Loss {
  return tweedieOf("poisson", 1);
}
