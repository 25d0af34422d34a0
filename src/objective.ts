import { Batches } from "./batches.js";
import { checkOptions, fail } from "./check.js";
import type { Dataset } from "./dataset.js";
import { examinationOf } from "./separation.js";
import { refuseJoint } from "./likelihoods/joint.js";
import type { Likelihood } from "./likelihoods/likelihood.js";
import type { Loss } from "./losses/loss.js";
import { inputGradientOf } from "./models/inputGradient.js";
import { withJeffreys } from "./jeffreys.js";
import { linear } from "./models/linear.js";
import { withTargets } from "./models/withVectors.js";
import type { BoundModel, Model } from "./models/model.js";
import { piecesOf } from "./models/pieces.js";
import { checkThresholds, orderedData } from "./models/ordered.js";
import { spread } from "./models/spread.js";
import type { Diagnosis, Evaluation, Minimizable, ObjectiveFingerprint } from "./optimizers/objective.js";
import {
  checkParameters,
  constantOf,
  evaluationsOf,
  initialOf,
  offeredBy,
  readParameters,
  trueHessian,
} from "./objectiveEvaluations.js";
import type { Capability, Order, Part } from "./optimizers/optimizer.js";
import { type Penalty, checkPenalty } from "./penalties/penalty.js";
import { type Prior, checkPrior } from "./priors/prior.js";
import { type Terms, flatTerms, isConvex, namesIntercept, sizeOf } from "./priors/terms.js";
import { fingerprintOfStatement } from "./statement.js";
import { totalWeightOf } from "./weights.js";
import { kinksOf } from "./withTerms.js";

/** An objective by likelihood: maximum likelihood, or maximum a posteriori with a prior. */
export interface LikelihoodSpec {
  /** Rows with targets. */
  readonly data: Dataset;
  /** How parameters become scores; `models.linear()` without it. */
  readonly model?: Model;
  /** The distribution of a target given its scores. */
  readonly likelihood: Likelihood;
  /** The distribution of the parameters before the data; flat without it. */
  readonly prior?: Prior;
}

/** An objective by loss: empirical risk, with or without a penalty. */
export interface LossSpec {
  /** Rows with targets. */
  readonly data: Dataset;
  /** How parameters become scores; `models.linear()` without it. */
  readonly model?: Model;
  /** What an observation costs. */
  readonly loss: Loss;
  /** What is added to the mean loss; nothing without it. */
  readonly penalty?: Penalty;
}

/**
 * F(θ)/W with F = Σ w·ℓ/φ + the surprisal of θ under the prior, such as Σ ½·precision·(θ − mean)² + Σ rate·|θ − mean|; W
 * the total weight, φ the dispersion: the surprisal per unit of weight of the data and of the parameters, in nats,
 * constants left out. A pure function of data and θ; an absolute value has derivative 0 at its kink.
 */
