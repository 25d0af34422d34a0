import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import { SUM_TOLERANCE } from "../constants.js";

/**
 * Options of entropies and divergences.
 *
 * @inline
 */
export interface InformationOptions {
  /** Logarithm base: 2 gives bits. Without it, natural logarithms: nats. */
  readonly base?: number;
  /** Divide each vector by its sum first. Default false. */
  readonly normalize?: boolean;
  /** With `false`, numbers that do not sum to 1 are taken as they are. Default true. */
  readonly check?: boolean;
}

/** Σ term(x[i], i). */
export function total(x: Float64Array, term: (value: number, index: number) => number): number {
  return compensatedSum(x.map(term));
}

/**
 * One addition after the other, with what each rounds away summed beside (Neumaier 1974): off by one rounding whatever
 * the length, so that H(p, q) = H(p) + KL(p‖q) holds to a few units of 2⁻⁵³ for equal terms too.
 */
function compensatedSum(x: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const value of x) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** Gradients of a divergence by both of its arguments. */
export interface InformationGradients {
  /** By p: [k]. */
  readonly p: Float64Array;
  /** By q: [k]. */
  readonly q: Float64Array;
}

export interface Probabilities {
  readonly values: Float64Array;
  readonly sum: number;
}

export interface Settings {
  /** Results are divided by it. */
  readonly scale: number;
  /** Checks, and if asked normalises, one argument. */
  readonly read: (argument: string, x: unknown, length?: number) => Probabilities;
}

export function settings(options: InformationOptions = {}): Settings {
  checkOptions("options", options, ["base", "normalize", "check"]);
  const { base, normalize = false, check = true } = options;
  if (typeof normalize !== "boolean") fail("type", "normalize", "true or false", normalize);
  if (typeof check !== "boolean") fail("type", "check", "true or false", check);
  if (base !== undefined) checkNumber("base", base, { exclusiveMin: 0 });
  if (base === 1) fail("range", "base", "a finite number > 0 other than 1", base);
  return {
    scale: base === undefined ? 1 : logOne(base),
    read(argument, x, length) {
      const values = readEntries(argument, x, length);
      const sum = compensatedSum(values);
      if (normalize) return normalized(argument, values, sum);
      if (check && !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        fail("range", argument, "a sum of 1 (or normalize: true, or check: false)", sum);
      }
      return { values, sum };
    },
  };
}

/** Two arguments of the same length, with what results are divided by. */
export function settingsOfTwo(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  options: InformationOptions | undefined,
): { readonly scale: number; readonly truth: Probabilities; readonly model: Probabilities } {
  const { scale, read } = settings(options);
  const truth = read("p", p);
  return { scale, truth, model: read("q", q, truth.values.length) };
}

/** ∂/∂q of −p log q, the slope of cross-entropy and relative entropy by the model; 0 where p is 0. */
export function slopeByModel(p: number, q: number): number {
  return p === 0 ? 0 : -(p / q);
}

function readEntries(argument: string, x: unknown, length: number | undefined): Float64Array {
  const values = toFloat64(argument, x);
  if (length !== undefined && values.length !== length) {
    fail("range", argument, `${length} entries, as many as p`, values.length);
  }
  values.forEach((value, row) => {
    if (!(value >= 0 && value < Infinity)) fail("range", argument, "a finite number >= 0", value, { row });
  });
  return values;
}

function normalized(argument: string, values: Float64Array, sum: number): Probabilities {
  if (!(sum > 0 && sum < Infinity)) fail("range", argument, "a finite sum > 0 to divide by", sum);
  const shares = values.map((value) => value / sum);
  return { values: shares, sum: compensatedSum(shares) };
}
