import { checkNumber } from "../../check.js";
import { scale } from "../../linalg/vector.js";
import type { Optimizer } from "../optimizer.js";
import { checkAtLeast, checkPower } from "../storedState.js";
import { makeStochastic } from "./machine.js";
import { type StochasticOptions, readOptions } from "./options.js";
import type { Rule } from "./rule.js";
import { checkFlag } from "./sgd.js";
import type { StochasticState } from "./state.js";

/** Options of Adam. */
export interface AdamOptions extends StochasticOptions {
  /** Share of the mean gradient that a step keeps, in [0, 1) (default 0.9). */
  readonly beta1?: number;
  /** Share of the mean square that a step keeps, in [0, 1) (default 0.999). */
  readonly beta2?: number;
  /** Added to the root of the mean square, > 0 (default 1e-8). */
  readonly epsilon?: number;
  /** Divide by the largest mean square so far instead of the present one (default false). */
  readonly amsgrad?: boolean;
}

/** Options of AdamW. */
export interface AdamwOptions extends AdamOptions {
  /** Share of the parameters, times the rate, that each step takes away; ≥ 0 (default 0.01). */
  readonly weightDecay?: number;
}

const DEFAULT_RATE = 0.001;
const ADAM_OPTIONS = ["beta1", "beta2", "epsilon", "amsgrad"] as const;

/**
 * Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − η_t·m̂/(√v̂ + ε), m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
 *
 * An L2 penalty belongs in the objective, where it is a normal prior. For the rest see `sgd`.
 *
 * @param options - `learningRate` (a number or a schedule; default 0.001), `beta1`, `beta2`, `epsilon`, `amsgrad`;
 *   `batchSize`, `seed`, `epochs`, `averageFrom`, `clipNorm`, `clipValue`, `validation`, `patience`.
 * @returns The optimiser; with `batchSize` or `validation` it needs "rows".
 * @throws TypeError or RangeError naming the option.
 * @see Kingma & Ba, "Adam: a method for stochastic optimization", ICLR (2015)
 * @see Reddi, Kale & Kumar, "On the convergence of Adam and beyond", ICLR (2018), for `amsgrad`
 * @example
 * const data = dataset([[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli() });
 * const optimizer = optimizers.adam({ learningRate: 0.1, batchSize: 4, seed: 1, epochs: 200 });
 * minimize(target, { optimizer }).value < 0.53; // → true
 */
export function adam(options: AdamOptions = {}): Optimizer<StochasticState> {
  const common = readOptions("adam", options, ADAM_OPTIONS, DEFAULT_RATE);
  const own = readOwn(options);
  return makeStochastic("adam", own, common, DEFAULT_RATE, rule(own, 0));
}

/**
 * AdamW: Adam with decoupled weight decay, θ ← (1 − η_t·decay)·θ before each step of Adam.
 *
 * The decay is no part of the objective, acts on every parameter, intercepts too, and depends on the rates: where it
 * ends is not the maximum a posteriori under any stated prior. For that give `adam` an objective with a prior.
 *
 * @param options - `weightDecay` (default 0.01), and those of `adam`.
 * @returns The optimiser; with `batchSize` or `validation` it needs "rows".
 * @throws TypeError or RangeError naming the option.
 * @see Loshchilov & Hutter, "Decoupled weight decay regularization", ICLR (2019)
 * @example
 * const flat = { size: 1, value: () => 0, gradient: () => [1e-300] };
 * const optimizer = optimizers.adamw({ learningRate: 0.5, weightDecay: 0.5, epsilon: 1 });
 * optimizer.options["weightDecay"]; // → 0.5
 */
export function adamw(options: AdamwOptions = {}): Optimizer<StochasticState> {
  const common = readOptions("adamw", options, [...ADAM_OPTIONS, "weightDecay"], DEFAULT_RATE);
  const own = readOwn(options);
  const { weightDecay = 0.01 } = options;
  checkNumber("weightDecay", weightDecay, { min: 0 });
  return makeStochastic("adamw", { ...own, weightDecay }, common, DEFAULT_RATE, rule(own, weightDecay));
}

