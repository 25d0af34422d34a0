import { expOne } from "../backend/typescript/math/exp.js";
import { allocate, checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import type { Random } from "../random.js";
import { checkRandom } from "./make.js";

/** A function of one vector, or of one a row. */
export interface OfVectors {
  /** Of one vector: [dimension]. */
  (x: ArrayLike<number>): number;
  /** Of every row of a matrix: [n × columns] row-major gives [n]; `columns` is the dimension. */
  (x: ArrayLike<number>, options: { readonly columns: number }): Float64Array;
}

/** Draws by a generator. */
export interface SampleVectors {
  /** One vector: [dimension]. */
  (random: Random): Float64Array;
  /** One a row: [n × dimension] row-major. */
  (random: Random, n: number): Float64Array;
}

/** A distribution of vectors with its parameters; frozen. */
export interface VectorDistribution<Parameters extends object = object> {
  /** What it is called in `distributions`. */
  readonly name: string;
  /** As given. */
  readonly parameters: Readonly<Parameters>;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** The mean of each number: [dimension]; NaN or Infinity where there is none. */
  readonly mean: readonly number[];
  /** The variance of each number: [dimension]; NaN or Infinity where there is none. */
  readonly variance: readonly number[];
  /** The differential entropy in nats. */
  readonly entropy: number;
  /** log p(x) in nats; −Infinity where p(x) is 0. */
  readonly logDensity: OfVectors;
  /** p(x). */
  readonly density: OfVectors;
  /** Independent draws: the same generator gives the same bits everywhere. */
  readonly sample: SampleVectors;
}

/** What a distribution of vectors is made of. */
interface Recipe<Parameters extends object> {
  readonly name: string;
  readonly parameters: Parameters;
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly entropy: number;
  /** Of finite numbers. */
  readonly logDensity: (x: Float64Array) => number;
  readonly draw: (random: Random, out: Float64Array) => void;
}

export function makeVector<Parameters extends object>(recipe: Recipe<Parameters>): VectorDistribution<Parameters> {
  const { name, parameters, mean, variance, entropy } = recipe;
  const dimension = mean.length;

  function logOf(x: Float64Array): number {
    if (x.some((value) => value !== value)) return NaN;
    return x.every((value) => Math.abs(value) < Infinity) ? recipe.logDensity(x) : -Infinity;
  }
  function ofVectors(one: (x: Float64Array) => number): OfVectors {
    function apply(x: ArrayLike<number>): number;
    function apply(x: ArrayLike<number>, options: { readonly columns: number }): Float64Array;
    function apply(x: ArrayLike<number>, options?: { readonly columns: number }): number | Float64Array {
      checkOptions("options", options, ["columns"]);
      const given = toFloat64("x", x);
      if (options?.columns === undefined) {
        if (given.length !== dimension) fail("range", "x", `${dimension} numbers`, x);
        return one(given);
      }
      checkNumber("columns", options.columns, { min: dimension, max: dimension, integer: true });
      if (given.length % dimension !== 0) fail("range", "x", `whole rows of ${dimension} numbers`, x);
      const out = new Float64Array(given.length / dimension);
      for (let i = 0; i < out.length; i++) out[i] = one(given.subarray(i * dimension, (i + 1) * dimension));
      return out;
    }
    return apply;
  }
  function sample(random: Random, n?: number): Float64Array {
    checkRandom(random);
    const rows = n === undefined ? 1 : checkNumber("n", n, { min: 0, max: 0xffff_ffff, integer: true });
    const out = allocate("n", rows * dimension);
    for (let i = 0; i < rows; i++) recipe.draw(random, out.subarray(i * dimension, (i + 1) * dimension));
    return out;
  }
  return Object.freeze({
    name,
    parameters: Object.freeze(parameters),
    dimension,
    mean: Object.freeze([...mean]),
    variance: Object.freeze([...variance]),
    entropy,
    logDensity: ofVectors(logOf),
    density: ofVectors((x) => expOne(logOf(x))),
    sample,
  });
}
