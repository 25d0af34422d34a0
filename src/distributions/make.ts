import { expOne } from "../backend/typescript/math/exp.js";
import { allocate, apartFrom, checkNumber, fail, readOut, toFloat64 } from "../check.js";
import type { Random } from "../random.js";
import type { Distribution, OfValues, Sample, ValuesOptions } from "./distribution.js";

/** What a distribution is made of: functions of one number, which need not check it. */
export interface Recipe<Parameters extends object> {
  readonly name: string;
  readonly parameters: Parameters;
  readonly discrete: boolean;
  readonly support: readonly [number, number];
  readonly mean: number;
  readonly variance: number;
  readonly entropy: number | null;
  /** Inside the support, and at its ends. */
  readonly logDensity: (x: number) => number;
  /** From the lower end of the support to below the upper one. */
  readonly cdf: (x: number) => number;
  readonly survival: (x: number) => number;
  /** 0 < p < 1. */
  readonly quantile: (p: number) => number;
  /** 0 < q < 1. */
  readonly upperQuantile: (q: number) => number;
  readonly draw: (random: Random) => number;
}

/** Lets a function of one number take any array of numbers. */
function ofValues(argument: string, one: (x: number) => number): OfValues {
  function apply(x: number): number;
  function apply(x: ArrayLike<number>, options?: ValuesOptions): Float64Array;
  function apply(x: number | ArrayLike<number>, options?: ValuesOptions): number | Float64Array {
    if (typeof x === "number") return one(x);
    const given = toFloat64(argument, x);
    const out = readOut(options, given.length);
    const input = apartFrom(out, given);
    for (let i = 0; i < input.length; i++) out[i] = one(input[i]);
    return out;
  }
  return apply;
}

/** Throws a TypeError for what is no generator. */
export function checkRandom(random: unknown): Random {
  if (typeof random !== "object" || random === null || typeof (random as Random).uniform !== "function") {
    fail("type", "random", "a generator, as random(seed) makes it", random);
  }
  return random as Random;
}

function sampler(draw: (random: Random) => number): Sample {
  function sample(random: Random): number;
  function sample(random: Random, n: number): Float64Array;
  function sample(random: Random, n?: number): number | Float64Array {
    checkRandom(random);
    if (n === undefined) return draw(random);
    const out = allocate("n", checkNumber("n", n, { min: 0, max: 0xffff_ffff, integer: true }));
    for (let i = 0; i < out.length; i++) out[i] = draw(random);
    return out;
  }
  return sample;
}

/** The distribution of a recipe, with answers outside its support. */
export function makeDistribution<Parameters extends object>(recipe: Recipe<Parameters>): Distribution<Parameters> {
  const { name, parameters, discrete, mean, variance, entropy } = recipe;
  const [low, high] = recipe.support;

  function logDensity(x: number): number {
    if (x !== x) return NaN;
    if (x < low || x > high || Math.abs(x) === Infinity || (discrete && !Number.isInteger(x))) return -Infinity;
    return recipe.logDensity(x);
  }
  /** F or 1 − F, whose values at the ends are `below` and 1 − `below`. */
  function within(f: (x: number) => number, below: number): (x: number) => number {
    return (x) => {
      if (x !== x) return NaN;
      const at = discrete ? Math.floor(x) : x;
      return at < low ? below : at >= high ? 1 - below : f(at);
    };
  }
  function inverse(f: (p: number) => number, atZero: number, atOne: number): (p: number) => number {
    return (p) => (p > 0 && p < 1 ? f(p) : p === 0 ? atZero : p === 1 ? atOne : NaN);
  }
  return Object.freeze({
    name,
    parameters: Object.freeze(parameters),
    discrete,
    support: Object.freeze([low, high] as const),
    mean,
    variance,
    entropy,
    logDensity: ofValues("x", logDensity),
    density: ofValues("x", (x) => expOne(logDensity(x))),
    cdf: ofValues("x", within(recipe.cdf, 0)),
    survival: ofValues("x", within(recipe.survival, 1)),
    quantile: ofValues("p", inverse(recipe.quantile, low, high)),
    upperQuantile: ofValues("q", inverse(recipe.upperQuantile, high, low)),
    sample: sampler(recipe.draw),
  });
}

/** A recipe of one with a density; `inverse` takes both tails, p + q = 1. */
type Continuous<Parameters extends object> = Omit<
  Recipe<Parameters>,
  "discrete" | "quantile" | "upperQuantile" | "draw"
> & {
  readonly inverse: (p: number, q: number) => number;
  /** By inversion unless given. */
  readonly draw?: (random: Random) => number;
};

export function makeContinuous<Parameters extends object>(recipe: Continuous<Parameters>): Distribution<Parameters> {
  const { inverse, draw, ...rest } = recipe;
  return makeDistribution({
    ...rest,
    discrete: false,
    quantile: (p) => inverse(p, 1 - p),
    upperQuantile: (q) => inverse(1 - q, q),
    draw: draw ?? ((random) => byInversion(random, inverse)),
  });
}

/** u is a multiple of 2⁻⁵³ inside (0, 1), so 1 − u is exact. */
function byInversion(random: Random, inverse: (p: number, q: number) => number): number {
  const u = openUniform(random);
  return inverse(u, 1 - u);
}

/** A multiple of 2⁻⁵³ in (0, 1). */
export function openUniform(random: Random): number {
  for (;;) {
    const u = random.uniform();
    if (u > 0) return u;
  }
}