export interface Objective extends Minimizable {
  /** Length of θ. */
  readonly size: number;
  /** W = Σ w, by which F is divided; under class weights or ignored rows what the loss makes of it. */
  readonly totalWeight: number;
  /** True if every stationary point is a global minimum. */
  readonly convex: boolean;
  /** Rows of its data. */
  readonly rows: number;
  /** Scores of a row. */
  readonly outputs: number;
  /** What it offers beyond value and gradient. */
  readonly capabilities: readonly Capability[];
  /** φ, by which losses are divided. */
  readonly dispersion: number;
  /** The rows. */
  readonly data: Dataset;
  /** The loss, also of a likelihood. */
  readonly loss: Loss;
  /** The likelihood, or null where the objective was stated by a loss. */
  readonly likelihood: Likelihood | null;
  /**
   * What the prior adds to F.
   *
   * @internal
   */
  readonly terms: Terms;
  /**
   * The model on its data.
   *
   * @internal
   */
  readonly bound: BoundModel;
  /**
   * The same loss and data under another penalty, on the same workspace.
   *
   * @internal
   */
  penalised?(penalty: Penalty): Objective;
  /**
   * F(θ)/W in nats. θ: any array of numbers [size], here and below; those that `begin` evaluations are Float64Arrays.
   * Throws a TypeError or RangeError, like every method here, for anything else. A Float64Array is not copied.
   */
  value(parameters: ArrayLike<number>): number;
  /** Its gradient [size], in `out` if given. */
  gradient(parameters: ArrayLike<number>, out?: Float64Array): Float64Array;
  /** Both in one pass over the data. */
  valueAndGradient(parameters: ArrayLike<number>, out?: Float64Array): { value: number; gradient: Float64Array };
  /**
   * Its Hessian: the packed lower triangle, entry (a, b), a ≥ b, at a(a+1)/2 + b. Throws a TypeError where it is not
   * among the capabilities.
   */
  hessian(parameters: ArrayLike<number>): Float64Array;
  /**
   * Its Hessian at θ times a direction [size], in `out` if given, in one pass over the data. Throws a TypeError where
   * "hessianVector" is not among the capabilities.
   */
  hessianVector(parameters: ArrayLike<number>, direction: ArrayLike<number>, out?: Float64Array): Float64Array;
  /**
   * The value; the gradient is written to `gradientOut` unless that is null. With `rows`, numbers of rows in any order,
   * the estimate from these alone: n/|rows| times their part of the data term, and the prior as it is; the mean over a
   * partition in equal batches is that of all. `prior: false` leaves the prior out. Throws a TypeError or RangeError
   * naming the place of what is no row.
   */
  evaluate(parameters: ArrayLike<number>, gradientOut: Float64Array | null, part?: Partial<Part>): number;
  /** The same in slices, leaf by leaf: any slicing gives the same bits. Of a part it voids earlier ones of that size. */
  begin(parameters: Float64Array, order: Order, part?: Partial<Part>): Evaluation;
  /** The Hessian times a direction, or its diagonal where that is null, in slices. */
  beginProduct(parameters: Float64Array, direction: Float64Array | null): Evaluation;
  /**
   * The value at θ + step·direction with its first and second derivative by the step, in slices: of a line through the same
   * θ only the first one passes over X. Refuses where "line" is not among the capabilities.
   */
  beginLine(parameters: Float64Array, direction: Float64Array, step: number): Evaluation;
  /**
   * One matrix in place of the Hessian, for all outputs, in slices: its `hessian` is the packed triangle of one output, of
   * which its `product` is what the prior adds to the diagonal. Refuses where "commonHessian" is not among the capabilities.
   */
  beginCommon(parameters: Float64Array): Evaluation;
  /**
   * Where the quadratic model at θ, absolute values included, has its minimum over the coordinates whose `slope`, that of the
   * smooth part, is not NaN: its `product`, in slices. Refuses where "coordinates" is not among the capabilities.
   */
  beginCoordinates(parameters: Float64Array, slope: Float64Array, accuracy: number): Evaluation;
  /** Σ w·ℓ/φ in nats, without prior and constants. */
  dataTerm(parameters: ArrayLike<number>): number;
  /**
   * What is left out of F: Σ w·(−log density − ℓ/φ), in nats. Throws a TypeError where there is no likelihood, a
   * RangeError where the dispersion is unknown.
   */
  constant(): number;
  /** Hashes of data and statement, by which a stored run knows its objective. */
  fingerprint(): ObjectiveFingerprint;
  /**
   * The derivative of F/W by every number of X as given: [rows × columns], what each feature of each row would change.
   * Training never needs it. Only there for a model that offers it, `models.mlp`.
   */
  inputGradient?(parameters: ArrayLike<number>): Float64Array;
  /** Does the optimum exist? A direction that proves that it does not, or null. */
  diagnose?(parameters: Float64Array): Diagnosis | null;
}

