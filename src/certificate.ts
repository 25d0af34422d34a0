import { normInfinity } from "./linalg/vector.js";
import type { MachineState, Optimizer, Problem } from "./optimizers/optimizer.js";
import { roundingFloor } from "./optimizers/stopping.js";
import type { Certificate } from "./result.js";

/** How near a state is to the optimum, by the best measure that its optimiser has. */
export function certificateOf(state: MachineState, optimizer: Optimizer, problem: Problem): Certificate {
  const { decrement, gap = NaN, gapBound = problem.tolerance } = state;
  const floor = roundingFloor(state, problem);
  if (!Number.isNaN(gap)) {
    return Object.freeze({ kind: "duality-gap", value: gap, bound: Math.max(gapBound, floor), estimate: false });
  }
  if (!Number.isNaN(decrement)) {
    const bound = Math.max(problem.tolerance, floor);
    const estimate = !optimizer.needs.includes("hessian") && state.certified !== true;
    return Object.freeze({ kind: "newton-decrement", value: decrement, bound, estimate });
  }
  const kind = problem.prox === null ? "gradient-norm" : "kkt-residual";
  return Object.freeze({ kind, value: normInfinity(state.gradient), bound: null, estimate: false });
}
