import { SMALL_STACK, leafRows, stackDepth } from "../backend/leaves.js";
import { carry, collapse, nodeOf } from "../backend/typescript/tree.js";
import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { rowOf } from "../features.js";
import type { LossKernels } from "../losses/loss.js";
import type { BoundModel } from "./model.js";

/** Functions of a row, and the length of θ. */
interface Rows {
  readonly name: string;
  readonly size: number;
  readonly scores: (parameters: Float64Array, features: Float64Array, out: Float64Array) => void;
  readonly gradient: (
    parameters: Float64Array,
    features: Float64Array,
    slopes: Float64Array,
    out: Float64Array,
  ) => void;
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
  const { loss, width } = kernels;

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

  return {
    layout: { outputs: 1, features: size, intercept: false },
    activation: model.name,
    linear: false,
    capabilities: Object.freeze([]),
    begin(parameters, order) {
      const theta = Float64Array.from(parameters);
      const scores = new Float64Array(leaf * outputs);
      const residuals = order === 0 ? null : new Float64Array(leaf * outputs);
      const values = new Float64Array(SMALL_STACK);
      const nodes = new Float64Array(order === 0 ? 0 : stackDepth(leaves) * size);
      let next = 0;
      const one = (): void => {
        const views = vectors();
        const begin = next * leaf;
        const end = Math.min(begin + leaf, rows);
        const features = scoresOf(views, theta, begin, end, scores);
        const y = views.targets.subarray(begin * width, end * width);
        const w = views.weights?.subarray(begin, end) ?? null;
        loss.twin(end - begin, outputs, next, scores, y, w, residuals, 1, values);
        if (residuals !== null) {
          const place = nodeOf(next, size);
          const node = nodes.subarray(place, place + size);
          node.fill(0);
          features.forEach((row, r) => {
            if (w !== null && w[r] === 0) return;
            model.gradient(theta, row, residuals.subarray(r * outputs, (r + 1) * outputs), node);
          });
          carry(next, size, nodes);
        }
        next++;
      };
      const result = {
        done: false,
        value: NaN,
        gradient: new Float64Array(order === 0 ? 0 : size),
        hessian: null,
        advance(units: number): boolean {
          for (let left = units; left > 0 && next < leaves; left--) one();
          if (result.done || next < leaves) return result.done;
          collapse(leaves, 1, values);
          result.value = values[0];
          if (order > 0) {
            collapse(leaves, size, nodes);
            result.gradient.set(nodes.subarray(0, size));
          }
          return (result.done = true);
        },
      };
      return result;
    },
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
