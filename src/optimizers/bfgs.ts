import { checkOptions } from "../check.js";
import { dot } from "../linalg/vector.js";
import { curvatureOfPair } from "./curvaturePairs.js";
import type { Optimizer } from "./optimizer.js";
import { advanceQuasiNewton } from "./quasiNewton.js";
import {
  type Approximation,
  checkQuasiNewton,
  newQuasiNewtonState,
  type QuasiNewtonState,
} from "./quasiNewtonState.js";

export interface BfgsState extends QuasiNewtonState {
  /** The inverse Hessian, once a step was learnt: packed lower triangle, as in `Evaluated`. */
  matrix: Float64Array;
  learnt: boolean;
}

const approximation: Approximation<BfgsState> = {
  knows: ({ learnt }) => learnt,
  apply({ learnt, matrix, inverse }, gradient, direction) {
    if (learnt) multiply(matrix, gradient, direction);
    for (let j = 0; j < gradient.length; j++) direction[j] = -(learnt ? direction[j]! : inverse[j]! * gradient[j]!);
  },
  learn(state, step, change) {
    const { matrix, inverse } = state;
    const curvature = curvatureOfPair(step, change, inverse);
    if (curvature === null) return;
    if (!state.learnt) {
      matrix.fill(0);
      for (let j = 0; j < step.length; j++) matrix[(j * (j + 3)) / 2] = curvature.scale * inverse[j]!;
      state.learnt = true;
    }
    update(matrix, step, change, curvature.product);
  },
  forget(state) {
    state.learnt = false;
  },
};

/**
 * BFGS with a strong Wolfe line search: a full approximation of the inverse Hessian, learnt from every step.
 *
 * Memory and work per step grow as size²: for some hundred parameters at most; `lbfgs` does without. The diagonal of the
 * Hessian, the decrement² and what is done before the run ends are as in `lbfgs`.
 *
 * @param options - None.
 * @returns The optimiser; it needs value and gradient, and uses the diagonal of the Hessian and products with it.
 * @throws TypeError for an option.
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §6.1
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * minimize(bowl, { optimizer: optimizers.bfgs(), start: [1] }).parameters; // → [0]
 */
export function bfgs(options: Record<string, never> = {}): Optimizer<BfgsState> {
  checkOptions("bfgs", options, []);
  return Object.freeze<Optimizer<BfgsState>>({
    name: "bfgs",
    options: Object.freeze({}),
    needs: Object.freeze([]),
    uses: Object.freeze(["diagonal", "hessianVector"] as const),
    init: (start) => ({
      ...newQuasiNewtonState(start),
      matrix: new Float64Array((start.length * (start.length + 1)) / 2),
      learnt: false,
    }),
    check: checkQuasiNewton,
    advance: (state, problem, evaluated) => advanceQuasiNewton(approximation, state, problem, evaluated),
  });
}

/** out ← matrix·x, row after row of the lower triangle. */
function multiply(matrix: Float64Array, x: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let a = 0, at = 0; a < x.length; a++) {
    for (let b = 0; b <= a; b++, at++) {
      out[a]! += matrix[at]! * x[b]!;
      if (b < a) out[b]! += matrix[at]! * x[a]!;
    }
  }
}

/** H ← (I − s·yᵀ/sᵀy)·H·(I − y·sᵀ/sᵀy) + s·sᵀ/sᵀy. */
function update(matrix: Float64Array, step: Float64Array, change: Float64Array, product: number): void {
  const moved = new Float64Array(step.length);
  multiply(matrix, change, moved);
  const factor = (1 + dot(change, moved) / product) / product;
  for (let a = 0, at = 0; a < step.length; a++) {
    for (let b = 0; b <= a; b++, at++) {
      matrix[at]! += factor * step[a]! * step[b]! - (step[a]! * moved[b]! + moved[a]! * step[b]!) / product;
    }
  }
}
