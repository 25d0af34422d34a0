import type { WeightsAre } from "../inference/weightsMeaning.js";

/** One coefficient with what the data say of its error. */
export interface InferenceRow {
  /** The class it belongs to, as text; "" for a model with one output. */
  readonly class: string;
  /** Name of the column, or "(intercept)". */
  readonly name: string;
  /** Per unit of the column as given. */
  readonly coefficient: number;
  /** Its standard error; of a fit with a prior the standard deviation of the posterior; null where there is none. */
  readonly standardError: number | null;
  /** Coefficient over standard error; null under a prior. */
  readonly statistic: number | null;
  /** P of a statistic as far from 0 if the coefficient were 0, two-sided; null under a prior. */
  readonly pValue: number | null;
  /** Lower end of the interval of the level asked for. */
  readonly lower: number | null;
  /** And upper end. */
  readonly upper: number | null;
}

/** An F test that nothing but the intercept matters. */
export interface FTest {
  /** Explained over unexplained squares, each per degree of freedom. */
  readonly statistic: number;
  /** Degrees of freedom of what is explained. */
  readonly numerator: number;
  /** And of what is not. */
  readonly denominator: number;
  /** P of a larger statistic if nothing mattered. */
  readonly pValue: number;
}

/** A prior in both of its languages. */
export interface Scales {
  /** As a distribution of the coefficients. */
  readonly prior: string;
  /** As a penalty on the mean loss, λ = φ/(W·sd²). */
  readonly penalty: string;
  /** W, which with φ makes one of the other. */
  readonly totalWeight: number;
  /** φ. */
  readonly dispersion: number;
}

/** θ = 1/α of a negative binomial. */
export interface Theta {
  /** The estimate. */
  readonly value: number;
  /** Its standard error. */
  readonly standardError: number;
}

/** What {@link Inference} holds beside its methods. */
export interface InferenceRecord {
  /** Name of the likelihood or loss. */
  readonly name: string;
  /** One per estimated coefficient, class after class, the intercept first. */
  readonly rows: readonly InferenceRow[];
  /** What the standard errors are: "expected information", "observed information", "posterior", "sandwich HC0", ... */
  readonly errors: string | null;
  /** [rows × rows], NaN where columns determine each other; null where there are no standard errors. */
  readonly covariance: Float64Array | null;
  /** Distribution of the statistics: Student's t where the dispersion is estimated, else normal. */
  readonly test: "t" | "z" | null;
  /** Level of the intervals. */
  readonly level: number;
  /** How they were made. */
  readonly intervals: "wald" | "profile";
  /** What the weights were taken for; null where that is unknown. */
  readonly weightsAre: WeightsAre | null;
  /** n: rows, or Σ w of frequencies. */
  readonly observations: number;
  /** Estimated parameters, a dispersion included: what AIC counts. */
  readonly parameters: number;
  /** n − p, p the coefficients that are determined; under a prior n − effectiveDegreesOfFreedom. */
  readonly residualDegreesOfFreedom: number;
  /** tr H(H + Λ)⁻¹ under a prior or penalty, of an L1 part over the coefficients it leaves; else p. */
  readonly effectiveDegreesOfFreedom: number | null;
  /** φ of the standard errors: Pearson/(n − p), or as it is known. */
  readonly dispersion: number | null;
  /** φ of log-likelihood and AIC: of greatest likelihood, or as it is known. */
  readonly maximumLikelihoodDispersion: number | null;
  /** Of a negative binomial: 1/α, its standard error at these coefficients or jointly with them. */
  readonly theta: Theta | null;
  /** Σ w·log density in nats, constants included. */
  readonly logLikelihood: number | null;
  /** Twice what a perfect prediction would gain, times φ. */
  readonly deviance: number | null;
  /** The same of the best intercept. */
  readonly nullDeviance: number | null;
  /** Σ w·(y − μ)²/V(μ). */
  readonly pearson: number | null;
  /** 2·parameters − 2·logLikelihood. */
  readonly aic: number | null;
  /** log n·parameters − 2·logLikelihood. */
  readonly bic: number | null;
  /** Of a Gaussian: the share of the squares that is explained. */
  readonly rSquared: number | null;
  /** The same per degree of freedom. */
  readonly adjustedRSquared: number | null;
  /** Of a Gaussian: the test that nothing but the intercept matters. */
  readonly fTest: FTest | null;
  /** Laplace's approximation of log ∫ likelihood × prior, in nats. */
  readonly logEvidence: number | null;
  /** The prior or penalty in both languages; null without one. */
  readonly scales: Scales | null;
  /** Why something is null: name of the field → a sentence. */
  readonly refused: Readonly<Record<string, string>>;
}

/** What the data say of the errors of a fit; frozen. */
export interface Inference extends InferenceRecord {
  /** The table as text. */
  toString(): string;
  /** All of it as plain JSON. */
  toJSON(): unknown;
}
