import { checkChoice, checkNumber, checkOptions } from "../check.js";
import { invertDiagonal } from "./certificate.js";
import {
  type CommonHessian,
  diagonalOf,
  newCommonHessian,
  solveCommonHessian,
  takeCommonHessian,
} from "./commonHessian.js";
import { applyInverse, forget, newPairs, remember, scaleBy, type Pairs } from "./curvaturePairs.js";
import type { Optimizer } from "./optimizer.js";
import { advanceQuasiNewton } from "./quasiNewton.js";
import {
  type Approximation,
  checkQuasiNewton,
  newQuasiNewtonState,
  type QuasiNewtonState,
} from "./quasiNewtonState.js";

export interface LbfgsState extends QuasiNewtonState {
  pairs: Pairs;
}

// Functions of their own: `approximation.knows` at module level would be kept by bundlers, and all it leads to.
const knows = ({ pairs }: LbfgsState): boolean => pairs.count > 0;
const forgetPairs = ({ pairs }: LbfgsState): void => forget(pairs);

const approximation: Approximation<LbfgsState> = {
  knows,
  apply: ({ pairs, inverse }, gradient, direction) => applyInverse(pairs, gradient, direction, inverse),
  learn: ({ pairs, inverse }, step, change) => remember(pairs, step, change, inverse),
  forget: forgetPairs,
};

export interface CommonLbfgsState extends LbfgsState {
  common: CommonHessian;
}

const byCommon: Approximation<CommonLbfgsState> = {
  knows,
  apply: ({ pairs, inverse, common }, gradient, direction) =>
    applyInverse(pairs, gradient, direction, inverse, (vector) => solveCommonHessian(common, vector)),
  learn({ pairs, inverse, common }, step, change) {
    remember(pairs, step, change, inverse);
    scaleBy(pairs, (vector) => solveCommonHessian(common, vector));
  },
  forget: forgetPairs,
  common: {
    due: ({ common, iteration }) => iteration >= common.next,
    take({ common, iteration, pairs, inverse }, evaluated) {
      takeCommonHessian(common, iteration, evaluated);
      if (iteration === 0) invertDiagonal(diagonalOf(common, inverse.length), inverse);
      scaleBy(pairs, (vector) => solveCommonHessian(common, vector));
    },
    solve: ({ common }, vector) => solveCommonHessian(common, vector),
  },
};

/** Options of L-BFGS. */
export interface LbfgsOptions {
  /** Curvature pairs kept, ≥ 1; 10 if not given. */
  readonly memory?: number;
  /**
   * The Hessian before the pairs act on it: "diagonal" (the default), that at 0 where the objective offers it; "common", one
   * matrix for all classes of a softmax, or the Hessian of a sample of the rows, taken at iterates 0, 5, 15, 35, ... and
   * factored.
   */
  readonly preconditioner?: "diagonal" | "common";
}

/**
 * Limited-memory BFGS with a strong Wolfe line search; value and gradient are asked for together.
 *
 * Where the objective offers the diagonal of its Hessian, that at 0 is the Hessian before the pairs act on it: the units of
 * the columns then make no difference. With `preconditioner: "common"` it is (I − 11ᵀ/K) ⊗ Xᵀ·diag(h)·X and the prior's
 * curvature, h the mean curvature of a row's classes: one factorisation serves all classes, and many fewer passes over X
 * are needed where columns are correlated. Of 40 rows for each parameter of an output or more, 20 are taken, in leaves at
 * equal distances; of one output this is the Hessian of a sample. Curvature pairs with sᵀy ≤ 2⁻³³·|s|·|y| are skipped.
 *
 * Its decrement² is an estimate, W·gᵀH_k g with its own approximation H_k of the inverse Hessian, which can be too small
 * while H_k is poor in flat directions. An objective that offers Hessian-vector products is therefore asked for the Newton
 * decrement² before the run ends: conjugate gradients, preconditioned by the diagonal there, until a cautious bound of what
 * is missing is within the tolerance. Where it is larger, its Newton step is taken and the run goes on. The decrement² of
 * such a run is that bound.
 *
 * @param options - `memory`: curvature pairs kept, 1 .. 1000 (default 10); `preconditioner`: "diagonal" (default), "common".
 * @returns The optimiser; it needs value and gradient, with "common" the capability "commonHessian", and uses the diagonal
 *   of the Hessian and products with it.
 * @throws TypeError or RangeError for a memory that is no integer 1 .. 1000, or another preconditioner.
 * @see Liu & Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45
 *   (1989)
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, §3.1 and §7.2
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * minimize(bowl, { optimizer: optimizers.lbfgs({ memory: 5 }), start: [1] }).parameters; // → [0]
 */
export function lbfgs(options: LbfgsOptions = {}): Optimizer<LbfgsState> {
  checkOptions("lbfgs", options, ["memory", "preconditioner"]);
  const memory = checkNumber("memory", options.memory === undefined ? 10 : options.memory, {
    min: 1,
    max: 1000,
    integer: true,
  });
  const { preconditioner = "diagonal" } = options;
  checkChoice("preconditioner", preconditioner, ["diagonal", "common"]);
  const common = preconditioner === "common";
  const init = (start: Float64Array): LbfgsState => ({
    ...newQuasiNewtonState(start),
    pairs: newPairs(memory, start.length),
  });
  const own = {
    name: "lbfgs",
    uses: Object.freeze(["diagonal", "hessianVector"] as const),
    check(state: LbfgsState): void {
      checkQuasiNewton(state);
      checkNumber("json.state.pairs.count", state.pairs.count, { min: 0, max: memory, integer: true });
      checkNumber("json.state.pairs.next", state.pairs.next, { min: 0, max: memory - 1, integer: true });
    },
  };
  if (!common) {
    return Object.freeze<Optimizer<LbfgsState>>({
      ...own,
      options: Object.freeze({ memory }),
      needs: Object.freeze([]),
      init,
      advance: (state, problem, evaluated) => advanceQuasiNewton(approximation, state, problem, evaluated),
    });
  }
  return Object.freeze<Optimizer<CommonLbfgsState>>({
    ...own,
    options: Object.freeze({ memory, preconditioner }),
    needs: Object.freeze(["commonHessian"] as const),
    init: (start, { outputs }) => ({ ...init(start), common: newCommonHessian(start.length, outputs) }),
    check(state) {
      own.check(state);
      checkNumber("json.state.common.next", state.common.next, { min: 0, integer: true });
    },
    advance: (state, problem, evaluated) => advanceQuasiNewton(byCommon, state, problem, evaluated),
  }) as unknown as Optimizer<LbfgsState>;
}
