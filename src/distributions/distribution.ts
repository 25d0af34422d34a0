import type { Random } from "../random.js";

/** Where the result goes. */
export interface ValuesOptions {
  /** Filled and returned instead of a new array; same length; may be the input. */
  readonly out?: Float64Array;
}

/** A function of one number that also takes arrays, element by element; what it has no answer for gives NaN. */
export interface OfValues {
  /** Of one number. */
  (x: number): number;
  /** Of every number of an array. */
  (x: ArrayLike<number>, options?: ValuesOptions): Float64Array;
}

/** Draws by a generator. */
export interface Sample {
  /** One number. */
  (random: Random): number;
  /** Many: [n]. */
  (random: Random, n: number): Float64Array;
}

/** A distribution of numbers with its parameters; frozen. Densities of discrete ones are by counting: probabilities. */
export interface Distribution<Parameters extends object = object> {
  /** What it is called in `distributions`. */
  readonly name: string;
  /** As given, with the defaults. */
  readonly parameters: Readonly<Parameters>;
  /** Whether it is one of whole numbers. */
  readonly discrete: boolean;
  /** The smallest and the largest number that it is about. */
  readonly support: readonly [number, number];
  /** The mean; NaN if there is none. */
  readonly mean: number;
  /** The variance; Infinity or NaN if there is none. */
  readonly variance: number;
  /** The entropy in nats (of a continuous one the differential entropy); null where it has no closed form. */
  readonly entropy: number | null;
  /** log p(x) in nats; −Infinity where p(x) is 0. */
  readonly logDensity: OfValues;
  /** p(x). */
  readonly density: OfValues;
  /** P(X ≤ x). */
  readonly cdf: OfValues;
  /** P(X > x), to its own relative accuracy and not as 1 − cdf. */
  readonly survival: OfValues;
  /** The smallest x with P(X ≤ x) ≥ p, for 0 ≤ p ≤ 1. */
  readonly quantile: OfValues;
  /** The smallest x with P(X > x) ≤ q, for tails q that 1 − q cannot tell. */
  readonly upperQuantile: OfValues;
  /** Independent draws: the same generator gives the same bits everywhere. */
  readonly sample: Sample;
}
