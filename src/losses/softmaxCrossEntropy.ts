import { checkNumber, checkOptions } from "../check.js";
import { checkClassWeights } from "./classWeights.js";
import type { Loss } from "./loss.js";
import { softmaxVariant } from "./softmaxOptions.js";
import { checkClasses, plainSoftmax, widthOf } from "./softmaxPlain.js";

/** Options of softmax cross-entropy. */
export interface SoftmaxOptions {
  /** Scores in a row, an integer ≥ 2. */
  readonly classes: number;
  /** One weight per class, finite and ≥ 0: a row counts as much as its class. Ones without it. */
  readonly classWeights?: ArrayLike<number>;
  /** ε in [0, 1]: that share of every target is spread evenly over all classes. 0 without it. */
  readonly labelSmoothing?: number;
  /** The class index of rows that do not count, any integer. None without it. */
  readonly ignoredIndex?: number;
}

/**
 * Softmax cross-entropy on scores, the multinomial logistic loss: the surprisal of a categorical target with these
 * scores.
 *
 * ℓ(z, y) = ln Σ e^z − z_y nats, computed as log1p of the rest plus the margin, so that it keeps its digits down to 0;
 * for a target distribution q: Σ q_k (ln Σ e^z − z_k). With p = softmax(z): gradient p − q, Hessian diag(p) − ppᵀ.
 * scores: [rows × classes]; targets: [rows] class indices 0..classes−1, or [rows × classes] distributions that sum to 1
 * within 1e-6. Dropped constant: 0. Likelihood: categorical.
 *
 * With class weights c and label smoothing ε a row costs Σ a_k(ln Σ e^z − z_k), a_k = c_k((1 − ε)q_k + ε/K), and a mean is
 * divided by Σ w·c_y over the rows that are not ignored (for distributions Σ w), in fits too. Neither is a likelihood
 * (null), nor is a loss that ignores rows.
 *
 * @param options - `classes`: scores in a row, an integer ≥ 2; `classWeights`: one per class, finite and ≥ 0;
 *   `labelSmoothing`: ε in [0, 1]; `ignoredIndex`: the index of rows that do not count.
 * @returns The loss; its methods throw a RangeError, with row and column, for a target outside its domain.
 * @throws TypeError or RangeError for `classes` that is no integer ≥ 2, or another option outside its range.
 * @see Bishop, *Pattern Recognition and Machine Learning*, 2006, §4.3.4
 * @example
 * const loss = losses.softmaxCrossEntropy({ classes: 3 });
 * loss.value([2, 1, 0], [0]); // → 0.407605964444
 * loss.gradient([2, 1, 0], [0]); // → [-0.334759044225, 0.244728471055, 0.09003057317]
 * loss.value([0, 40, 0], [1]); // → 8.49670851e-18
 * losses.softmaxCrossEntropy({ classes: 3, labelSmoothing: 0.1 }).value([2, 1, 0], [0]); // → 0.507605964444
 * losses.softmaxCrossEntropy({ classes: 3, ignoredIndex: -1 }).value([2, 1, 0, 9, 9, 9], [0, -1]); // → 0.407605964444
 */
export function softmaxCrossEntropy(options: SoftmaxOptions): Loss {
  checkOptions("options", options, ["classes", "classWeights", "labelSmoothing", "ignoredIndex"]);
  const classes = checkClasses(options?.classes);
  const { labelSmoothing: smoothing, ignoredIndex: index } = options;
  const labelSmoothing = smoothing === undefined ? 0 : checkNumber("labelSmoothing", smoothing, { min: 0, max: 1 });
  const ignoredIndex = index === undefined ? null : checkNumber("ignoredIndex", index, { integer: true });
  const plain = labelSmoothing === 0 && ignoredIndex === null;
  if (plain && options.classWeights === undefined) return plainSoftmax(classes);
  const classWeights = checkClassWeights("classWeights", options.classWeights, classes);
  if (plain && classWeights.every((c) => c === 1)) return plainSoftmax(classes);
  const width = (rows: number, targets: Float64Array): number => widthOf(classes, ignoredIndex, rows, targets);
  return softmaxVariant("softmaxCrossEntropy", { classes, classWeights, labelSmoothing, ignoredIndex, width });
}
