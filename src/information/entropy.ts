import { logOne } from "../backend/typescript/math/log.js";
import {
  type InformationGradients,
  type InformationOptions,
  settings,
  settingsOfTwo,
  slopeByModel,
  total,
} from "./probabilities.js";

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
 * Gradient of {@link entropy}: ∂H/∂p_i = −(log p_i + 1), each entry taken as free (no constraint on the sum), in nats,
 * or in units of log `base`; +Infinity at p_i = 0.
 *
 * @param p - Probabilities [k].
 * @param options - As for {@link entropy}; with `normalize` the gradient is by the normalised entries.
 * @returns [k].
 * @throws TypeError or RangeError as {@link entropy} does.
 * @example
 * entropyGradient([0.5, 0.5], { base: 2 }); // → [-0.44269504, -0.44269504]
 */
export function entropyGradient(p: ArrayLike<number>, options?: InformationOptions): Float64Array {
  const { scale, read } = settings(options);
  return read("p", p).values.map((pi) => -(logOne(pi) + 1) / scale);
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
  const { scale, truth, model } = settingsOfTwo(p, q, options);
  return total(truth.values, (pi, i) => (pi === 0 ? 0 : -pi * logOne(model.values[i]))) / scale;
}

/**
 * Gradients of {@link crossEntropy}: ∂H/∂p_i = −log q_i and ∂H/∂q_i = −p_i/q_i, each entry taken as free, in nats, or in
 * units of log `base`. By q it is 0 where p_i = 0 and −Infinity where q_i = 0 < p_i; by p it is +Infinity where q_i = 0.
 *
 * @param p - Probabilities of the truth [k].
 * @param q - Probabilities of the model [k].
 * @param options - As for {@link crossEntropy}; with `normalize` the gradients are by the normalised entries.
 * @returns The gradients by p and by q, [k] each.
 * @throws TypeError or RangeError as {@link crossEntropy} does.
 * @example
 * crossEntropyGradient([0, 1], [0.2, 0.8]).q; // → [0, -1.25]
 */
export function crossEntropyGradient(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  options?: InformationOptions,
): InformationGradients {
  const { scale, truth, model } = settingsOfTwo(p, q, options);
  return {
    p: model.values.map((qi) => -logOne(qi) / scale),
    q: truth.values.map((pi, i) => slopeByModel(pi, model.values[i]) / scale),
  };
}
