import type { Distribution } from "../distribution.js";

/** How a fit of a distribution ended. */
export type DistributionStatus = "converged" | "stationary" | "boundary" | "flat" | "unbounded" | "iteration-limit";

/** Options of a fit of a distribution. */
export interface DistributionFitOptions {
  /** One per value, finite and ≥ 0 (default 1): they multiply surprisal. */
  readonly weights?: ArrayLike<number>;
}

/** Options of a fit with a conjugate prior. */
export interface ConjugateFitOptions<Prior> extends DistributionFitOptions {
  /** A distribution of the parameters before the data, or the posterior of a fit to others before; without it: MLE. */
  readonly prior?: Prior;
}

/** Options of a fit whose prior is a density of each parameter. */
export interface ModeFitOptions<Parameters extends object> extends DistributionFitOptions {
  /**
   * Smooth densities of the parameters before the data, independent, each of the parameter itself and not of a function of
   * it: `{ shape: distributions.gamma({ shape: 2, rate: 1 }) }`; the same everywhere of those that are not named. Without it:
   * MLE.
   */
  readonly prior?: { readonly [Name in keyof Parameters]?: Distribution };
}

/** What came out of fitting a distribution; frozen. */
export interface DistributionFit<Parameters extends object = object, Prior = null, Predictive = null> {
  /** At the maximum, or its limit where that is a distribution too; null where there is none. */
  readonly distribution: Distribution | null;
  /** The parameters that maximise the likelihood, or with a prior the posterior density; or their limit. */
  readonly parameters: Readonly<Parameters>;
  /**
   * From the information at the maximum of the likelihood, weights counting values; null with a prior, with weights that
   * are not whole, and without a maximum.
   */
  readonly standardErrors: Readonly<Parameters> | null;
  /** Log-likelihood there in nats, weighted; its supremum where there is no maximum. */
  readonly logLikelihood: number;
  /** Σ w. */
  readonly totalWeight: number;
  /**
   * converged; stationary: a local maximum where there are or may be several; boundary: the maximum is on the edge of the
   * parameters' range, in the limit another distribution; flat: all parameters are as good; unbounded: no maximum.
   */
  readonly status: DistributionStatus;
  /** Why, as a sentence. */
  readonly reason: string;
  /** The distribution of the parameters after the data; null without a conjugate prior. */
  readonly posterior: Prior | null;
  /** The distribution of the next value: the likelihood's mean under the posterior; null without a conjugate prior. */
  readonly predictive: Predictive | null;
  /** log of the likelihood's mean under the prior, in nats; null without a conjugate prior. */
  readonly logEvidence: number | null;
}

/** A distribution's `fit`, beside the function that makes one. */
export interface Fits<Options, Result> {
  /**
   * Fits the distribution: by maximum likelihood, or with a prior by the maximum of the posterior density.
   *
   * @param data - Values inside the support: [n].
   * @param options - `weights` [n]; a conjugate `prior` where there is one, else one of densities of the parameters; what else the distribution names.
   * @returns The distribution, its parameters, how the fit ended, and with a prior posterior, predictive and evidence.
   * @throws TypeError for what is no array of numbers or no such prior; RangeError for a value outside the support, naming
   *   the row, for weights that are negative or of another length, and for nothing to fit without a prior.
   */
  fit(data: ArrayLike<number>, options?: Options): Result;
}

/** The shared beginning of a result without a prior. */
export const withoutPrior = { posterior: null, predictive: null, logEvidence: null } as const;

export const CONVERGED = "The maximum of the likelihood.";
export const MAXIMUM_A_POSTERIORI = "The maximum of the posterior density.";

/** How a search for the mode ended that may not be the only one. */
export const ONE_OF_SEVERAL =
  "A maximum of the posterior density, which may have several: another start ended elsewhere, at a lower one.";

/** Why there is no mode. */
export function risingReason(name: string, to: 0 | typeof Infinity): string {
  const edge = to === 0 ? "0" : "infinity";
  return `The posterior density rises without end as ${name} goes to ${edge}: it has no maximum. Give a prior of ${name} that falls faster there.`;
}

/** No maximum: the likelihood grows without bound. */
export function unbounded<Parameters extends object>(
  parameters: Parameters,
  totalWeight: number,
  reason: string,
): DistributionFit<Parameters, never, never> {
  return Object.freeze({
    distribution: null,
    parameters: Object.freeze(parameters),
    standardErrors: null,
    logLikelihood: Infinity,
    totalWeight,
    status: "unbounded",
    reason,
    ...withoutPrior,
  });
}
