import { checkNumber, checkOptions } from "../check.js";
import { applyInverse, forget, newPairs, remember, type Pairs } from "./curvaturePairs.js";
import type { Optimizer } from "./optimizer.js";
import { advanceQuasiNewton, type Approximation } from "./quasiNewton.js";
import { checkQuasiNewton, newQuasiNewtonState, type QuasiNewtonState } from "./quasiNewtonState.js";

export interface LbfgsState extends QuasiNewtonState {
  pairs: Pairs;
}

const approximation: Approximation<LbfgsState> = {
  knows: ({ pairs }) => pairs.count > 0,
  apply: ({ pairs, inverse }, gradient, direction) => applyInverse(pairs, gradient, direction, inverse),
  learn: ({ pairs, inverse }, step, change) => remember(pairs, step, change, inverse),
  forget: ({ pairs }) => forget(pairs),
};

/** Options of L-BFGS. */
export interface LbfgsOptions {
  /** Curvature pairs kept, ≥ 1; 10 if not given. */
  readonly memory?: number;
}

/**
 * Limited-memory BFGS with a strong Wolfe line search; value and gradient are asked for together.
 *
 * Where the objective offers the diagonal of its Hessian, that at 0 is the Hessian before the pairs act on it: the units of
 * the columns then make no difference. Curvature pairs with sᵀy ≤ 2⁻³³·|s|·|y| are skipped.
 *
 * Its decrement² is an estimate, W·gᵀH_k g with its own approximation H_k of the inverse Hessian, which can be too small
 * while H_k is poor in flat directions. An objective that offers Hessian-vector products is therefore asked for the Newton
 * decrement² before the run ends: conjugate gradients, preconditioned by the diagonal there, until a cautious bound of what
 * is missing is within the tolerance. Where it is larger, its Newton step is taken and the run goes on. The decrement² of
 * such a run is that bound.
 *
 * @param options - `memory`: curvature pairs kept, 1 .. 1000 (default 10).
 * @returns The optimiser; it needs value and gradient, and uses the diagonal of the Hessian and products with it.
 * @throws TypeError or RangeError for a memory that is no integer 1 .. 1000.
 * @see Liu & Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45
 *   (1989)
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §3.1 and §7.2
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * minimize(bowl, { optimizer: optimizers.lbfgs({ memory: 5 }), start: [1] }).parameters; // → [0]
 */
export function lbfgs(options: LbfgsOptions = {}): Optimizer<LbfgsState> {
  checkOptions("lbfgs", options, ["memory"]);
  const memory = checkNumber("memory", options.memory === undefined ? 10 : options.memory, {
    min: 1,
    max: 1000,
    integer: true,
  });
  return Object.freeze<Optimizer<LbfgsState>>({
    name: "lbfgs",
    options: Object.freeze({ memory }),
    needs: Object.freeze([]),
    uses: Object.freeze(["diagonal", "hessianVector"] as const),
    init: (start) => ({ ...newQuasiNewtonState(start), pairs: newPairs(memory, start.length) }),
    check(state) {
      checkQuasiNewton(state);
      checkNumber("json.state.pairs.count", state.pairs.count, { min: 0, max: memory, integer: true });
      checkNumber("json.state.pairs.next", state.pairs.next, { min: 0, max: memory - 1, integer: true });
    },
    advance: (state, problem, evaluated) => advanceQuasiNewton(approximation, state, problem, evaluated),
  });
}
