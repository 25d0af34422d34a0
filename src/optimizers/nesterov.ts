import { checkOptions } from "../check.js";
import { advanceAccelerated, checkAccelerated, newAcceleratedState, type AcceleratedState } from "./accelerated.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Nesterov's accelerated gradient descent, with backtracking and a restart wherever the momentum points uphill.
 *
 * About √condition · log(1/accuracy) iterations, each of two evaluations; condition counts in units in which the diagonal of
 * the Hessian at 0 is 1, where the objective offers it. Its decrement² is an estimate, W·|step|²/s with s the step length;
 * an objective with Hessian-vector products is asked for a bound of the true one before the run ends, as in `lbfgs`.
 *
 * @param options - None.
 * @returns The optimiser; it needs value and gradient, and uses the diagonal of the Hessian and products with it.
 * @throws TypeError for an option.
 * @see Nesterov, "A method for solving the convex programming problem with convergence rate O(1/k²)", Soviet Mathematics
 *   Doklady 27 (1983)
 * @see O'Donoghue & Candès, "Adaptive restart for accelerated gradient schemes", Foundations of Computational Mathematics
 *   15 (2015)
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * minimize(bowl, { optimizer: optimizers.nesterov(), start: [1] }).status; // → "converged"
 */
export function nesterov(options: Record<string, never> = {}): Optimizer<AcceleratedState> {
  checkOptions("nesterov", options, []);
  return Object.freeze<Optimizer<AcceleratedState>>({
    name: "nesterov",
    options: Object.freeze({}),
    needs: Object.freeze([]),
    uses: Object.freeze(["diagonal", "hessianVector"] as const),
    init: newAcceleratedState,
    check: checkAccelerated,
    advance: advanceAccelerated,
  });
}
