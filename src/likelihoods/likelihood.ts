import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import type { Loss } from "../losses/loss.js";
import type { Random } from "../random.js";
import type { Link } from "./link.js";

/** What a method of a likelihood takes beside its numbers. */
export interface LikelihoodOptions {
  /** φ > 0, where it is not fixed. */
  readonly dispersion?: number;
}

/**
 * A parameter of a likelihood that is found together with the coefficients.
 *
 * @internal
 */
export interface JointParameter {
  readonly name: "sd" | "shape" | "dispersion" | "scale";
  /** Its prior in words; null for a density that is the same everywhere. */
  readonly prior: string | null;
  /** log density of its prior, of the parameter itself and not of its logarithm. */
  logPrior(value: number): number;
  /** The derivative of that, by differences of order 8. */
  slope(value: number): number;
  /** The likelihood where it is known. */
  at(value: number): Likelihood;
}

/**
 * A likelihood: a loss with its normalising constant kept. −log density = ℓ(score, target)/φ + constant, in nats, φ the
 * dispersion. Shapes are those of its loss.
 */
export interface Likelihood {
  /** Name of its factory in `likelihoods`, or of its loss where that has the distribution to itself. */
  readonly name: string;
  /** The loss that it is up to its constant. */
  readonly loss: Loss;
  /** φ; null where it is to be estimated from the data. */
  readonly dispersion: number | null;
  /** How scores become what a fit predicts. */
  readonly link: Link;
  /** Where classes in order are divided; null for others. */
  readonly thresholds: Float64Array | null;
  /**
   * log p(target | score) per row, in nats. scores, targets as the loss takes them; `dispersion` where it is not fixed.
   * Throws what the loss throws, and a RangeError for targets that have no density (fractions of a success).
   */
  logDensity(scores: ArrayLike<number>, targets: ArrayLike<number>, options?: LikelihoodOptions): Float64Array;
  /** −log density − ℓ/φ per row: what the loss leaves out. */
  constant(targets: ArrayLike<number>, options?: LikelihoodOptions): Float64Array;
  /** The expected target of each row; of classes their probabilities, [rows × classes]; NaN where there is none. */
  mean(scores: ArrayLike<number>): Float64Array;
  /**
   * The variance of the target of each row, of the shape of the means; Infinity or NaN where there is none.
   * `dispersion` where it is not fixed.
   */
  variance(scores: ArrayLike<number>, options?: LikelihoodOptions): Float64Array;
  /**
   * A target for each row, drawn from its distribution: the same bits everywhere for the same generator, which goes on.
   * `dispersion` where it is not fixed. Scores that are NaN give NaN.
   */
  sample(scores: ArrayLike<number>, random: Random, options?: LikelihoodOptions): Float64Array;
  /**
   * What of it is found together with the coefficients, where it was asked for by "estimate".
   *
   * @internal
   */
  readonly joint?: JointParameter;
  /**
   * True if all these targets have a density.
   *
   * @internal
   */
  hasDensity(targets: Float64Array, rows: number): boolean;
  /**
   * φ by maximum likelihood, where it is not fixed, for Σ w·ℓ = `total`; null where there is no closed density.
   *
   * @internal
   */
  estimate(total: number, targets: Float64Array, weights: Float64Array | null, totalWeight: number): number | null;
}

/** What a likelihood is made of. */
export interface LikelihoodRecord {
  readonly name: string;
  readonly loss: Loss;
  readonly dispersion: number | null;
  readonly link: Link;
  readonly thresholds?: Float64Array;
  /** Targets in a row (default 1). */
  readonly width?: number;
  /** Throws a RangeError, with the row, for targets of this number of rows that have no density. */
  support(targets: Float64Array, rows: number): void;
  /** Per row, of targets with a density. */
  constant(targets: Float64Array, rows: number, dispersion: number): Float64Array;
  mean(scores: Float64Array): Float64Array;
  variance(scores: Float64Array, dispersion: number): Float64Array;
  sample(scores: Float64Array, dispersion: number, random: Random): Float64Array;
  /** φ by maximum likelihood (default: there is none). */
  estimate?: Likelihood["estimate"];
}

/** Makes a likelihood of its record. */
export function makeLikelihood(record: LikelihoodRecord): Likelihood {
  const { name, loss, dispersion, link } = record;
  const phi = (options: LikelihoodOptions | undefined): number => {
    checkOptions("options", options, ["dispersion"]);
    const given = options?.dispersion;
    if (given === undefined && dispersion !== null) return dispersion;
    checkNumber("dispersion", given, { exclusiveMin: 0 });
    if (dispersion !== null && given !== dispersion)
      fail("range", "dispersion", `${dispersion}, as it is fixed`, given);
    return given!;
  };
  const read = (scores: ArrayLike<number>): Float64Array => {
    const z = toFloat64("scores", scores);
    if (z.length % loss.classes !== 0)
      fail("range", "scores", `a length that is a multiple of classes ${loss.classes}`, scores);
    return z;
  };
  const { width = 1 } = record;
  return Object.freeze<Likelihood>({
    name,
    loss,
    dispersion,
    link,
    thresholds: record.thresholds ?? null,
    mean: (scores) => record.mean(read(scores)),
    variance(scores, options) {
      const scale = phi(options);
      return record.variance(read(scores), scale);
    },
    sample(scores, random, options) {
      const scale = phi(options);
      if (typeof random?.uniform !== "function") fail("type", "random", "a generator: random(seed)", random);
      return record.sample(read(scores), scale, random);
    },
    constant(targets, options) {
      const y = toFloat64("targets", targets);
      const scale = phi(options);
      if (y.length % width !== 0) fail("range", "targets", `rows of ${width} numbers`, targets);
      const rows = y.length / width;
      record.support(y, rows);
      return record.constant(y, rows, scale);
    },
    logDensity(scores, targets, options) {
      const scale = phi(options);
      const y = toFloat64("targets", targets);
      const losses = loss.each(scores, y);
      record.support(y, losses.length);
      const constants = record.constant(y, losses.length, scale);
      return losses.map((value, i) => -(value / scale) - constants[i]);
    },
    hasDensity(targets, rows) {
      try {
        record.support(targets, rows);
        return true;
      } catch {
        return false;
      }
    },
    estimate: record.estimate ?? (() => null),
  });
}
