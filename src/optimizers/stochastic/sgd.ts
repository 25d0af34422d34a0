import { checkNumber, fail } from "../../check.js";
import type { Optimizer } from "../optimizer.js";
import { makeStochastic } from "./machine.js";
import { type StochasticOptions, readOptions } from "./options.js";
import type { Rule } from "./rule.js";
import type { StochasticState } from "./state.js";

/** Options of stochastic gradient descent. */
export interface SgdOptions extends StochasticOptions {
  /** Share of the last direction that is kept, in [0, 1) (default 0). */
  readonly momentum?: number;
  /** Share of the gradient that is left out of the direction, in [0, 1] (default 0). */
  readonly dampening?: number;
  /** Look ahead along the direction (default false). */
  readonly nesterov?: boolean;
}

/** Reads a flag among the options. */
export function checkFlag(argument: string, value: unknown): boolean {
  return typeof value === "boolean" ? value : fail("type", argument, "true or false", value);
}

/**
 * Stochastic gradient descent: θ ← θ − η_t·d, d the gradient of F/W on the rows of the step.
 *
 * With momentum μ and dampening δ: b ← μ·b + (1 − δ)·g (b = g in the first step), d = b, or g + μ·b with `nesterov`.
 * `batchSize` rows a step, in the order of one seeded permutation per epoch; without it the whole objective. An
 * iteration is an epoch, after which the value of the whole objective is taken; the best epoch is what is reported, with
 * its gradient. With a fixed rate the iterates stay noisy: use a schedule that decays, or `averageFrom`.
 *
 * @param options - `learningRate` (a number or a schedule; default 0.01), `momentum`, `dampening`, `nesterov`,
 *   `batchSize`, `seed`, `epochs`, `averageFrom`, `clipNorm`, `clipValue`, `validation`, `patience`.
 * @returns The optimiser; with `batchSize` or `validation` it needs "rows".
 * @throws TypeError or RangeError naming the option.
 * @see Robbins & Monro, "A stochastic approximation method", Annals of Mathematical Statistics 22 (1951)
 * @see Polyak & Juditsky, "Acceleration of stochastic approximation by averaging", SIAM Journal on Control and
 *   Optimization 30 (1992)
 * @example
 * const data = dataset([[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli() });
 * const learningRate = { kind: "inverseTime", rate: 0.5, decay: 0.01 } as const;
 * const optimizer = optimizers.sgd({ learningRate, batchSize: 4, seed: 1, epochs: 500 });
 * minimize(target, { optimizer }).value < 0.529; // → true
 */
export function sgd(options: SgdOptions = {}): Optimizer<StochasticState> {
  const common = readOptions("sgd", options, ["momentum", "dampening", "nesterov"], 0.01);
  const { momentum = 0, dampening = 0, nesterov = false } = options;
  checkNumber("momentum", momentum, { min: 0, exclusiveMax: 1 });
  checkNumber("dampening", dampening, { min: 0, max: 1 });
  checkFlag("nesterov", nesterov);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    fail("range", "nesterov", "momentum > 0 and dampening 0 beside it", nesterov);
  }
  return makeStochastic("sgd", { momentum, dampening, nesterov }, common, 0.01, rule(momentum, dampening, nesterov));
}

function rule(momentum: number, dampening: number, nesterov: boolean): Rule<{ direction: Float64Array }> {
  return {
    slots: (start) => ({ direction: new Float64Array(momentum === 0 ? 0 : start.length) }),
    scale: () => 1,
    update(parameters, gradient, { direction }, rate, step) {
      for (let j = 0; j < parameters.length; j++) {
        const g = gradient[j]!;
        let d = g;
        if (momentum !== 0) {
          direction[j] = step === 1 ? g : momentum * direction[j]! + (1 - dampening) * g;
          d = nesterov ? g + momentum * direction[j]! : direction[j]!;
        }
        parameters[j]! -= rate * d;
      }
    },
  };
}
