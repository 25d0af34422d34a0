import { checkNumber, checkOptions, fail } from "../check.js";
import { dataset } from "../dataset.js";
import { drawNormal } from "../distributions/drawGamma.js";
import type { Label } from "../estimators/labels.js";
import { readRows } from "../estimators/scores.js";
import { encodeNumbers } from "../json.js";
import { bernoulli } from "../likelihoods/bernoulli.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { dotRange } from "../linalg/vector.js";
import type { MatrixInput } from "../matrix.js";
import { minimize } from "../minimize.js";
import { linear } from "../models/linear.js";
import { type Objective, objective } from "../objective.js";
import { newton } from "../optimizers/newton.js";
import type { Prior } from "../priors/prior.js";
import type { Random } from "../random.js";
import { checkClasses, checkNames } from "./checks.js";
import { type Gaussian, factorOf, mixed, surprisalUnder } from "./gaussian.js";
import { gaussianOf, means, readLikelihood, restore } from "./bayesianParts.js";
import { scoresInto } from "./scores.js";
import { targetsOf } from "./targets.js";

/** What a Bayesian online model is stated with. */
export interface BayesianOnlineOptions {
  /** Names of the columns; every update has these. */
  readonly names: readonly string[];
  /** What is known before any row: `priors.normal({ sd, intercept: { sd } })`, of the intercept too where there is one. */
  readonly prior: Prior;
  /** `bernoulli()` without it; one score a row, convex in it, of known dispersion, with link identity, log or logit. */
  readonly likelihood?: Likelihood;
  /** The classes in their order, for labels; targets are numbers or class indices without it. */
  readonly classes?: readonly Label[];
  /** False for scores that are 0 where the features are. */
  readonly intercept?: boolean;
  /** Share of what is known that outlives an update, in (0, 1]; the rest returns to the prior. 1 without it: nothing is forgotten. */
  readonly forgetting?: number;
  /** Where a model of the same options stood: what its `toJSON` gave, or the text. */
  readonly from?: unknown;
}

/** A linear model with a normal posterior that learns from rows as they come. */
export interface BayesianOnline {
  /** Names of the columns. */
  readonly names: readonly string[];
  /** The classes in their order; null for numbers. */
  readonly classes: readonly Label[] | null;
  /** Rows seen so far. */
  readonly rows: number;
  /** A copy of the mean of θ = [intercept, coefficients]. */
  readonly mean: Float64Array;
  /** A copy of the precision, the inverse covariance: its packed lower triangle, entry (a, b), a ≥ b, at a(a+1)/2 + b. */
  readonly precision: Float64Array;
  /** Standard deviations of θ. */
  readonly sd: Float64Array;
  /**
   * Learns these rows, with `weights` one each, by Newton's method to the end. Returns the mean loss on them before, at
   * the old mean: each update is a test first. Throws a TypeError or RangeError naming row and column for other columns,
   * labels that are no class, what is not finite, and rows that leave no finite posterior; the model then stays as it was.
   */
  update(
    x: MatrixInput,
    y: ArrayLike<Label>,
    options?: {
      /** One weight per row, finite and ≥ 0. */
      readonly weights?: ArrayLike<number>;
    },
  ): number;
  /**
   * The expected target of each row, over the posterior: P(last class) = E σ(z), exact to 1e-13, or E exp(z), or the
   * mean score. Throws like `update`.
   */
  predict(x: MatrixInput): Float64Array;
  /** A draw of θ from the posterior: the same bits everywhere for the same generator, `random(seed)`, which goes on. */
  sample(random: Random): Float64Array;
  /**
   * The row of `arms` whose score is highest under one draw of θ, the first of equals: Thompson sampling. Throws like
   * `update`.
   */
  choose(arms: MatrixInput, random: Random): number;
  /** Where it stands as plain JSON, for the option `from`. */
  toJSON(): unknown;
}

/**
 * Bayesian learning from rows as they come: a normal posterior of the coefficients of a linear model, logistic by
 * default, updated by Laplace's approximation.
 *
 * An update takes the posterior N(m, P⁻¹) so far as the prior of its rows: m ← argmin Σ w·ℓ/φ + ½(θ − m)ᵀP(θ − m), and P ←
 * the second derivatives there. In one batch that is the maximum a posteriori with its Laplace approximation; for Gaussian
 * targets it is exact, whatever the batches. With `forgetting` γ < 1 the posterior is first replaced by the normalised
 * p^γ·prior^(1−γ): what happened t updates ago counts γᵗ, and without rows all goes back to the prior.
 *
 * @param options - `names`, `prior`, `likelihood` (`bernoulli()`), `classes`, `intercept` (true), `forgetting` (1), `from`.
 * @returns The model, at the prior or where `from` stood.
 * @throws TypeError or RangeError naming the option, or the field of `from` that is wrong.
 * @see Spiegelhalter & Lauritzen, "Sequential updating of conditional probabilities on directed graphical structures",
 *   Networks 20 (1990)
 * @see Kulhavý & Zarrop, "On a general concept of forgetting", International Journal of Control 58 (1993)
 * @see Chapelle & Li, "An empirical evaluation of Thompson sampling", NIPS (2011)
 * @example
 * const prior = priors.normal({ sd: 1, intercept: { sd: 1 } });
 * const model = bayesianOnline({ names: ["speed"], prior, classes: ["miss", "hit"] });
 * model.update([[0.5], [2]], ["miss", "hit"]); // → 0.69314718056
 * model.predict([[2]])[0] > 0.6; // → true
 * model.choose([[0.5], [2]], random(1)); // → 0
 */
