import { type StochasticState, adagrad, adam, adamw, rmsprop, sgd } from "../../../src/optimizers/index.js";
import type { Optimizer } from "../../../src/optimizers/optimizer.js";

/** Settings of torch.optim. */
export interface Settings {
  readonly lr: number;
  readonly weight_decay: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly nesterov: boolean;
  readonly betas: [number, number];
  readonly eps: number;
  readonly amsgrad: boolean;
  readonly alpha: number;
  readonly centered: boolean;
  readonly lr_decay: number;
  readonly initial_accumulator_value: number;
}

/** Our optimiser of the settings of torch.optim. */
export function translate(optimizer: string, s: Settings): Optimizer<StochasticState> {
  const learningRate = s.lr;
  const moments = () => ({ beta1: s.betas[0], beta2: s.betas[1], epsilon: s.eps, amsgrad: s.amsgrad });
  switch (optimizer) {
    case "sgd":
      return sgd({ learningRate, momentum: s.momentum, dampening: s.dampening, nesterov: s.nesterov });
    case "adam":
      return adam({ learningRate, ...moments() });
    case "adamw":
      return adamw({ learningRate, ...moments(), weightDecay: s.weight_decay });
    case "rmsprop": {
      const { alpha: smoothing, eps: epsilon, momentum, centered } = s;
      return rmsprop({ learningRate, smoothing, epsilon, momentum, centered });
    }
    case "adagrad":
      return adagrad({
        learningRate: { kind: "inverseTime", rate: s.lr, decay: s.lr_decay },
        initialAccumulator: s.initial_accumulator_value,
        epsilon: s.eps,
      });
    default:
      throw new Error(optimizer);
  }
}
