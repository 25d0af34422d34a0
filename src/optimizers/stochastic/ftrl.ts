import { checkNumber } from "../../check.js";
import type { Optimizer } from "../optimizer.js";
import { makeStochastic } from "./machine.js";
import { type BatchOptions, readOptions } from "./options.js";
import type { Rule } from "./rule.js";
import type { StochasticState } from "./state.js";

/** Options of FTRL-Proximal. */
export interface FtrlOptions extends BatchOptions {
  /** Scale of the rates, > 0 (default 0.1). */
  readonly alpha?: number;
  /** Added to the root of the sum of squares, > 0 (default 1). */
  readonly beta?: number;
  /** A fixed λ₁, not per step, beside what the objective holds; ≥ 0 (default 0). */
  readonly l1?: number;
  /** A fixed λ₂, not per step, beside what the objective holds; ≥ 0 (default 0). */
  readonly l2?: number;
}

/**
 * FTRL-Proximal: follows the regularised leader, with rates per coordinate, and parameters that are exactly 0.
 *
 * n_j ← n_j + g_j², z_j ← z_j + g_j − σ_j·θ_j with σ_j = (√n_j − √(n_j − g_j²))/α; then θ_j = 0 if |z_j| ≤ κ_j, else
 * −(z_j − sign(z_j)·κ_j)/(λ₂ + (β + √n_j)/α). κ_j = λ₁ + t·(the L1 rate of θ_j in the objective) after t steps: an L1
 * penalty of the objective is applied exactly and keeps its weight, λ₁ and λ₂ are those of the online setting and fade
 * as the data grow. Takes objectives with and without an L1 part.
 *
 * @param options - `alpha`, `beta`, `l1`, `l2`; `batchSize`, `seed`, `epochs`, `averageFrom`, `clipNorm`, `clipValue`,
 *   `validation`, `patience` as for `sgd`.
 * @returns The optimiser; with `batchSize` or `validation` it needs "rows".
 * @throws TypeError or RangeError naming the option.
 * @see McMahan, "Follow-the-regularized-leader and mirror descent: equivalence theorems and L1 regularization",
 *   AISTATS (2011)
 * @see McMahan et al., "Ad click prediction: a view from the trenches", KDD (2013)
 * @example
 * const data = dataset([[1, 0.1], [-1, 0.1], [2, -0.1], [-2, -0.1]], [1, -1, 2, -2]);
 * const target = objective({ data, loss: losses.squaredError(), penalty: penalties.l1(0.1) });
 * const optimizer = optimizers.ftrl({ alpha: 1 });
 * minimize(target, { optimizer }).parameters[2]; // → 0
 */
export function ftrl(options: FtrlOptions = {}): Optimizer<StochasticState> {
  const common = readOptions("ftrl", options, ["alpha", "beta", "l1", "l2"], null);
  const { alpha = 0.1, beta = 1, l1 = 0, l2 = 0 } = options;
  checkNumber("alpha", alpha, { exclusiveMin: 0 });
  checkNumber("beta", beta, { exclusiveMin: 0 });
  checkNumber("l1", l1, { min: 0 });
  checkNumber("l2", l2, { min: 0 });
  const own = { alpha, beta, l1, l2 };
  return makeStochastic("ftrl", own, common, null, rule(own));
}

type FtrlSlots = { linear: Float64Array; squares: Float64Array };

function rule({ alpha, beta, l1, l2 }: Required<Omit<FtrlOptions, keyof BatchOptions>>): Rule<FtrlSlots> {
  return {
    prox: true,
    slots(start, { prox }) {
      // The first regulariser, β/α·½|θ − start|², has its center where the run starts.
      const linear = start.map((value, j) => -(beta / alpha) * (value - (prox === null ? 0 : prox.center[j]!)));
      return { linear, squares: new Float64Array(start.length) };
    },
    scale: ({ squares }, j) => alpha / (beta + Math.sqrt(squares[j]!)),
    update(parameters, gradient, { linear, squares }, _, step, { prox }) {
      for (let j = 0; j < parameters.length; j++) {
        const g = gradient[j]!;
        const center = prox === null ? 0 : prox.center[j]!;
        const before = Math.sqrt(squares[j]!);
        squares[j]! += g * g;
        const after = Math.sqrt(squares[j]!);
        linear[j]! += g - ((after - before) / alpha) * (parameters[j]! - center);
        const threshold = l1 + (prox === null ? 0 : step * prox.rate[j]!);
        const z = linear[j]!;
        const size = Math.abs(z) - threshold;
        parameters[j] = size <= 0 ? center : center - (Math.sign(z) * size) / (l2 + (beta + after) / alpha);
      }
    },
  };
}