export function bayesianOnline(options: BayesianOnlineOptions): BayesianOnline {
  const keys = ["names", "prior", "likelihood", "classes", "intercept", "forgetting", "from"] as const;
  checkOptions("options", options, keys);
  if (options === undefined || options === null) fail("type", "options", "{ names, prior }", options);
  const names = checkNames(options.names);
  const { likelihood = bernoulli(), intercept = true, forgetting = 1, from } = options;
  const { loss, link, dispersion } = readLikelihood(likelihood);
  const classes = checkClasses(options.classes, link, 1);
  checkNumber("forgetting", forgetting, { exclusiveMin: 0, max: 1 });
  const model = linear({ intercept });
  const layout = { outputs: 1, features: names.length, intercept };
  const first = gaussianOf(options.prior, layout);
  const size = first.mean.length;
  const statement = { names, likelihood: likelihood.name, prior: String(options.prior), intercept, forgetting };
  const restored = from === undefined ? null : restore(from, statement, size);
  let posterior: Gaussian = restored ?? first;
  let rows = restored?.rows ?? 0;

  const scoresAt = (parameters: Float64Array, values: Float64Array, count: number): Float64Array => {
    const out = new Float64Array(count);
    scoresInto(model, layout, parameters)(values, count, out);
    return out;
  };

  /** The posterior of these rows under `before`. */
  function learn(target: Objective, before: Gaussian): Gaussian {
    const factor = target.totalWeight / dispersion;
    const hessian = (parameters: Float64Array, out: Float64Array): Float64Array => {
      const own = target.hessian(parameters);
      for (let at = 0; at < out.length; at++) out[at] = factor * own[at]! + before.precision[at]!;
      return out;
    };
    const sum = {
      size,
      convex: true,
      evaluate(parameters: Float64Array, gradient: Float64Array | null): number {
        const value = factor * target.evaluate(parameters, gradient);
        if (gradient !== null) for (let j = 0; j < size; j++) gradient[j]! *= factor;
        return value + surprisalUnder(before, parameters, gradient);
      },
      hessian,
    };
    const { parameters, status, reason } = minimize(sum, { optimizer: newton(), start: before.mean });
    if (status !== "converged") fail("range", "X", "rows whose posterior has a mode in reach", reason);
    return { mean: parameters, precision: hessian(parameters, new Float64Array(before.precision.length)) };
  }

  function draw(random: Random): Float64Array {
    if (typeof random?.uniform !== "function") fail("type", "random", "a generator: random(seed)", random);
    const out = Float64Array.from({ length: size }, () => drawNormal(random));
    factorOf(posterior.precision, size).spread(out, out);
    for (let j = 0; j < size; j++) out[j]! += posterior.mean[j]!;
    return out;
  }

  return Object.freeze<BayesianOnline>({
    names,
    classes,
    get rows() {
      return rows;
    },
    get mean() {
      return posterior.mean.slice();
    },
    get precision() {
      return posterior.precision.slice();
    },
    get sd() {
      const factor = factorOf(posterior.precision, size);
      return Float64Array.from({ length: size }, (_, j) => {
        const unit = new Float64Array(size);
        unit[j] = 1;
        factor.solve(unit, unit);
        return Math.sqrt(unit[j]!);
      });
    },
    update(x, y, more) {
      checkOptions("options", more, ["weights"]);
      const read = readRows(x, names);
      const targets = targetsOf(y, classes, read.rows);
      const weighted = more?.weights === undefined ? {} : { weights: more.weights };
      const data = dataset(read.values, targets, { columns: names.length, names, ...weighted });
      try {
        const target = objective({ data, model, loss });
        const before = mixed(posterior, first, forgetting);
        const value = target.value(posterior.mean);
        if (!Number.isFinite(value)) fail("range", "X", "rows whose loss is finite", value);
        const after = learn(target, before);
        factorOf(after.precision, size);
        posterior = after;
        rows += read.rows;
        return value;
      } finally {
        data.release();
      }
    },
    predict(x) {
      const read = readRows(x, names);
      const scores = scoresAt(posterior.mean, read.values, read.rows);
      const factor = factorOf(posterior.precision, size);
      const row = new Float64Array(size);
      const solved = new Float64Array(size);
      const sds = scores.map((_, i) => {
        row[0] = 1;
        row.set(read.values.subarray(i * names.length, (i + 1) * names.length), size - names.length);
        factor.solve(row, solved);
        return Math.sqrt(Math.max(0, dotRange(row, 0, solved, 0, size)));
      });
      return means(link, scores, sds);
    },
    sample: draw,
    choose(arms, random) {
      const read = readRows(arms, names);
      const scores = scoresAt(draw(random), read.values, read.rows);
      return scores.indexOf(scores.reduce((best, score) => Math.max(best, score), -Infinity));
    },
    toJSON: () => ({
      version: 1,
      type: "bayesianOnline",
      ...statement,
      names: [...names],
      rows,
      mean: encodeNumbers(posterior.mean),
      precision: encodeNumbers(posterior.precision),
    }),
  });
}
