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

/**
 * The Bernoulli distribution: 1 with a probability, else 0.
 *
 * log p(1) = log probability, log p(0) = log(1 − probability) nats.
 *
 * @param options - `probability`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for a probability outside [0, 1].
 * @see Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed., 2005
 * @example
 * const d = distributions.bernoulli({ probability: 0.25 });
 * d.logDensity([0, 1]); // → [-0.287682072452, -1.386294361120]
 * d.entropy; // → 0.562335144619
 */
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
