import { checkOptions, fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { Job } from "../job.js";
import { factorLdlt } from "../linalg/ldlt.js";
import type { Status } from "../optimizers/optimizer.js";
import type { Link } from "../likelihoods/link.js";
import { type MinimizeOptions, type Progress, type Result, startMinimization } from "../minimize.js";
import type { Minimization } from "../minimization.js";
import { restoreMinimization } from "../resumeMinimizer.js";
import { type LikelihoodSpec, type LossSpec, type Objective, objective } from "../objective.js";
import { type Layout, type Terms, isFlat, isFree, namesIntercept } from "../priors/terms.js";
import { checkPenalty } from "../penalties/penalty.js";
import { checkPrior } from "../priors/prior.js";
import { exactFitReason } from "./exactness.js";
import { type Fit, type FitRecord, type FitStatement, makeFit, statedBy } from "./fit.js";
import { fitToJSON } from "./fitJSON.js";
import { evaluated, likelihoodAt } from "./likelihoodAt.js";
import { EstimationWork } from "./estimationWork.js";
import type { Label } from "./labels.js";
import { toColumnScale } from "./columnScale.js";
import { toParameters } from "./toParameters.js";

/** Options of every fit by minimisation. */
export type EstimateOptions = MinimizeOptions;

export const ESTIMATE_OPTIONS = ["optimizer", "start", "tolerance", "maxIterations", "onProgress"] as const;

/** What a fit knows beside its objective. */
export interface Context {
  readonly classes: readonly Label[] | null;
  /** The prior or penalty in words. */
  readonly prior: string;
  /** The same as plain JSON. */
  readonly stated: Pick<FitStatement, "prior" | "penalty">;
  /** Which class the others are compared with where nothing else fixes the level of the scores. */
  readonly reference?: number;
  /** The scale of the residuals of a robust fit. */
  readonly scale?: number | null;
  /** Gives back what the fit owns; called once, when the job ends. */
  readonly release?: () => void;
}

/** The work of a fit: the minimisation of its objective, anew or as stored, then its record. */
export function estimationWork(
  target: Objective,
  context: Context,
  options: EstimateOptions,
  stored?: unknown,
): EstimationWork {
  checkLinear(target);
  const work = minimizationOf(target, options, stored);
  return new EstimationWork(work, (result) => finish(target, context, result), context);
}

/** The minimisation of a fit, anew or as stored. */
export function minimizationOf(target: Objective, options: EstimateOptions, stored: unknown): Minimization {
  if (stored === undefined) return startMinimization(target, options);
  const { optimizer, onProgress } = options;
  const given = {
    ...(optimizer !== undefined && "advance" in optimizer && { optimizer }),
    ...(onProgress !== undefined && { onProgress }),
  };
  return restoreMinimization(stored, target, given);
}

/** Fits report coefficients of columns, which only a linear model has. */
function checkLinear({ bound }: Objective): void {
  if (bound.linear) return;
  fail("type", "model", "a linear one: call mlp for a network, or minimize its objective", "another");
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

/** Of losses without a likelihood whose scores are those of one. */
const LINKS: Readonly<Record<string, Link>> = {
  binaryCrossEntropy: "logit",
  softmaxCrossEntropy: "softmax",
};

/** The fit that a minimisation ended with, yielding between small pieces. */
export function* finish(target: Objective, context: Context, result: Result): Generator<void, Fit> {
  const { data, likelihood, loss, bound, terms } = target;
  // Only softmax leaves the level of its scores open; a prior that names the intercepts fixes it.
  const fixed = loss.name !== "softmaxCrossEntropy" || namesIntercept(terms, bound.layout);
  const level = fixed ? null : isFlat(terms) ? (context.reference ?? 0) : "mean";
  const { coefficients, intercepts } = toColumnScale(bound.layout, data.moments, result.parameters, level);
  const witness = result.witness === null ? null : toColumnScale(bound.layout, data.moments, result.witness, null);
  const { logLikelihood, sd, boundary } = yield* likelihoodAt(target, result);
  const end = boundary
    ? ({ status: "boundary", reason: exactFitReason(likelihood) } as const)
    : ((yield* undetermined(target, result)) ?? result);
  const stated = likelihood ?? loss.likelihood;
  const record: FitRecord = {
    name: likelihood?.name ?? loss.name,
    link: stated?.link ?? LINKS[loss.name] ?? "identity",
    thresholds: stated?.thresholds ?? null,
    names: data.names,
    classes: context.classes,
    coefficients,
    intercepts,
    sd,
    scale: context.scale ?? null,
    logLikelihood,
    objective: result.value,
    offset: data.offsetLength > 0,
    rows: data.rows,
    totalWeight: data.totalWeight,
    prior: context.prior,
    statement: Object.freeze({
      intercept: bound.layout.intercept,
      dispersion: target.dispersion,
      ...context.stated,
      scale: data.moments?.scale ?? null,
    }),
    status: end.status,
    reason: end.reason,
    iterations: result.iterations,
    evaluations: result.evaluations,
    passes: result.passes,
    certificate: result.certificate,
    witness: witness === null ? null : toParameters(witness),
  };
  return makeFit(record, fitToJSON);
}

const SADDLE =
  "The gradient vanishes, but the Hessian there has a negative curvature: the point is a saddle, not a minimum. Start " +
  "elsewhere.";

/** Whether squares hold every coefficient, so that only intercepts are left to the data, which determine them. */
function isHeld({ precision }: Terms, { features, intercept }: Layout): boolean {
  const stride = features + (intercept ? 1 : 0);
  return precision.every((value, j) => value > 0 || (intercept && j % stride === 0));
}

/** Parameters up to which a fit is asked whether its columns determine it. */
const MOST_RANK_PARAMETERS = 300;

/** Status and reason of a fit with one output whose columns determine each other, or null. */
function* undetermined(target: Objective, result: Result): Generator<void, { status: Status; reason: string } | null> {
  const { data, bound, size, terms } = target;
  const { outputs, features, intercept } = bound.layout;
  const asked = result.converged && bound.linear && size <= MOST_RANK_PARAMETERS;
  if (!asked || (target.convex && isHeld(terms, bound.layout)) || !target.capabilities.includes("hessian")) return null;
  const { gradient, hessian } = yield* evaluated(target.begin(result.parameters, 2));
  // Of classes that are compared only the differences are determined: those of the first are left out, unless a prior
  // holds them.
  const stride = features + (intercept ? 1 : 0);
  const compared = outputs > 1 && LINKS[target.loss.name] === "softmax";
  const loose = looseParameters(target, result, gradient).filter((j) => !compared || j >= stride || !isFree(terms, j));
  const { deficient, definite } = factorLdlt(principalPart(hessian!, loose), loose.length);
  if (!definite && !target.convex) return { status: "stationary", reason: SADDLE };
  if (deficient.length === 0) return null;
  const names = intercept ? ["(intercept)", ...data.names] : data.names;
  const columns = [...new Set(deficient.map((a) => names[loose[a]! % stride]))];
  const reason =
    `Other columns determine ${columns.join(", ")}: the coefficients are one of many that fit ` +
    "alike. Drop such columns, or use a prior or penalty.";
  return { status: "rank-deficient", reason };
}

/** Share of its rate by which the slope of a parameter at its kink must fall short of it to be held there. */
const HELD = 1e-9;

/** Parameters that could move at no cost to first order: all but those that an absolute value or a bound holds. */
function looseParameters(target: Objective, { parameters }: Result, slope: Float64Array): number[] {
  const { prox, bounds } = target;
  const all = Array.from(parameters.keys()).filter(
    (j) => parameters[j] !== bounds?.lower?.[j] && parameters[j] !== bounds?.upper?.[j],
  );
  if (prox === undefined) return all;
  return all.filter((j) => {
    const rate = prox.rate[j]!;
    return rate === 0 || parameters[j] !== target.terms.mean[j] || Math.abs(slope[j]!) >= rate * (1 - HELD);
  });
}

/** The rows and columns of a packed lower triangle that are asked for. */
function principalPart(packed: Float64Array, indices: readonly number[]): Float64Array {
  const entries = indices.flatMap((j, a) => indices.slice(0, a + 1).map((k) => packed[(j * (j + 1)) / 2 + k]!));
  return Float64Array.from(entries);
}

function checkData(spec: { readonly data: Dataset }): void {
  if (typeof spec !== "object" || spec === null) fail("type", "spec", "{ data, ... }", spec);
}

/**
 * Maximum likelihood: minimises the surprisal of the data, −Σ w·log p(y | scores) nats.
 *
 * A Gaussian without `sd` has it estimated: sd² = RSS/W. Where no optimum exists (separated classes) the status says
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
  return complete(estimation(objective(spec), { classes: null, prior: "flat", stated: statedBy({}) }, options));
}

/**
 * Maximum a posteriori: minimises the surprisal of the data and of the parameters, −Σ w·log p(y | scores) − log p(θ)
 * nats.
 *
 * The same statement as `erm` with `prior.penalty(...)`, and the same bits. A Gaussian likelihood must have its `sd`.
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
 */
export function map(
  spec: LikelihoodSpec & Required<Pick<LikelihoodSpec, "prior">>,
  options: EstimateOptions = {},
): Fit {
  checkData(spec);
  checkOptions("spec", spec, ["data", "model", "likelihood", "prior"]);
  checkPrior(spec.prior);
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
