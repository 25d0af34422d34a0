import { SMALL_STACK, leafRows, stackDepth } from "../backend/leaves.js";
import { carry, collapse, nodeOf } from "../backend/typescript/tree.js";
import { dotSlots } from "../backend/typescript/vector.js";
import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { rowOf } from "../features.js";
import type { LossKernels } from "../losses/loss.js";
import type { BoundModel, DataEvaluation } from "./model.js";

/** What a model of one's own is made of: functions of one row. */
export interface CustomModel {
  /** Its name. */
  readonly name: string;
  /** Length of θ for a number of columns and of scores per row. */
  readonly size: (columns: number, outputs: number) => number;
  /** Writes the scores of a row to `out` [outputs], from θ [size] and its features [columns]. */
  readonly scores: (parameters: Float64Array, features: Float64Array, out: Float64Array) => void;
  /** Adds to `out` [size] the derivative by θ of Σ_k slopes_k·score_k of a row; slopes: [outputs]. */
  readonly gradient: (
    parameters: Float64Array,
    features: Float64Array,
    slopes: Float64Array,
    out: Float64Array,
  ) => void;
  /**
   * Adds to `out` [size] the second derivative by θ of Σ_k slopes_k·score_k of a row, times direction [size]; nothing for
   * scores linear in θ. With it objectives have Hessian times vector, for `optimizers.newtonCG` and diagnostics.
   */
  readonly hessianVector?: (
    parameters: Float64Array,
    features: Float64Array,
    slopes: Float64Array,
    direction: Float64Array,
    out: Float64Array,
  ) => void;
  /** Where a minimisation starts if nobody says; zeros without it. */
  readonly start?: (columns: number, outputs: number) => ArrayLike<number>;
}

/** Outputs up to which Hessian times vector is offered: losses give a curvature for each pair of outputs. */
const MOST_HESSIAN_OUTPUTS = 64;

/** Functions of a row, and the length of θ. */
interface Rows extends Omit<CustomModel, "size" | "start"> {
  readonly size: number;
}

/** A leaf of rows: their features, scores and derivatives by the scores, with what they are compared with. */
interface Leaf {
  readonly features: readonly Float64Array[];
  readonly scores: Float64Array;
  readonly residuals: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array | null;
}

/**
 * A model of rows on its data: leaf by leaf, the gradient of a leaf starting at +0 and adding row after row; leaves merge by
 * the tree.
 */
