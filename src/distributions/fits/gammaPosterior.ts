import { logOne } from "../../backend/typescript/math/log.js";
import { lgammaOne } from "../../special/lgamma.js";
import type { Distribution } from "../distribution.js";
import { gamma, type GammaParameters } from "../gamma.js";
import { type DistributionStatus, MAXIMUM_A_POSTERIORI } from "./fit.js";
import { readPrior } from "./prior.js";

/** A rate after a number of events in a total exposure. */
export interface RatePosterior {
  readonly posterior: Distribution<GammaParameters>;
  /** log of ∫ rate^events·exp(−rate·exposure) under the prior. */
  readonly logEvidence: number;
  /** The mode of the posterior. */
  readonly mode: number;
  readonly status: DistributionStatus;
  readonly reason: string;
}

export function gammaPosterior(prior: Distribution<GammaParameters>, events: number, exposure: number): RatePosterior {
  const { shape, rate } = readPrior<GammaParameters>(prior, "gamma");
  const before = shape * logOne(rate) - lgammaOne(shape);
  const posterior = gamma({ shape: shape + events, rate: rate + exposure });
  const { shape: a, rate: b } = posterior.parameters;
  const inside = a > 1;
  return {
    posterior,
    logEvidence: before + lgammaOne(a) - a * logOne(b),
    mode: inside ? (a - 1) / b : 0,
    status: inside ? "converged" : "boundary",
    reason: inside ? MAXIMUM_A_POSTERIORI : "The posterior density is highest at rate 0, on the boundary.",
  };
}