type Own = Required<Omit<AdamOptions, keyof StochasticOptions>>;

function readOwn({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, amsgrad = false }: AdamOptions): Own {
  checkNumber("beta1", beta1, { min: 0, exclusiveMax: 1 });
  checkNumber("beta2", beta2, { min: 0, exclusiveMax: 1 });
  checkNumber("epsilon", epsilon, { exclusiveMin: 0 });
  return { beta1, beta2, epsilon, amsgrad: checkFlag("amsgrad", amsgrad) };
}

type AdamSlots = {
  means: Float64Array;
  squares: Float64Array;
  /** The largest mean squares so far, for AMSGrad. */
  largest: Float64Array;
  /** β₁ᵗ and β₂ᵗ. */
  power1: number;
  power2: number;
};

function rule({ beta1, beta2, epsilon, amsgrad }: Own, weightDecay: number): Rule<AdamSlots> {
  return {
    slots: ({ length }) => ({
      means: new Float64Array(length),
      squares: new Float64Array(length),
      largest: new Float64Array(amsgrad ? length : 0),
      power1: 1,
      power2: 1,
    }),
    scale({ squares, largest, power2 }, j) {
      if (power2 === 1) return 1 / epsilon;
      return 1 / (Math.sqrt(amsgrad ? largest[j]! : squares[j]!) * (1 / Math.sqrt(1 - power2)) + epsilon);
    },
    check({ squares, largest, power1, power2 }, steps) {
      checkPower("slots.power1", beta1, steps, power1);
      checkPower("slots.power2", beta2, steps, power2);
      if (amsgrad) checkAtLeast("slots.largest", largest, squares);
    },
    update(parameters, gradient, slots, rate) {
      const { means, squares, largest } = slots;
      slots.power1 *= beta1;
      slots.power2 *= beta2;
      const step = rate / (1 - slots.power1);
      const larger = 1 / Math.sqrt(1 - slots.power2);
      if (weightDecay !== 0) scale(1 - rate * weightDecay, parameters);
      if (!amsgrad) return descend(parameters, gradient, means, squares, beta1, beta2, step, larger, epsilon);
      for (let j = 0; j < parameters.length; j++) {
        const g = gradient[j]!;
        means[j] = beta1 * means[j]! + (1 - beta1) * g;
        squares[j] = beta2 * squares[j]! + (1 - beta2) * (g * g);
        largest[j] = Math.max(largest[j]!, squares[j]!);
        parameters[j]! -= (step * means[j]!) / (Math.sqrt(largest[j]!) * larger + epsilon);
      }
    },
  };
}

/** A step without `amsgrad`, two parameters at a time: of a large network it takes a fifth of an epoch. */
function descend(
  parameters: Float64Array,
  gradient: Float64Array,
  means: Float64Array,
  squares: Float64Array,
  beta1: number,
  beta2: number,
  step: number,
  larger: number,
  epsilon: number,
): void {
  const { length } = parameters;
  const rest1 = 1 - beta1;
  const rest2 = 1 - beta2;
  for (let j = 0; j < length; j += 2) {
    const g = gradient[j]!;
    const mean = beta1 * means[j]! + rest1 * g;
    const square = beta2 * squares[j]! + rest2 * (g * g);
    means[j] = mean;
    squares[j] = square;
    parameters[j]! -= (step * mean) / (Math.sqrt(square) * larger + epsilon);
    const k = j + 1;
    if (k === length) return;
    const h = gradient[k]!;
    const mean2 = beta1 * means[k]! + rest1 * h;
    const square2 = beta2 * squares[k]! + rest2 * (h * h);
    means[k] = mean2;
    squares[k] = square2;
    parameters[k]! -= (step * mean2) / (Math.sqrt(square2) * larger + epsilon);
  }
}
