import { checkNumber, checkOptions, fail } from "../check.js";
import { multiLabelOf } from "../likelihoods/families/multiLabel.js";
import { checkClassWeights } from "./classWeights.js";
import { fractions } from "./domains.js";
import type { Loss } from "./loss.js";
import { makeRowwise } from "./rowwise.js";
import { curvature, gradient, value } from "./weightedBinary.js";

/** Options of a loss of several labels a row. */
export interface MultiLabelOptions {
  /** Labels in a row, an integer ≥ 1. */
  readonly labels: number;
  /** One weight per label, of the rows that have it: finite, ≥ 0. Ones without it. */
  readonly positiveWeights?: ArrayLike<number>;
}

/**
 * Binary cross-entropy of several labels a row, each true or false by itself: the surprisal of as many independent
 * Bernoulli targets.
 *
 * ℓ = Σ_k a_k·y_k·ln(1 + e^−z_k) + (1 − y_k)·ln(1 + e^z_k) nats, a_k the positive weight, 1 by default: the sum over the
 * labels of a row, where some systems take their mean. Gradient (1 − y_k)σ(z_k) − a_k·y_k·σ(−z_k); Hessian diagonal, (a_k·y_k
 * + 1 − y_k)σ(z_k)σ(−z_k). scores, targets: [rows × labels]; targets in [0, 1], fractions allowed. Dropped constant: 0.
 * Likelihood: independent Bernoulli ones; none (null) with positive weights.
 *
 * @param options - `labels`: scores in a row, an integer ≥ 1; `positiveWeights`: one per label, finite and ≥ 0.
 * @returns The loss; its methods throw a RangeError, with row and column, for a target outside [0, 1].
 * @throws TypeError or RangeError for `labels` or `positiveWeights` that do not fit.
 * @example
 * const loss = losses.multiLabelCrossEntropy({ labels: 3 });
 * loss.value([2, 0, -1], [1, 1, 0]); // → 1.133336879121
 * loss.gradient([2, 0, -1], [1, 1, 0]); // → [-0.119202922022, -0.5, 0.26894142137]
 */
export function multiLabelCrossEntropy(options: MultiLabelOptions): Loss {
  checkOptions("options", options, ["labels", "positiveWeights"]);
  const labels = checkNumber("labels", options?.labels, { min: 1, integer: true });
  const weights = checkClassWeights("positiveWeights", options.positiveWeights, labels);
  const even = weights.every((a) => a === 1);
  return makeRowwise({
    name: "multiLabelCrossEntropy",
    options: { labels, positiveWeights: weights },
    classes: labels,
    traits: {
      convex: true,
      strictlyConvex: weights.every((a) => a > 0),
      smooth: true,
      proper: even,
      lipschitz: Math.sqrt(weights.reduce((sum, a) => sum + Math.max(1, a) * Math.max(1, a), 0)),
    },
    separable: weights.every((a) => a > 0),
    width(rows, targets) {
      if (targets.length !== rows * labels) fail("range", "targets", `${rows} x ${labels} numbers`, targets);
      fractions(targets, labels);
      return labels;
    },
    value(z, y) {
      let sum = 0;
      for (let k = 0; k < labels; k++) sum += value(weights[k], z[k], y[k]);
      return sum;
    },
    gradient(z, y, out) {
      for (let k = 0; k < labels; k++) out[k] = gradient(weights[k], z[k], y[k]);
    },
    curvature(z, y, out) {
      out.fill(0);
      for (let k = 0; k < labels; k++) out[(k * (k + 3)) / 2] = curvature(weights[k], z[k], y[k]);
    },
    ...(even && { likelihood: (loss: Loss) => multiLabelOf(loss, labels) }),
  });
}