/**
 * The objective of a statement, `{ data, likelihood, prior? }` or `{ data, loss, penalty? }`: what `mle`, `map` and
 * `erm` minimise.
 *
 * F(θ)/W with F = Σ w·ℓ/φ + the surprisal of θ under the prior and W = Σ w, in nats, constants left out; `constant()`
 * gives those of the likelihood. θ: [size], for a linear model [intercept, coefficients] per output. A pure function of data
 * and θ.
 *
 * @param spec - The statement; with `model`, a linear one with intercept by default.
 * @returns The objective, frozen; `minimize` takes it.
 * @throws TypeError or RangeError naming what does not fit, with row and column; for a Gaussian of unknown sd beside a
 *   prior too.
 * @example
 * const data = dataset([[1], [2]], [0, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli() });
 * target.value([0, 0]); // → 0.69314718056
 * target.gradient([0, 0]); // → [0, -0.25]
 */
export function objective(spec: LikelihoodSpec | LossSpec): Objective {
  if (typeof spec !== "object" || spec === null) fail("type", "spec", "{ data, likelihood } or { data, loss }", spec);
  const byLoss = "loss" in spec;
  checkOptions("spec", spec, byLoss ? ["data", "model", "loss", "penalty"] : ["data", "model", "likelihood", "prior"]);
  const { data, model = linear() } = spec;
  if (typeof data?.vectors !== "function") fail("type", "data", "a dataset", data);
  const likelihood = byLoss ? null : spec.likelihood;
  refuseJoint(likelihood);
  const loss = byLoss ? spec.loss : spec.likelihood?.loss;
  if (typeof loss?.kernels !== "function") {
    fail("type", byLoss ? "loss" : "likelihood", "one of this library's", byLoss ? loss : likelihood);
  }
  if (typeof model !== "object" || typeof model?.bind !== "function")
    fail("type", "model", "one of this library's", model);
  if (data.targets === null) fail("type", "data", "a dataset with targets", "one without");
  const kernels = loss.kernels(data.rows, data.targets);
  const own = withTargets(data, kernels.targets);
  const held = loss.ordered ? orderedData(own, data.targets, loss.classes + 1) : own;
  const alone = model.bind(held, loss.classes, kernels);
  const bound = loss.ordered ? alone : spread(alone, { data, model, loss });
  checkThresholds(loss, bound.layout, model);
  const W = totalWeightOf(loss.share, data.rows, data.targets, { weights: data.weights, total: data.totalWeight });
  if (W === 0) fail("range", "data", "a row that is not ignored", "none");
  const resolved = resolve(spec, bound, W);
  checkInterceptPrior(data, bound, resolved.terms);
  const batches = new Batches(held, model, loss.classes, kernels);
  const made = makeObjective({ data, loss, likelihood, bound, totalWeight: W, ...resolved }, model, batches);
  return !byLoss && spec.prior?.jeffreys === true ? withJeffreys(made) : made;
}

/** A prior of the intercept is meant for columns as given: on centred ones it would act elsewhere. */
export function checkInterceptPrior(data: Dataset, bound: Pick<BoundModel, "layout">, terms: Terms): void {
  if (data.moments !== null && namesIntercept(terms, bound.layout)) {
    fail("range", "prior", "a free intercept beside standardized columns", "one of the intercept too");
  }
}

/** The terms of the prior or penalty and the φ that goes with them. */
function resolve(spec: LikelihoodSpec | LossSpec, bound: BoundModel, W: number): { terms: Terms; dispersion: number } {
  if ("loss" in spec) {
    const { penalty } = spec;
    if (penalty === undefined) return { terms: flatTerms(bound.layout), dispersion: 1 };
    checkPenalty(penalty);
    return termsOf(penalty, bound, W);
  }
  const { prior, likelihood } = spec;
  if (prior !== undefined) checkPrior(prior);
  if (likelihood.dispersion === null && prior !== undefined && !prior.flat) {
    const expected =
      likelihood.name === "gaussian"
        ? 'a known sd beside a prior: gaussian({ sd }), or gaussian({ sd: "estimate" }) for map'
        : 'a known dispersion beside a prior: gamma({ shape }), or gamma({ shape: "estimate" }) for map';
    fail("range", "likelihood", expected, `${likelihood.name} that is to be estimated`);
  }
  const terms = prior === undefined ? flatTerms(bound.layout) : prior.terms(bound.layout);
  return { terms, dispersion: likelihood.dispersion ?? 1 };
}

