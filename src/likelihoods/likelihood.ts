import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import { TWO_PI } from "../constants.js";
import type { Loss } from "../losses/loss.js";

/**
 * A likelihood: a loss with its normalising constant kept. −log density = ℓ(score, target)/φ + constant, in nats, φ the
 * dispersion. Shapes are those of its loss.
 */
export interface Likelihood {
  /** Name of its factory in `likelihoods`. */
  readonly name: string;
  /** The loss that it is up to its constant. */
  readonly loss: Loss;
  /** φ; null where it is to be estimated from the data. */
  readonly dispersion: number | null;
  /**
   * log p(target | score) per row, in nats. scores, targets as the loss takes them; `dispersion` where it is not fixed.
   * Throws what the loss throws, and a RangeError for targets that have no density (fractions of a success).
   */
  logDensity(
    scores: ArrayLike<number>,
    targets: ArrayLike<number>,
    options?: { readonly dispersion?: number },
  ): Float64Array;
  /** −log density − ℓ/φ per row: what the loss leaves out. */
  constant(targets: ArrayLike<number>, options?: { readonly dispersion?: number }): Float64Array;
  /** The expected target of each row: the inverse link of its scores. */
  mean(scores: ArrayLike<number>): Float64Array;
}

/** What a likelihood is made of. */
export interface LikelihoodRecord {
  readonly name: string;
  readonly loss: Loss;
  readonly dispersion: number | null;
  constant(targets: Float64Array, rows: number, dispersion: number): Float64Array;
  mean(scores: ArrayLike<number>): Float64Array;
}

/** Makes a likelihood of its record. */
export function makeLikelihood(record: LikelihoodRecord): Likelihood {
  const { name, loss, dispersion, mean } = record;
  const phi = (options: { readonly dispersion?: number } | undefined): number => {
    checkOptions("options", options, ["dispersion"]);
    const given = options?.dispersion;
    if (given === undefined && dispersion !== null) return dispersion;
    checkNumber("dispersion", given, { exclusiveMin: 0 });
    if (dispersion !== null && given !== dispersion)
      fail("range", "dispersion", `${dispersion}, as it is fixed`, given);
    return given!;
  };
  return Object.freeze<Likelihood>({
    name,
    loss,
    dispersion,
    mean,
    constant(targets, options) {
      const y = toFloat64("targets", targets);
      return record.constant(y, y.length, phi(options));
    },
    logDensity(scores, targets, options) {
      const scale = phi(options);
      const y = toFloat64("targets", targets);
      const losses = loss.each(scores, y);
      const constants = record.constant(y, losses.length, scale);
      return losses.map((value, i) => -(value / scale) - constants[i]);
    },
  });
}

/** Gaussian with mean the score and variance φ, or φ to be estimated. */
export function gaussianLikelihood(loss: Loss, dispersion: number | null): Likelihood {
  return makeLikelihood({
    name: "gaussian",
    loss,
    dispersion,
    mean: (scores) => toFloat64("scores", scores).slice(),
    constant: (targets, _rows, phi) => new Float64Array(targets.length).fill(0.5 * logOne(TWO_PI * phi)),
  });
}
