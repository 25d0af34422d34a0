import { leafTwin } from "./leafTwin.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Share } from "../weights.js";
import type { LossSettings, Traits } from "./traits.js";

/** A loss of several scores per row: three functions of the scores and targets of a row, and what they declare. */
export interface Rowwise {
  readonly name: string;
  /** Scores in a row. */
  readonly classes: number;
  readonly traits: Traits;
  /** True if every target pulls its score without end (default false). */
  readonly separable?: boolean;
  /** Targets in a row; throws unless all lie in the domain. */
  readonly width: (rows: number, targets: Float64Array) => number;
  /** True if the scores divide classes in order, which thresholds among the parameters do (default false). */
  readonly ordered?: boolean;
  /** What a row of a class counts in a mean (default 1). */
  readonly share?: Share;
  /** ℓ(scores, targets) in nats. */
  readonly value: (scores: Float64Array, targets: Float64Array) => number;
  /** ∂ℓ/∂score_k to out[k]. */
  readonly gradient: (scores: Float64Array, targets: Float64Array, out: Float64Array) => void;
  /** ∂²ℓ/∂score_k∂score_l, k ≥ l, to out[k(k+1)/2 + l]. */
  readonly curvature: (scores: Float64Array, targets: Float64Array, out: Float64Array) => void;
  /** The options of its factory (default none). */
  readonly options?: LossSettings;
  /** The likelihood that it is up to a constant (default none). */
  readonly likelihood?: (loss: Loss) => Likelihood;
}

/** Makes a loss of its three functions: it runs on either backend, in the twin, with the same bits. */
export function makeRowwise(record: Rowwise): Loss {
  const { name, classes, traits, separable = false, ordered = false, width, share, options } = record;
  return makeLoss({
    name,
    classes,
    traits,
    separable,
    ordered,
    kernels: (rows, targets) => kernelsOf(record, width(rows, targets)),
    ...(share && { share }),
    ...(options && { options }),
    likelihood: (loss) => record.likelihood?.(loss) ?? null,
  });
}

function kernelsOf({ classes, value, gradient, curvature }: Rowwise, width: number): LossKernels {
  const slopes = new Float64Array(classes);
  const z = new Float64Array(classes);
  const y = new Float64Array(width);

  /** Row i, copied: sooner done than making views. */
  function take(i: number, scores: Float64Array, targets: Float64Array): void {
    for (let k = 0; k < classes; k++) z[k] = scores[i * classes + k];
    for (let k = 0; k < width; k++) y[k] = targets[i * width + k];
  }

  return {
    loss: {
      name: null,
      twin: leafTwin((begin, end, scores, targets, weights, out, losses) => {
        for (let i = begin; i < end; i++) {
          if (weights !== null && weights[i] === 0) continue;
          take(i, scores, targets);
          losses[i - begin] = value(z, y);
          if (out === null) continue;
          gradient(z, y, slopes);
          for (let k = 0; k < classes; k++) out[i * classes + k] = slopes[k];
        }
      }),
    },
    curvature: {
      name: null,
      twin(rows, columns, scores, targets, weights, out) {
        const pairs = new Float64Array((columns * (columns + 1)) / 2);
        for (let i = 0; i < rows; i++) {
          const w = weights === null ? 1 : weights[i];
          if (w === 0) pairs.fill(0);
          else {
            take(i, scores, targets);
            curvature(z, y, pairs);
          }
          for (let pair = 0; pair < pairs.length; pair++) out[pair * rows + i] = w * pairs[pair];
        }
      },
    },
    width,
    threshold: Infinity,
  };
}
