import { checkOptions, fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { Job } from "../job.js";
import type { Minimization } from "../minimization.js";
import { type MinimizeOptions, type Progress, startMinimization } from "../minimize.js";
import { type LikelihoodSpec, type LossSpec, type Objective, objective } from "../objective.js";
import { checkPenalty } from "../penalties/penalty.js";
import { type Prior, checkPrior } from "../priors/prior.js";
import { alone } from "../likelihoods/joint.js";
import { linear } from "../models/linear.js";
import { flat } from "../priors/flat.js";
import { EstimationWork } from "./estimationWork.js";
import { type Context, checkLinear, finish } from "./finish.js";
import { type Fit, statedBy } from "./fit.js";
import type { StoredWork } from "./fitWork.js";
import { jointWork } from "./joint.js";

/** Options of every fit by minimisation. */
export type EstimateOptions = MinimizeOptions;

export const ESTIMATE_OPTIONS = ["optimizer", "start", "tolerance", "maxIterations", "onProgress"] as const;

/** The work of a fit: the minimisation of its objective, anew or as stored, then its record. */
export function estimationWork(
  target: Objective,
  context: Context,
  options: EstimateOptions,
  stored?: StoredWork,
): EstimationWork {
  checkLinear(target);
  const work = minimizationOf(target, options, stored);
  return new EstimationWork(work, (result) => finish(target, context, result), context);
}

/** The minimisation of a fit, anew or as stored. */
export function minimizationOf(target: Objective, options: EstimateOptions, stored?: StoredWork): Minimization {
  if (stored === undefined) return startMinimization(target, options);
  const { optimizer, onProgress } = options;
  const given = {
    ...(optimizer !== undefined && "advance" in optimizer && { optimizer }),
    ...(onProgress !== undefined && { onProgress }),
  };
  return stored.restore(stored.work, target, given);
}

/** A fit as a job. */
function estimation(target: Objective, context: Context, options: EstimateOptions): Job<Fit, Progress> {
  return new Job(estimationWork(target, context, options));
}

/** Runs a job to its end. */
export function complete<T, P>(job: Job<T, P>): T {
  job.step({ units: Infinity });
  return job.result;
}

/** A fit together with a parameter of its likelihood, as a job. */
function joined(
  { data, model = linear(), likelihood }: LikelihoodSpec,
  prior: Prior,
  settings: EstimateOptions,
): Job<Fit, Progress> {
  checkOptions("options", settings, ESTIMATE_OPTIONS);
  return new Job(jointWork({ data, model, likelihood, prior, settings, release: () => {} }));
}

function checkData(spec: { readonly data: Dataset }): void {
  if (typeof spec !== "object" || spec === null) fail("type", "spec", "{ data, ... }", spec);
}

/**
 * Maximum likelihood: minimises the surprisal of the data, −Σ w·log p(y | scores) nats.
 *
 * A Gaussian without `sd` has it estimated: sd² = RSS/W; so has any likelihood of which a parameter is "estimate". Where no optimum exists (separated classes) the status says
 * so.
 *
 * @param spec - `{ data, likelihood, model? }`.
 * @param options - Of the minimisation: `optimizer`, `start`, `tolerance`, `maxIterations`, `onProgress`.
 * @returns The fit.
 * @throws TypeError or RangeError naming what does not fit, with row and column. Not converging is a status, not an
 *   error.
 * @see Albert & Anderson, "On the existence of maximum likelihood estimates in logistic regression models", Biometrika
 *   71 (1984)
 * @example
 * const data = dataset([[0], [1], [2]], [1, 3, 5.3]);
 * const fit = mle({ data, likelihood: likelihoods.gaussian() });
 * fit.coefficients; // → [2.15]
 * fit.sd; // → 0.070710678119
 */
export function mle(spec: Omit<LikelihoodSpec, "prior">, options: EstimateOptions = {}): Fit {
  checkData(spec);
  checkOptions("spec", spec, ["data", "model", "likelihood"]);
  const { joint } = spec.likelihood ?? {};
  if (joint !== undefined && joint.prior !== null) {
    fail("type", "likelihood", "no prior in maximum likelihood: state map", `${joint.name} ~ ${joint.prior}`);
  }
  const likelihood = joint === undefined ? spec.likelihood : alone(spec.likelihood, true);
  if (likelihood?.joint !== undefined) return complete(joined(spec, flat(), options));
  const target = objective({ ...spec, likelihood });
  return complete(estimation(target, { classes: null, prior: "flat", stated: statedBy({}) }, options));
}

/**
 * Maximum a posteriori: minimises the surprisal of the data and of the parameters, −Σ w·log p(y | scores) − log p(θ)
 * nats.
 *
 * The same statement as `erm` with `prior.penalty(...)`, and the same bits. A Gaussian likelihood must have its `sd`, a gamma
 * its `shape`, or say "estimate": then the mode of the joint density of coefficients and that parameter is found, both on their
 * own scale, `sdPrior` and the like included. That may not be the only one, so that its status is "stationary" and its reason
 * tells of another; it is no ridge with a known λ; and where residuals can vanish there is none, unless the prior of the
 * parameter forbids it ("unbounded").
 *
 * @param spec - `{ data, likelihood, prior, model? }`.
 * @param options - Of the minimisation: `optimizer`, `start`, `tolerance`, `maxIterations`, `onProgress`.
 * @returns The fit.
 * @throws TypeError or RangeError naming what does not fit, with row and column. Not converging is a status, not an
 *   error.
 * @example
 * const data = dataset([[0], [1], [2]], [1, 3, 5.3]);
 * const fit = map({ data, likelihood: likelihoods.gaussian({ sd: 1 }), prior: priors.normal({ sd: 1 }) });
 * fit.coefficients; // → [1.433333333333]
 * const noise = likelihoods.gaussian({ sd: "estimate", sdPrior: distributions.halfCauchy({ scale: 1 }) });
 * const joint = map({ data, likelihood: noise, prior: priors.normal({ sd: 1 }) });
 * joint.sd; // → 0.070728943067
 * joint.coefficients; // → [2.144635640686]
 */
export function map(
  spec: LikelihoodSpec & Required<Pick<LikelihoodSpec, "prior">>,
  options: EstimateOptions = {},
): Fit {
  checkData(spec);
  checkOptions("spec", spec, ["data", "model", "likelihood", "prior"]);
  checkPrior(spec.prior);
  if (spec.likelihood?.joint !== undefined) return complete(joined(spec, spec.prior, options));
  return complete(
    estimation(objective(spec), { classes: null, prior: String(spec.prior), stated: statedBy(spec) }, options),
  );
}

/**
 * Empirical risk: minimises the mean loss plus the penalty, Σ w·ℓ/Σ w + (λ/2)‖coefficients‖².
 *
 * Without a penalty the same coefficients as `mle`. A loss has no log-likelihood: that of the fit is null.
 *
 * @param spec - `{ data, loss, penalty?, model? }`.
 * @param options - Of the minimisation: `optimizer`, `start`, `tolerance`, `maxIterations`, `onProgress`.
 * @returns The fit.
 * @throws TypeError or RangeError naming what does not fit, with row and column. Not converging is a status, not an
 *   error.
 * @example
 * const data = dataset([[0], [1], [2]], [1, 3, 5.3]);
 * const fit = erm({ data, loss: losses.squaredError(), penalty: penalties.l2(1 / 3) });
 * fit.coefficients; // → [1.433333333333]
 * fit.logLikelihood; // → null
 */
export function erm(spec: LossSpec, options: EstimateOptions = {}): Fit {
  checkData(spec);
  checkOptions("spec", spec, ["data", "model", "loss", "penalty"]);
  if (spec.penalty !== undefined) checkPenalty(spec.penalty);
  const prior = spec.penalty === undefined ? "none" : String(spec.penalty);
  return complete(estimation(objective(spec), { classes: null, prior, stated: statedBy(spec) }, options));
}
