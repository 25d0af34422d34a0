import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import type { Distribution } from "./distribution.js";
import { makeDiscrete } from "./discrete.js";
import { readOptions, readProbability } from "./options.js";

/** Parameters of a Bernoulli distribution. */
export interface BernoulliParameters {
  /** Of a 1. */
  readonly probability: number;
}

/** −p log p, 0 at 0. */
export function surprisalTerm(p: number, log: number): number {
  return p === 0 ? 0 : -p * log;
}

/** The distribution itself; `fits/bernoulli.ts` has it with its fit. */
export function bernoulli(options: BernoulliParameters): Distribution<BernoulliParameters> {
  const p = readProbability("probability", readOptions(options, ["probability"]).probability);
  const logs = [log1pOne(-p), logOne(p)] as const;
  return makeDiscrete({
    name: "bernoulli",
    parameters: { probability: p },
    support: [p === 1 ? 1 : 0, p === 0 ? 0 : 1],
    mean: p,
    variance: p * (1 - p),
    entropy: surprisalTerm(1 - p, logs[0]) + surprisalTerm(p, logs[1]),
    logDensity: (x) => (x === 1 ? logs[1] : logs[0]),
    cdf: () => 1 - p,
    survival: () => p,
    draw: (random) => (random.uniform() < p ? 1 : 0),
  });
}
