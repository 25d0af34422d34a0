import { checkNumber } from "../../check.js";
import type { Optimizer } from "../optimizer.js";
import { makeStochastic } from "./machine.js";
import { type StochasticOptions, readOptions } from "./options.js";
import type { Rule } from "./rule.js";
import { checkFlag } from "./sgd.js";
import type { StochasticState } from "./state.js";

/** Options of RMSProp. */
export interface RmspropOptions extends StochasticOptions {
  /** Share of the running means that a step keeps, in [0, 1) (default 0.99). */
  readonly smoothing?: number;
  /** Share of the last direction that is kept, in [0, 1) (default 0). */
  readonly momentum?: number;
  /** Divide by the standard deviation of the gradient instead of its root mean square (default false). */
  readonly centered?: boolean;
  /** Added to the root, > 0 (default 1e-8). */
  readonly epsilon?: number;
}

/**
 * RMSProp: v ← α·v + (1 − α)·g², θ ← θ − η_t·g/(√v + ε), with momentum μ θ ← θ − η_t·b, b ← μ·b + g/(√v + ε).
 *
 * `centered` has √(v − m²) with m ← α·m + (1 − α)·g instead of √v. For the rest see `sgd`.
 *
 * @param options - `learningRate` (a number or a schedule; default 0.01), `smoothing` α, `momentum`, `centered`,
 *   `epsilon`; `batchSize`, `seed`, `epochs`, `averageFrom`, `clipNorm`, `clipValue`, `validation`, `patience`.
 * @returns The optimiser; with `batchSize` or `validation` it needs "rows".
 * @throws TypeError or RangeError naming the option.
 * @see Tieleman & Hinton, "Lecture 6.5: RMSProp", Neural Networks for Machine Learning (2012)
 * @see Graves, "Generating sequences with recurrent neural networks", arXiv:1308.0850 (2013), for `centered`
 * @example
 * const bowl = { size: 1, value: (x: Float64Array) => x[0] * x[0], gradient: (x: Float64Array) => [2 * x[0]] };
 * const optimizer = optimizers.rmsprop({ learningRate: 0.1, smoothing: 0.75 });
 * minimize(bowl, { optimizer, start: [1], maxIterations: 1 }).parameters; // → [0.800000002]
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer<StochasticState> {
  const common = readOptions("rmsprop", options, ["smoothing", "momentum", "centered", "epsilon"], 0.01);
  const { smoothing = 0.99, momentum = 0, centered = false, epsilon = 1e-8 } = options;
  checkNumber("smoothing", smoothing, { min: 0, exclusiveMax: 1 });
  checkNumber("momentum", momentum, { min: 0, exclusiveMax: 1 });
  checkNumber("epsilon", epsilon, { exclusiveMin: 0 });
  checkFlag("centered", centered);
  const own = { smoothing, momentum, centered, epsilon };
  return makeStochastic("rmsprop", own, common, 0.01, rule(own));
}

type RmspropSlots = { squares: Float64Array; means: Float64Array; direction: Float64Array };
type Own = Required<Omit<RmspropOptions, keyof StochasticOptions>>;

function rule({ smoothing, momentum, centered, epsilon }: Own): Rule<RmspropSlots> {
  const root = ({ squares, means }: RmspropSlots, j: number): number => {
    const m = centered ? means[j]! : 0;
    // Rounding can take a variance of nothing below 0.
    return Math.sqrt(Math.max(0, squares[j]! - m * m)) + epsilon;
  };
  return {
    slots: ({ length }) => ({
      squares: new Float64Array(length),
      means: new Float64Array(centered ? length : 0),
      direction: new Float64Array(momentum === 0 ? 0 : length),
    }),
    scale: (slots, j) => 1 / root(slots, j),
    update(parameters, gradient, slots, rate) {
      const { squares, means, direction } = slots;
      for (let j = 0; j < parameters.length; j++) {
        const g = gradient[j]!;
        squares[j] = smoothing * squares[j]! + (1 - smoothing) * (g * g);
        if (centered) means[j] = smoothing * means[j]! + (1 - smoothing) * g;
        const d = g / root(slots, j);
        if (momentum === 0) {
          parameters[j]! -= rate * d;
        } else {
          direction[j] = momentum * direction[j]! + d;
          parameters[j]! -= rate * direction[j]!;
        }
      }
    },
  };
}
