import { checkNumber } from "../../check.js";
import type { Optimizer } from "../optimizer.js";
import { checkAtLeast } from "../storedState.js";
import { makeStochastic } from "./machine.js";
import { type StochasticOptions, readOptions } from "./options.js";
import type { StochasticState } from "./state.js";

/** Options of AdaGrad. */
export interface AdagradOptions extends StochasticOptions {
  /** What the sums of squares begin with, ≥ 0 (default 0). */
  readonly initialAccumulator?: number;
  /** Added to the root of the sum of squares, > 0 (default 1e-10). */
  readonly epsilon?: number;
}

/**
 * AdaGrad: s_j ← s_j + g_j², θ_j ← θ_j − η_t·g_j/(√s_j + ε): rates that fall with what each coordinate has seen.
 *
 * For the rest see `sgd`.
 *
 * @param options - `learningRate` (a number or a schedule; default 0.01), `initialAccumulator`, `epsilon`; `batchSize`,
 *   `seed`, `epochs`, `averageFrom`, `clipNorm`, `clipValue`, `validation`, `patience`.
 * @returns The optimiser; with `batchSize` or `validation` it needs "rows".
 * @throws TypeError or RangeError naming the option.
 * @see Duchi, Hazan & Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12
 *   (2011)
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * minimize(bowl, { optimizer: optimizers.adagrad({ learningRate: 0.5 }), start: [1], maxIterations: 1 }).parameters; // → [0.5]
 */
export function adagrad(options: AdagradOptions = {}): Optimizer<StochasticState> {
  const common = readOptions("adagrad", options, ["initialAccumulator", "epsilon"], 0.01);
  const { initialAccumulator = 0, epsilon = 1e-10 } = options;
  checkNumber("initialAccumulator", initialAccumulator, { min: 0 });
  checkNumber("epsilon", epsilon, { exclusiveMin: 0 });
  return makeStochastic<{ squares: Float64Array }>("adagrad", { initialAccumulator, epsilon }, common, 0.01, {
    slots: ({ length }) => ({ squares: new Float64Array(length).fill(initialAccumulator) }),
    scale: ({ squares }, j) => 1 / (Math.sqrt(squares[j]!) + epsilon),
    check: ({ squares }) => checkAtLeast("slots.squares", squares, initialAccumulator),
    update(parameters, gradient, { squares }, rate) {
      for (let j = 0; j < parameters.length; j++) {
        const g = gradient[j]!;
        squares[j]! += g * g;
        parameters[j]! -= (rate * g) / (Math.sqrt(squares[j]!) + epsilon);
      }
    },
  });
}
