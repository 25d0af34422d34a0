import { checkOptions } from "../check.js";
import { type NewtonState, newtonBy } from "./newton.js";
import type { Optimizer } from "./optimizer.js";

/**
 * The method of Gauss and Newton: as `newton`, with JᵀCJ in place of the Hessian, J the derivatives of the scores by θ and C
 * the curvature of the loss between the scores of a row.
 *
 * For models of your own, `models.custom`, that state their gradient alone: what is left out are the second derivatives of the
 * scores times the slopes of the loss, little where residuals are small or scores nearly linear. There it converges almost as
 * fast as `newton`; where residuals are large, slowly or in short steps. For a loss that is convex in the scores the matrix
 * has no negative curvature, so that every step goes down. The decrement² by which it stops is by this matrix, an estimate of
 * Newton's, as the certificate says.
 *
 * @param options - None.
 * @returns The optimiser; it needs an objective that offers "gaussNewton".
 * @throws TypeError for an option.
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §10.3
 * @example
 * const decay = models.custom({
 *   name: "exponential decay", // a·exp(−k·t)
 *   size: () => 2,
 *   scores: ([a, k], [t], out) => void (out[0] = a * exp(-k * t)),
 *   gradient([a, k], [t], [slope], out) {
 *     const decayed = exp(-k * t);
 *     out[0] += slope * decayed;
 *     out[1] -= slope * a * t * decayed;
 *   },
 *   start: () => [1, 1],
 * });
 * const data = dataset([[0], [1], [2], [3]], [2.1, 1.2, 0.8, 0.4]);
 * const target = objective({ data, model: decay, loss: losses.squaredError() });
 * const result = minimize(target, { optimizer: optimizers.gaussNewton() });
 * result.parameters; // → [2.0918944, 0.523097]
 * result.certificate.estimate; // → true
 */
export function gaussNewton(options: Record<string, never> = {}): Optimizer<NewtonState> {
  checkOptions("gaussNewton", options, []);
  return newtonBy("gaussNewton", { name: "gaussNewton", decrement: "Gauss-Newton decrement²" });
}
