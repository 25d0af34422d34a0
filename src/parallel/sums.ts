/**
 * The sums of one worker: of its blocks of rows, a node for each.
 *
 * @module
 */

import { type Dataset, dataset } from "../dataset.js";
import { fromJSON } from "../models/fromJSON.js";
import type { BoundModel, DataEvaluation } from "../models/model.js";
import { withTargets } from "../models/withVectors.js";
import type { Order } from "../optimizers/optimizer.js";
import { type PostedLoss, lossOfRows, readLoss } from "./posted.js";

/** The rows of a block as they are sent. */
export interface BlockRows {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
  readonly offset: Float64Array | null;
}

/** The data set of each block. */
export function datasetsOf(columns: number, blocks: readonly BlockRows[]): Dataset[] {
  return blocks.map(({ x, y, weights, offset }) =>
    dataset(x, y, { columns, ...(weights && { weights }), ...(offset && { offset }) }),
  );
}

/** What is summed over the rows. */
export interface SumsStatement {
  readonly loss: PostedLoss;
  readonly model: unknown;
}

/** What is summed over blocks of rows that stay where they are. */
export class Sums {
  readonly #models: readonly BoundModel[];

  constructor(blocks: readonly Dataset[], { loss: posted, model: json }: SumsStatement) {
    const model = fromJSON(json);
    let begin = 0;
    this.#models = blocks.map((data) => {
      const loss = readLoss(lossOfRows(posted, begin, begin + data.rows));
      begin += data.rows;
      const kernels = loss.kernels(data.rows, data.targets!);
      return model.bind(withTargets(data, kernels.targets), loss.classes, kernels);
    });
  }

  /** Value, gradient and Hessian of each block, one after the other. */
  evaluate(parameters: Float64Array, order: Order): Float64Array {
    return this.#nodes((model) => model.begin(parameters, order));
  }

  /** The Hessian of each block times a direction, or its diagonal. */
  multiply(parameters: Float64Array, direction: Float64Array | null): Float64Array {
    return this.#nodes((model) => model.beginProduct!(parameters, direction));
  }

  #nodes(begin: (model: BoundModel) => DataEvaluation): Float64Array {
    let out = new Float64Array(0);
    this.#models.forEach((model, k) => {
      const evaluation = begin(model);
      evaluation.advance(Infinity);
      const parts = partsOf(evaluation);
      const size = parts.reduce((sum, part) => sum + part.length, 0);
      if (k === 0) out = new Float64Array(size * this.#models.length);
      let at = k * size;
      for (const part of parts) {
        out.set(part, at);
        at += part.length;
      }
    });
    return out;
  }
}

/** What an evaluation gives, in one order. */
export function partsOf({ value, gradient, hessian, product }: DataEvaluation): Float64Array[] {
  if (product !== undefined) return [product];
  return [Float64Array.of(value), gradient, ...(hessian ? [hessian] : [])];
}