function termsOf(penalty: Penalty, bound: BoundModel, W: number): { terms: Terms; dispersion: number } {
  const { dispersion, ...terms } = penalty.terms(bound.layout, W);
  return { terms, dispersion };
}

type Parts = Pick<Objective, "data" | "loss" | "likelihood" | "bound" | "terms" | "dispersion" | "totalWeight">;

function makeObjective(parts: Parts, model: Model, batches: Batches): Objective {
  const { data, loss, likelihood, bound, terms, dispersion, totalWeight: W } = parts;
  const size = sizeOf(bound.layout);
  const kinks = kinksOf(terms, W);
  const convex = bound.linear && loss.traits.convex && isConvex(terms);
  const pieces = piecesOf(data, loss, bound, terms, dispersion);

  const evaluations = evaluationsOf({ ...parts, convex }, batches, size);
  const run = (parameters: ArrayLike<number>, order: Order, part?: Partial<Part>): Evaluation => {
    const evaluation = evaluations.begin(readParameters(parameters, size), order, part);
    evaluation.advance(Infinity);
    return evaluation;
  };
  const into = (parameters: ArrayLike<number>, out: Float64Array | undefined, part?: Partial<Part>) => {
    const { value, gradient } = run(parameters, 1, part);
    if (out === undefined) return { value, gradient };
    checkParameters(out, size, "out");
    out.set(gradient);
    return { value, gradient: out };
  };
  const self: Objective = {
    ...parts,
    size,
    ...initialOf(model, data.columns, loss, bound),
    ...(bound.inputGradient && {
      inputGradient(parameters: ArrayLike<number>): Float64Array {
        return inputGradientOf(data, bound.inputGradient!(readParameters(parameters, size)), dispersion, W);
      },
    }),
    rows: data.rows,
    outputs: bound.layout.outputs,
    convex,
    ...kinks,
    ...(pieces && { pieces }),
    capabilities: Object.freeze([
      ...(pieces?.curvature === null ? [] : offeredBy(bound, convex && kinks.prox !== undefined)),
      "rows" as const,
      ...(kinks.prox === undefined ? [] : (["prox"] as const)),
      ...(pieces === null ? [] : (["pieces"] as const)),
    ]),
    ...evaluations,
    ...(likelihood === null && {
      penalised: (penalty: Penalty) => makeObjective({ ...parts, ...termsOf(penalty, bound, W) }, model, batches),
    }),
    value: (parameters) => run(parameters, 0).value,
    gradient: (parameters, out) => into(parameters, out).gradient,
    valueAndGradient: (parameters, out) => into(parameters, out),
    hessian: (parameters) => trueHessian(bound, run(parameters, 2), loss.name),
    hessianVector(parameters, direction, out) {
      const along = readParameters(direction, size, "direction");
      const evaluation = evaluations.beginProduct(readParameters(parameters, size), along);
      if (out !== undefined) checkParameters(out, size, "out");
      evaluation.advance(Infinity);
      out?.set(evaluation.product!);
      return out ?? evaluation.product!;
    },
    evaluate: (parameters, out, part) =>
      out === null ? run(parameters, 0, part).value : into(parameters, out, part).value,
    dataTerm(parameters) {
      const evaluation = bound.begin(readParameters(parameters, size), 0);
      evaluation.advance(Infinity);
      return evaluation.value / dispersion;
    },
    fingerprint: () => ({ data: data.fingerprint(), statement: fingerprintOfStatement(self) }),
    constant: () => constantOf(likelihood, data, dispersion),
  };
  return Object.freeze({ ...self, ...(bound.linear && examinationOf({ data, loss, layout: bound.layout, terms })) });
}
