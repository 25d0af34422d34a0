import { log1pOne } from "../backend/typescript/math/log1p.js";
import { logOne } from "../backend/typescript/math/log.js";
import {
  type InformationGradients,
  type InformationOptions,
  settingsOfTwo,
  slopeByModel,
  total,
} from "./probabilities.js";

/** 2⁻⁵³. */
const UNIT = 1.1102230246251565e-16;

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
  const { scale, truth, model } = settingsOfTwo(p, q, options);
  const slack = (4 + 31 - Math.clz32(truth.values.length)) * UNIT;
  const sameSum = Math.abs(truth.sum - model.sum) <= slack * Math.max(truth.sum, model.sum);
  const term = (pi: number, qi: number): number => (sameSum ? excess(pi, qi, qi - pi) : logRatioTerm(pi, qi));
  return total(truth.values, (pi, i) => term(pi, model.values[i])) / scale;
}

/**
 * Gradients of {@link klDivergence}: ∂KL/∂p_i = log(p_i/q_i) + 1 and ∂KL/∂q_i = −p_i/q_i, each entry taken as free, in
 * nats, or in units of log `base`. By q it is 0 where p_i = 0 and −Infinity where q_i = 0 < p_i; by p −Infinity where
 * p_i = 0 < q_i, +Infinity where q_i = 0 < p_i, NaN where both are 0.
 *
 * @param p - Probabilities of the truth [k].
 * @param q - Probabilities of the model [k].
 * @param options - As for {@link klDivergence}; with `normalize` the gradients are by the normalised entries.
 * @returns The gradients by p and by q, [k] each.
 * @throws TypeError or RangeError as {@link klDivergence} does.
 * @example
 * klDivergenceGradient([0.5, 0.5], [0.25, 0.75]).p; // → [1.69314718056, 0.594534891892]
 */
export function klDivergenceGradient(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  options?: InformationOptions,
): InformationGradients {
  const { scale, truth, model } = settingsOfTwo(p, q, options);
  return {
    p: truth.values.map((pi, i) => (logRatio(pi, model.values[i], model.values[i] - pi) + 1) / scale),
    q: truth.values.map((pi, i) => slopeByModel(pi, model.values[i]) / scale),
  };
}

/**
 * Jensen–Shannon divergence JS(p, q) = ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q)/2: how many nats one draw tells about
 * which of the two, taken equally often, it is from; in units of log `base` if given.
 *
 * p, q: [k], each ≥ 0, with a sum of 1 within 1e-6 unless `normalize` or `check: false` says otherwise. 0 ≤ JS ≤ ln 2,
 * symmetric, 0 only for p = q; its square root is a metric. No term of the sum is negative: it keeps its digits however
 * close p and q are.
 *
 * @param p - Probabilities [k].
 * @param q - Probabilities [k].
 * @param options - `base`: of the logarithms, natural by default. `normalize`: divide by the sum first. `check: false`:
 *   take the numbers as they are.
 * @returns Nats ≥ 0; bits with `base: 2`.
 * @throws TypeError for anything but numbers; RangeError, with the row, for a negative or non-finite entry, and for a
 *   wrong sum, or different lengths.
 * @see Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 37 (1991)
 * @example
 * jensenShannonDivergence([1, 0], [0, 1], { base: 2 }); // → 1
 * jensenShannonDivergence([0.5, 0.5], [0.9, 0.1]); // → 0.101749225079
 */
export function jensenShannonDivergence(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  options?: InformationOptions,
): number {
  const { scale, truth, model } = settingsOfTwo(p, q, options);
  const [first, second] = [truth.values, model.values];
  const term = (pi: number, qi: number): number => {
    const middle = 0.5 * pi + 0.5 * qi;
    const half = 0.5 * (qi - pi);
    return 0.5 * (excess(pi, middle, half) + excess(qi, middle, -half));
  };
  return total(first, (pi, i) => term(pi, second[i])) / scale;
}

/**
 * Gradients of {@link jensenShannonDivergence}: ∂JS/∂p_i = ½ log(p_i/m_i) and ∂JS/∂q_i = ½ log(q_i/m_i), each entry
 * taken as free, in nats, or in units of log `base`. −Infinity where the entry is 0 and the other is not, 0 where both are.
 *
 * @param p - Probabilities [k].
 * @param q - Probabilities [k].
 * @param options - As for {@link jensenShannonDivergence}; with `normalize` the gradients are by the normalised entries.
 * @returns The gradients by p and by q, [k] each.
 * @throws TypeError or RangeError as {@link jensenShannonDivergence} does.
 * @example
 * jensenShannonDivergenceGradient([0.5, 0.5], [0.25, 0.75]).p; // → [0.143841036226, -0.111571775657]
 */
export function jensenShannonDivergenceGradient(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  options?: InformationOptions,
): InformationGradients {
  const { scale, truth, model } = settingsOfTwo(p, q, options);
  const [first, second] = [truth.values, model.values];
  const slope = (own: number, other: number): number => {
    if (own === other) return 0;
    // Half of the smallest subnormal number would be 0.
    const up = own < 1e-300 && other < 1e-300 ? 1152921504606846976 : 1;
    const [a, b] = [own * up, other * up];
    return (0.5 * logRatio(a, 0.5 * a + 0.5 * b, 0.5 * (b - a))) / scale;
  };
  return {
    p: first.map((pi, i) => slope(pi, second[i])),
    q: second.map((qi, i) => slope(qi, first[i])),
  };
}

/** p log(p/q) − p + q ≥ 0, given q − p. */
function excess(p: number, q: number, difference: number): number {
  if (p === 0) return q;
  const t = difference / p;
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
  return p === 0 ? 0 : p * logRatio(p, q, q - p);
}

/** log(p/q), given q − p. */
function logRatio(p: number, q: number, difference: number): number {
  if (q === 0) return p === 0 ? NaN : Infinity;
  const t = difference / p;
  if (t >= -0.25 && t <= 0.25) return -log1pOne(t);
  const ratio = p / q;
  return ratio > 1e-300 && ratio < 1e300 ? logOne(ratio) : logOne(p) - logOne(q);
}
