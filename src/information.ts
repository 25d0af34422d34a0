/**
 * Entropy, cross-entropy and relative entropy of probability vectors: H(p, q) = H(p) + KL(p‖q).
 *
 * @module
 */

import { log1pOne } from "./backend/typescript/math/log1p.js";
import { logOne } from "./backend/typescript/math/log.js";
import { checkNumber, checkOptions, fail, toFloat64 } from "./check.js";
import { SUM_TOLERANCE } from "./constants.js";

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

/** 2⁻⁵³. */
const UNIT = 1.1102230246251565e-16;

/**
 * Shannon entropy H(p) = −Σ p log p: the expected surprisal of one draw from p, in nats, or in units of log `base`.
 *
 * p: [k], each ≥ 0, with a sum of 1 within 1e-6 unless `normalize` or `check: false` says otherwise. 0·log 0 = 0. 0 ≤
 * H(p) ≤ log k.
 *
 * @param p - Probabilities [k].
 * @param options - `base`: of the logarithms, natural by default. `normalize`: divide by the sum first. `check: false`:
 *   take the numbers as they are.
 * @returns Nats; bits with `base: 2`.
 * @throws TypeError for anything but numbers; RangeError, with the row, for a negative or non-finite entry, and for a
 *   wrong sum.
 * @see Shannon, "A mathematical theory of communication", Bell System Technical Journal 27 (1948)
 * @example
 * entropy([0.5, 0.5]); // → 0.69314718056
 * entropy([0.5, 0.25, 0.25], { base: 2 }); // → 1.5
 */
export function entropy(p: ArrayLike<number>, options?: InformationOptions): number {
  const { scale, read } = settings(options);
  const { values } = read("p", p);
  return total(values, (pi) => (pi === 0 ? 0 : -pi * logOne(pi))) / scale;
}

/**
 * Cross-entropy H(p, q) = −Σ p log q: the expected surprisal under a model q of draws from p, in nats, or in units of
 * log `base`. With a one-hot p it is the surprisal −log q of the true class.
 *
 * p, q: [k], each ≥ 0, with a sum of 1 within 1e-6 unless `normalize` or `check: false` says otherwise. 0·log q = 0
 * whatever q; +Infinity where q = 0 < p. H(p, q) = H(p) + KL(p‖q); not symmetric.
 *
 * @param p - Probabilities of the truth [k].
 * @param q - Probabilities of the model [k].
 * @param options - `base`: of the logarithms, natural by default. `normalize`: divide by the sum first. `check: false`:
 *   take the numbers as they are.
 * @returns Nats; bits with `base: 2`.
 * @throws TypeError for anything but numbers; RangeError, with the row, for a negative or non-finite entry, and for a
 *   wrong sum, or different lengths.
 * @see Cover & Thomas, *Elements of Information Theory*, 2nd ed., 2006
 * @example
 * crossEntropy([0, 1], [0.2, 0.8]); // → 0.223143551314
 * crossEntropy([0, 1], [1, 4], { normalize: true }); // → 0.223143551314
 */
export function crossEntropy(p: ArrayLike<number>, q: ArrayLike<number>, options?: InformationOptions): number {
  const { scale, read } = settings(options);
  const truth = read("p", p);
  const model = read("q", q, truth.values.length).values;
  return total(truth.values, (pi, i) => (pi === 0 ? 0 : -pi * logOne(model[i]))) / scale;
}

/**
 * Relative entropy (Kullback–Leibler divergence) KL(p‖q) = Σ p log(p/q): what a code made for q costs beyond one made
 * for p, in nats, or in units of log `base`.
 *
 * p, q: [k], each ≥ 0, with a sum of 1 within 1e-6 unless `normalize` or `check: false` says otherwise. 0·log 0 = 0;
 * +Infinity where q = 0 < p. Not symmetric. Where Σp and Σq agree to rounding, (4 + log₂k)·2⁻⁵³, it is summed as Σ (p
 * log(p/q) − p + q): no term is negative, so neither is the result, and it keeps its digits however close p and q are.
 *
 * @param p - Probabilities of the truth [k].
 * @param q - Probabilities of the model [k].
 * @param options - `base`: of the logarithms, natural by default. `normalize`: divide by the sum first. `check: false`:
 *   take the numbers as they are.
 * @returns Nats ≥ 0; bits with `base: 2`.
 * @throws TypeError for anything but numbers; RangeError, with the row, for a negative or non-finite entry, and for a
 *   wrong sum, or different lengths.
 * @see Kullback & Leibler, "On information and sufficiency", Annals of Mathematical Statistics 22 (1951)
 * @example
 * klDivergence([0.5, 0.5], [0.9, 0.1]); // → 0.510825623766
 * klDivergence([0.5, 0.5], [0.5, 0.5]); // → 0
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>, options?: InformationOptions): number {
  const { scale, read } = settings(options);
  const truth = read("p", p);
  const model = read("q", q, truth.values.length);
  const slack = (4 + 31 - Math.clz32(truth.values.length)) * UNIT;
  const sameSum = Math.abs(truth.sum - model.sum) <= slack * Math.max(truth.sum, model.sum);
  const term = sameSum ? excess : logRatioTerm;
  return total(truth.values, (pi, i) => term(pi, model.values[i])) / scale;
}

/** p log(p/q) − p + q ≥ 0. */
function excess(p: number, q: number): number {
  if (p === 0) return q;
  const t = (q - p) / p;
  if (t < -0.25 || t > 0.25) return logRatioTerm(p, q) - p + q;
  // t − log(1 + t) with s = t/(2 + t): log(1 + t) = 2 artanh s, so the difference is s·t − 2s³(1/3 + s²/5 + s⁴/7 + ...).
  const s = t / (2 + t);
  const z = s * s;
  let series = 0;
  for (let k = 19; k >= 3; k -= 2) series = series * z + 1 / k;
  return p * (s * t - 2 * s * z * series);
}

/** p log(p/q). */
function logRatioTerm(p: number, q: number): number {
  if (p === 0) return 0;
  if (q === 0) return Infinity;
  const t = (q - p) / p;
  if (t >= -0.25 && t <= 0.25) return -p * log1pOne(t);
  const ratio = p / q;
  return p * (ratio > 1e-300 && ratio < 1e300 ? logOne(ratio) : logOne(p) - logOne(q));
}

/** Σ term(x[i], i). */
function total(x: Float64Array, term: (value: number, index: number) => number): number {
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

interface Probabilities {
  readonly values: Float64Array;
  readonly sum: number;
}

interface Settings {
  /** Results are divided by it. */
  readonly scale: number;
  /** Checks, and if asked normalises, one argument. */
  readonly read: (argument: string, x: unknown, length?: number) => Probabilities;
}

function settings(options: InformationOptions = {}): Settings {
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
