import type { Sandwich } from "../inference/sandwich.js";
import type { WeightsAre } from "../inference/weightsMeaning.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Loss } from "../losses/loss.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Prior } from "../priors/prior.js";
import type { Clusters } from "./clusters.js";
import type { Label } from "./labels.js";

/** What inference needs beside the fit and its data. */
export interface InferenceOptions {
  /**
   * What the weights of rows say: "frequency", how often each was seen (whole ones are that if nobody says otherwise);
   * "precision", inverse variances up to a factor; "sampling", inverse probabilities, which only a sandwich answers.
   */
  readonly weightsAre?: WeightsAre;
  /** Errors that hold whatever the distribution: true is "HC0"; "HC1" to "HC3" correct it for few rows. */
  readonly sandwich?: boolean | Sandwich;
  /** The cluster of each row, labels of any kind: rows of one may depend on each other. Makes it a sandwich. */
  readonly clusters?: ArrayLike<Label>;
  /** Level of the intervals, in (0, 1); 0.95 without it. */
  readonly level?: number;
  /**
   * "wald" (default): the standard error times a quantile to either side. "profile": values that a likelihood-ratio test
   * does not reject, each end some fits with the coefficient held; for fits by maximum likelihood.
   */
  readonly intervals?: "wald" | "profile";
  /** Of a negative binomial whose dispersion was estimated: errors jointly with it, by observed information. */
  readonly joint?: boolean;
  /** The likelihood, where the fit's name for it does not tell its options. */
  readonly likelihood?: Likelihood;
  /** The loss, likewise; of a robust regression that of residuals in units of `fit.scale`. */
  readonly loss?: Loss;
  /** The prior, where it is one of your own. */
  readonly prior?: Prior;
  /** The penalty, likewise. */
  readonly penalty?: Penalty;
}

export const INFERENCE_OPTIONS = [
  "weightsAre",
  "sandwich",
  "clusters",
  "level",
  "intervals",
  "joint",
  "likelihood",
  "loss",
  "prior",
  "penalty",
] as const;

/** The options, read. */
export interface InferenceRequest {
  readonly sandwich: Sandwich | null;
  readonly clusters: Clusters | null;
  readonly level: number;
  readonly profile: boolean;
  readonly joint: boolean;
}
