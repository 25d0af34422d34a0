import { fail } from "../check.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { type Domain, finite } from "./domains.js";
import { type LeafLoss, leafTwin } from "./leafTwin.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";
import type { PiecesOfLoss } from "./pieces.js";
import type { LossSettings, Traits } from "./traits.js";

/** ℓ and its slope, by functions of one row. */
interface ByRows {
  /** ℓ(score, target) in nats. */
  readonly value: (score: number, target: number) => number;
  /** ∂ℓ/∂score; at a kink 0. */
  readonly gradient: (score: number, target: number) => number;
}

/** Both in one loop of the loss's own: for arithmetic so little that calling functions would take longer. */
interface ByLeaf {
  readonly leaf: LeafLoss;
}

/** A loss of one score per row: functions of a score and a target, and what they declare. */
export type Pointwise = Declared & (ByRows | ByLeaf);

interface Declared {
  readonly name: string;
  readonly traits: Traits;
  /** True if every target pulls its score without end (default false). */
  readonly separable?: boolean;
  /** ∂²ℓ/∂score². */
  readonly curvature: (score: number, target: number) => number;
  /** A score of its domain, where 0 is none. */
  readonly start?: number;
  /** Which targets it takes (default all finite ones). */
  readonly domain?: Domain;
  /** What rows are as pieces, linear or square on either side of one kink (default none). */
  readonly pieces?: PiecesOfLoss;
  /** The target as a fraction of a success, where it is another number (default as it is). */
  readonly fraction?: (target: number) => number;
  /** The options of its factory (default none); null where that cannot make it again. */
  readonly options?: LossSettings | null;
  /** The likelihood that it is up to a constant (default none). */
  readonly likelihood?: (loss: Loss) => Likelihood;
}

/** Makes a loss of its functions: it runs on either backend, in the twin, with the same bits. */
export function makePointwise(record: Pointwise): Loss {
  const { name, traits, separable = false, domain = finite, fraction, options } = record;
  const kernels = kernelsOf(record);
  return makeLoss({
    name,
    classes: 1,
    traits,
    separable,
    ...(record.pieces && { pieces: record.pieces }),
    ...(record.start !== undefined && { start: record.start }),
    ...(options !== undefined && { options }),
    kernels(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      domain(targets);
      return fraction === undefined ? kernels : { ...kernels, fractions: targets.map(fraction) };
    },
    likelihood: (loss) => record.likelihood?.(loss) ?? null,
  });
}

/** The losses of a leaf by functions of one row. */
function byRows({ value, gradient }: ByRows): LeafLoss {
  return (begin, end, scores, targets, weights, out, losses) => {
    for (let i = begin; i < end; i++) {
      if (weights !== null && weights[i] === 0) continue;
      losses[i - begin] = value(scores[i], targets[i]);
      if (out !== null) out[i] = gradient(scores[i], targets[i]);
    }
  };
}

function kernelsOf(record: Pointwise): LossKernels {
  const { curvature } = record;
  return {
    loss: { name: null, twin: leafTwin("leaf" in record ? record.leaf : byRows(record)) },
    curvature: {
      name: null,
      twin(rows, _columns, scores, targets, weights, out) {
        for (let i = 0; i < rows; i++) {
          const w = weights === null ? 1 : weights[i];
          out[i] = w === 0 ? 0 : w * curvature(scores[i], targets[i]);
        }
      },
    },
    width: 1,
    threshold: Infinity,
  };
}
