import { checkNumber, checkOptions, fail } from "./check.js";
import { normInfinity } from "./linalg/vector.js";
import { checkStart, problemOf } from "./minimize.js";
import { type Evaluation, type Minimizable, evaluatorOf } from "./optimizers/objective.js";
import { random } from "./random.js";
import { powOne } from "./special/pow.js";

/** Options of a search for a learning rate. */
export interface LearningRateOptions {
  /** The first rate, > 0 (default 1e-6). */
  readonly from?: number;
  /** The last rate, larger (default 10). */
  readonly to?: number;
  /** Steps, an integer 2 .. 10000 (default 100). */
  readonly steps?: number;
  /** Rows in a step, of an objective with "rows"; the whole objective without it. */
  readonly batchSize?: number;
  /** Seed of the order of the rows (default 0). */
  readonly seed?: number;
  /** [size], finite; zeros if not given. */
  readonly start?: ArrayLike<number>;
}

/** What a search for a learning rate saw. */
export interface LearningRates {
  /** The rates that were tried, rising. */
  readonly rates: Float64Array;
  /** The objective on the rows of each step before it, smoothed over about ten steps. */
  readonly losses: Float64Array;
  /** The rate whose step lowered the objective on its own rows the most, before the first that raised it; null if none did. */
  readonly suggestion: number | null;
}

const MOST_STEPS = 10_000;

/** Share of the smoothed loss that a step keeps. */
const SMOOTHING = 0.9;

/** The search ends when the loss has risen above its start by this many times what it had fallen. */
const RISE = 4;

/**
 * Tries learning rates: one step of gradient descent at each, from small to large, on one batch after the other.
 *
 * The rates rise geometrically. While they are too small the loss hardly moves, then it falls, and at last it explodes,
 * where the search ends. The rate whose step lowered the objective on its own rows the most, which the noise from batch to
 * batch does not touch, is one to begin with for `optimizers.sgd`; other optimisers have scales of their own.
 *
 * @param objective - What is to be minimised.
 * @param options - `from`, `to`, `steps`, `batchSize`, `seed`, `start`.
 * @returns The rates, the smoothed losses, and a suggestion.
 * @throws TypeError or RangeError naming the option, or if the objective is not finite at the start.
 * @see Smith, "Cyclical learning rates for training neural networks", WACV (2017)
 * @example
 * const data = dataset([[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1]);
 * const target = objective({ data, likelihood: likelihoods.bernoulli() });
 * const { suggestion } = findLearningRate(target, { batchSize: 4 });
 * suggestion; // → 0.739072203353
 */
export function findLearningRate(objective: Minimizable, options: LearningRateOptions = {}): LearningRates {
  checkOptions("options", options, ["from", "to", "steps", "batchSize", "seed", "start"]);
  const { from = 1e-6, to = 10, steps = 100, batchSize, seed = 0 } = options;
  checkNumber("from", from, { exclusiveMin: 0 });
  checkNumber("to", to, { exclusiveMin: from });
  checkNumber("steps", steps, { min: 2, max: MOST_STEPS, integer: true });
  const problem = problemOf(objective, 1);
  const { prox, rows: n } = problem;
  if (prox !== null) fail("type", "objective", "a smooth objective", "one with an L1 part");
  const batches = batchesOf(n, batchSize, seed);
  const parameters = Float64Array.from(checkStart(options.start, problem.size));
  const begin = evaluatorOf(objective);
  const rates: number[] = [];
  const losses: number[] = [];
  const falls: number[] = [];
  for (let i = 0, mean = 0, weight = 1; i < steps; i++) {
    const rows = batches(i);
    const evaluate = (order: 0 | 1): Evaluation => {
      const request = { kind: "evaluate", parameters, order } as const;
      const evaluation = begin(request, rows === null ? undefined : { rows, prior: true });
      evaluation.advance(Infinity);
      return evaluation;
    };
    const { value, gradient } = evaluate(1);
    const usable = Number.isFinite(value) && normInfinity(gradient) < Infinity;
    if (!usable && i === 0) fail("range", "start", "a point where the objective is finite", value);
    if (!usable) break;
    weight *= SMOOTHING;
    mean = SMOOTHING * mean + (1 - SMOOTHING) * value;
    const loss = mean / (1 - weight);
    const lowest = losses.reduce((least, each) => Math.min(least, each), loss);
    if (i > 0 && loss > losses[0]! + RISE * (losses[0]! - lowest) && loss > losses[i - 1]! && lowest < losses[0]!)
      break;
    const rate = from * powOne(to / from, i / (steps - 1));
    rates.push(rate);
    losses.push(loss);
    for (let j = 0; j < parameters.length; j++) parameters[j]! -= rate * gradient[j]!;
    if (!(normInfinity(parameters) < Infinity)) break;
    falls.push(value - evaluate(0).value);
  }
  return Object.freeze<LearningRates>({
    rates: Float64Array.from(rates),
    losses: Float64Array.from(losses),
    suggestion: suggest(rates, falls),
  });
}

/** The rows of step i: one permutation an epoch, its last rows left out where they make no batch; null for all. */
function batchesOf(n: number | null, batchSize: unknown, seed: number): (i: number) => Uint32Array | null {
  const first = random(seed, 1);
  if (batchSize === undefined) return () => null;
  if (n === null) fail("type", "objective", 'one with "rows", which batchSize needs', "one without");
  const size = checkNumber("batchSize", batchSize, { min: 1, max: n, integer: true });
  const perEpoch = Math.floor(n / size);
  let order = first.permutation(n);
  return (i) => {
    const at = i % perEpoch;
    if (i > 0 && at === 0) order = random(seed, i / perEpoch + 1).permutation(n);
    return order.subarray(at * size, (at + 1) * size);
  };
}

/** The rate of the largest fall, before the first step that does harm. */
function suggest(rates: readonly number[], falls: readonly number[]): number | null {
  let largest = 0;
  let found: number | null = null;
  for (let i = 0; i < falls.length && falls[i]! >= 0; i++) {
    if (!(falls[i]! > largest)) continue;
    largest = falls[i]!;
    found = rates[i]!;
  }
  return found;
}
