import { checkNumber, checkOptions } from "../check.js";
import { advanceFixedStep, newFixedStepState, type FixedStepState } from "./fixedStep.js";
import type { Optimizer } from "./optimizer.js";

/** Options of gradient descent with momentum. */
export interface MomentumOptions {
  /** The step length, > 0. */
  readonly step: number;
  /** The share of the last step that is kept, 0 ≤ momentum < 1; 0.9 if not given. */
  readonly momentum?: number;
}

/**
 * Gradient descent with momentum (Polyak's heavy ball): v ← momentum·v − step·∇F(θ), θ ← θ + v, whatever the value does.
 * The best iterate is kept.
 *
 * Its decrement² is an estimate, W·|g|²·step/(1 − momentum), too small in flat directions. `nesterov` finds its own step
 * length; `sgd` does the same on batches.
 *
 * @param options - `step`: > 0; `momentum`: 0 ≤ momentum < 1 (default 0.9).
 * @returns The optimiser; it needs value and gradient.
 * @throws TypeError or RangeError for options outside their range.
 * @see Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational Mathematics and
 *   Mathematical Physics 4 (1964)
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * const optimizer = optimizers.momentum({ step: 0.25, momentum: 0.5 });
 * minimize(bowl, { optimizer, start: [1], maxIterations: 2 }).parameters; // → [0]
 */
export function momentum(options: MomentumOptions): Optimizer<FixedStepState> {
  checkOptions("momentum", options, ["step", "momentum"]);
  const step = checkNumber("step", options?.step, { exclusiveMin: 0 });
  const kept = checkNumber("momentum", options?.momentum === undefined ? 0.9 : options.momentum, {
    min: 0,
    exclusiveMax: 1,
  });
  return Object.freeze<Optimizer<FixedStepState>>({
    name: "momentum",
    options: Object.freeze({ step, momentum: kept }),
    needs: Object.freeze([]),
    init: newFixedStepState,
    advance: (state, problem, evaluated) => advanceFixedStep(step, kept, state, problem, evaluated),
  });
}
