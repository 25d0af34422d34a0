import { checkOptions } from "../check.js";
import { advanceAccelerated, checkAccelerated, newAcceleratedState, type AcceleratedState } from "./accelerated.js";
import type { Optimizer } from "./optimizer.js";

/**
 * FISTA: accelerated proximal gradient steps, with backtracking and restart, for objectives with an L1 part whose zeros are
 * exact; without one it is `nesterov`.
 *
 * It needs no Hessian: for more parameters than `proximalNewton` can take. Its decrement² is an estimate, W·|step|²/s with s
 * the step length, in units in which the diagonal of the Hessian at 0 is 1 where the objective offers it. The gradient of a
 * result is the shortest subgradient: 0 at the optimum.
 *
 * @param options - None.
 * @returns The optimiser; it needs value and gradient, and uses the kinks and the diagonal of the Hessian.
 * @throws TypeError for an option.
 * @see Beck & Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems", SIAM Journal on
 *   Imaging Sciences 2 (2009)
 * @example
 * const data = dataset([[1, 0], [2, 1], [3, 0], [4, 1]], [0, 1, 0, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli(), prior: priors.laplace({ scale: 1 }) });
 * const result = minimize(target, { optimizer: optimizers.fista() });
 * result.parameters[1]; // → 0
 */
export function fista(options: Record<string, never> = {}): Optimizer<AcceleratedState> {
  checkOptions("fista", options, []);
  return Object.freeze<Optimizer<AcceleratedState>>({
    name: "fista",
    options: Object.freeze({}),
    needs: Object.freeze([]),
    uses: Object.freeze(["prox", "diagonal", "hessianVector"] as const),
    init: newAcceleratedState,
    check: checkAccelerated,
    advance: advanceAccelerated,
  });
}