export function makeCustom(data: Dataset, outputs: number, model: Rows, kernels: LossKernels): BoundModel {
  const { size } = model;
  const { rows } = data;
  if (data.offsetLength !== 0 && data.offsetLength !== rows * outputs) {
    fail("range", "offset", `${rows} x ${outputs} numbers`, `${data.offsetLength} numbers`);
  }
  const leaf = leafRows(outputs);
  const leaves = Math.ceil(rows / leaf);
  const { loss, curvature, width } = kernels;

  const vectors = () => {
    const { store, targets, weights, offset } = data.vectors();
    const view = (ref: unknown, length: number): Float64Array => store.view(ref, length);
    return {
      targets: view(targets, rows * width),
      weights: weights === null ? null : view(weights, rows),
      offset: offset === null ? null : view(offset, rows * outputs),
    };
  };
  type Views = ReturnType<typeof vectors>;

  /** Scores of the rows begin .. end, and the features of each, copied: no function sees the data themselves. */
  function scoresOf(views: Views, theta: Float64Array, begin: number, end: number, out: Float64Array): Float64Array[] {
    return Array.from({ length: end - begin }, (_, r) => {
      const features = rowOf(data, begin + r);
      const own = out.subarray(r * outputs, (r + 1) * outputs);
      own.fill(NaN);
      model.scores(theta, features, own);
      if (views.offset !== null) for (let k = 0; k < outputs; k++) own[k] += views.offset[(begin + r) * outputs + k];
      return features;
    });
  }

  /** An evaluation that does leaf after leaf: their losses and, where `add` is given, what it adds to the node of a leaf. */
  function inLeaves(
    theta: Float64Array,
    own: Pick<DataEvaluation, "gradient" | "product">,
    add: ((leaf: Leaf, node: Float64Array) => void) | null,
  ): DataEvaluation {
    const scores = new Float64Array(leaf * outputs);
    const residuals = new Float64Array(add === null ? 0 : leaf * outputs);
    const values = new Float64Array(SMALL_STACK);
    const nodes = new Float64Array(add === null ? 0 : stackDepth(leaves) * size);
    let next = 0;
    const one = (): void => {
      const views = vectors();
      const begin = next * leaf;
      const end = Math.min(begin + leaf, rows);
      const features = scoresOf(views, theta, begin, end, scores);
      const targets = views.targets.subarray(begin * width, end * width);
      const weights = views.weights?.subarray(begin, end) ?? null;
      loss.twin(end - begin, outputs, next, scores, targets, weights, add === null ? null : residuals, 1, values);
      if (add !== null) {
        const place = nodeOf(next, size);
        const node = nodes.subarray(place, place + size);
        node.fill(0);
        add({ features, scores, residuals, targets, weights }, node);
        carry(next, size, nodes);
      }
      next++;
    };
    const result = {
      ...{ done: false, value: NaN, hessian: null },
      ...own,
      advance(units: number): boolean {
        for (let left = units; left > 0 && next < leaves; left--) one();
        if (result.done || next < leaves) return result.done;
        collapse(leaves, 1, values);
        result.value = values[0];
        if (add !== null) {
          collapse(leaves, size, nodes);
          (own.product ?? own.gradient).set(nodes.subarray(0, size));
        }
        return (result.done = true);
      },
    };
    return result;
  }

  /** Calls back with the rows of a leaf that count, and the derivatives of each by its scores. */
  function eachThatCounts(
    { features, residuals, weights }: Leaf,
    visit: (row: number, features: Float64Array, slopes: Float64Array) => void,
  ): void {
    features.forEach((row, r) => {
      if (weights === null || weights[r] !== 0) visit(r, row, residuals.subarray(r * outputs, (r + 1) * outputs));
    });
  }

  /**
   * Hessian times a direction v of the rows of a leaf: the curvature of the loss between the scores, Jᵀ(C·(J·v)) with J the
   * derivatives of a row's scores by θ, then that of the scores themselves.
   */
  function addProduct(theta: Float64Array, direction: Float64Array): (leaf: Leaf, node: Float64Array) => void {
    const pairs = new Float64Array(leaf * ((outputs * (outputs + 1)) / 2));
    const unit = new Float64Array(outputs);
    const moves = new Float64Array(outputs);
    const pulls = new Float64Array(outputs);
    const slopes = new Float64Array(size);
    return (block, node) => {
      const count = block.features.length;
      curvature.twin(count, outputs, block.scores, block.targets, block.weights, pairs);
      eachThatCounts(block, (r, row, residuals) => {
        for (let k = 0; k < outputs; k++) {
          unit.fill(0);
          unit[k] = 1;
          slopes.fill(0);
          model.gradient(theta, row, unit, slopes);
          moves[k] = dotSlots(size, slopes, 0, direction, 0);
        }
        for (let k = 0; k < outputs; k++) {
          pulls[k] = 0;
          for (let l = 0; l < outputs; l++) {
            const pair = k >= l ? (k * (k + 1)) / 2 + l : (l * (l + 1)) / 2 + k;
            pulls[k] += pairs[pair * count + r] * moves[l];
          }
        }
        model.gradient(theta, row, pulls, node);
        model.hessianVector!(theta, row, residuals, direction, node);
      });
    };
  }

  const offered = model.hessianVector !== undefined && outputs <= MOST_HESSIAN_OUTPUTS;
  return {
    layout: { outputs: 1, features: size, intercept: false },
    activation: model.name,
    linear: false,
    capabilities: Object.freeze(offered ? ["hessianVector" as const] : []),
    begin(parameters, order) {
      const theta = Float64Array.from(parameters);
      const gradient = new Float64Array(order === 0 ? 0 : size);
      if (order === 0) return inLeaves(theta, { gradient }, null);
      return inLeaves(theta, { gradient }, (block, node) => {
        eachThatCounts(block, (_, row, slopes) => model.gradient(theta, row, slopes, node));
      });
    },
    ...(offered && {
      beginProduct(parameters: Float64Array, direction: Float64Array | null) {
        if (direction === null) {
          return fail("type", "direction", "a Float64Array: a model of one's own offers no diagonal", direction);
        }
        const theta = Float64Array.from(parameters);
        const own = { gradient: new Float64Array(0), product: new Float64Array(size) };
        return inLeaves(theta, own, addProduct(theta, Float64Array.from(direction)));
      },
    }),
    scores(parameters) {
      const out = new Float64Array(rows * outputs);
      scoresOf(vectors(), Float64Array.from(parameters), 0, rows, out);
      return out;
    },
    eachRow(visit) {
      for (let i = 0; i < rows; i++) visit(i, rowOf(data, i));
    },
  };
}
