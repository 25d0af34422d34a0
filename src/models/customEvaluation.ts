import { SMALL_STACK, leafRows, stackDepth } from "../backend/leaves.js";
import { carry, collapse, nodeOf } from "../backend/typescript/tree.js";
import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { rowOf } from "../features.js";
import type { LossKernels } from "../losses/loss.js";
import { addCurvature, addProduct, eachThatCounts } from "./customCurvature.js";
import type { CustomModelRows, Leaf } from "./customRows.js";
import type { BoundModel, DataEvaluation } from "./model.js";

/** Outputs up to which second derivatives are offered: losses give a curvature for each pair of outputs. */
const MOST_HESSIAN_OUTPUTS = 64;

/** Parameters up to which a matrix of them is offered, of which every level of the tree holds one. */
const MOST_HESSIAN_PARAMETERS = 1024;

/**
 * A model of rows on its data: leaf by leaf, the gradient of a leaf starting at +0 and adding row after row; leaves merge by
 * the tree.
 */
export function makeCustom(data: Dataset, outputs: number, model: CustomModelRows, kernels: LossKernels): BoundModel {
  const { size } = model;
  const { rows } = data;
  if (data.offsetLength !== 0 && data.offsetLength !== rows * outputs) {
    fail("range", "offset", `${rows} x ${outputs} numbers`, `${data.offsetLength} numbers`);
  }
  const leaf = leafRows(outputs);
  const leaves = Math.ceil(rows / leaf);
  const { loss, curvature } = kernels;

  const vectors = () => {
    const { store, targets, weights, offset } = data.vectors();
    const view = (ref: unknown, length: number): Float64Array => store.view(ref, length);
    return {
      targets: view(targets, rows * kernels.width),
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
    own: Pick<DataEvaluation, "gradient" | "product"> & { readonly hessian?: Float64Array },
    add: ((leaf: Leaf, node: Float64Array) => void) | null,
  ): DataEvaluation {
    const width = (own.product ?? own.gradient).length + (own.hessian?.length ?? 0);
    const scores = new Float64Array(leaf * outputs);
    const residuals = new Float64Array(add === null ? 0 : leaf * outputs);
    const values = new Float64Array(SMALL_STACK);
    const nodes = new Float64Array(add === null ? 0 : stackDepth(leaves) * width);
    let next = 0;
    const one = (): void => {
      const views = vectors();
      const begin = next * leaf;
      const end = Math.min(begin + leaf, rows);
      const features = scoresOf(views, theta, begin, end, scores);
      const targets = views.targets.subarray(begin * kernels.width, end * kernels.width);
      const weights = views.weights?.subarray(begin, end) ?? null;
      loss.twin(end - begin, outputs, next, scores, targets, weights, add === null ? null : residuals, 1, values);
      if (add !== null) {
        const place = nodeOf(next, width);
        const node = nodes.subarray(place, place + width);
        node.fill(0);
        add({ features, scores, residuals, targets, weights }, node);
        carry(next, width, nodes);
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
          collapse(leaves, width, nodes);
          (own.product ?? own.gradient).set(nodes.subarray(0, size));
          own.hessian?.set(nodes.subarray(size, width));
        }
        return (result.done = true);
      },
    };
    return result;
  }

  const bends = outputs <= MOST_HESSIAN_OUTPUTS;
  const offersProduct = bends && (model.hessianVector ?? model.hessian) !== undefined;
  const offersMatrix = bends && size <= MOST_HESSIAN_PARAMETERS;
  return {
    layout: { outputs: 1, features: size, intercept: false },
    activation: model.name,
    linear: false,
    capabilities: Object.freeze([
      ...(offersMatrix ? [model.hessian === undefined ? ("gaussNewton" as const) : ("hessian" as const)] : []),
      ...(offersProduct ? ["hessianVector" as const] : []),
    ]),
    begin(parameters, order) {
      const theta = Float64Array.from(parameters);
      const gradient = new Float64Array(order === 0 ? 0 : size);
      if (order === 0) return inLeaves(theta, { gradient }, null);
      if (order === 2 && offersMatrix) {
        const hessian = new Float64Array((size * (size + 1)) / 2);
        return inLeaves(theta, { gradient, hessian }, addCurvature(model, outputs, theta, curvature));
      }
      return inLeaves(theta, { gradient }, (block, node) => {
        eachThatCounts(block, outputs, (_, row, slopes) => model.gradient(theta, row, slopes, node));
      });
    },
    ...(offersProduct && {
      beginProduct(parameters: Float64Array, direction: Float64Array | null) {
        if (direction === null) {
          return fail("type", "direction", "a Float64Array: a model of one's own offers no diagonal", direction);
        }
        const theta = Float64Array.from(parameters);
        const own = { gradient: new Float64Array(0), product: new Float64Array(size) };
        return inLeaves(theta, own, addProduct(model, outputs, theta, Float64Array.from(direction), curvature));
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
