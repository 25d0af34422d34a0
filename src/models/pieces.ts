import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { sparsePartsOf } from "../features.js";
import type { Loss } from "../losses/loss.js";
import type { Pieces } from "../optimizers/pieces.js";
import { type Terms, sizeOf } from "../priors/terms.js";
import type { BoundModel } from "./model.js";

/** The rows of a linear model under a loss of pieces, on the sum scale; null for other models and losses. */
export function piecesOf(
  data: Dataset,
  { pieces }: Loss,
  bound: BoundModel,
  terms: Terms,
  dispersion: number,
): Pieces | null {
  const { outputs, features, intercept } = bound.layout;
  if (pieces === null || !bound.linear || outputs !== 1) return null;
  const { rows, weights, targets } = data;
  const size = sizeOf(bound.layout);
  const shift = intercept ? 1 : 0;
  const each = Array.from(targets!, pieces.piece);
  const scaled = (slope: number, i: number): number => {
    const weight = weights === null ? 1 : weights[i];
    return weight === 0 ? 0 : (weight * slope) / dispersion;
  };
  const offset = offsetOf(data);
  return Object.freeze<Pieces>({
    rows,
    ...(data.storage === "sparse" && { sparse: () => sparsePartsOf(data)! }),
    design() {
      if (data.storage === "sparse") {
        fail("type", "X", "dense rows, unless dualCoordinateDescent can take the objective", "a sparse matrix");
      }
      const design = new Float64Array(rows * size);
      bound.eachRow((i, x) => {
        if (intercept) design[i * size] = 1;
        for (let j = 0; j < features; j++) design[i * size + shift + j] = x[j];
      });
      return design;
    },
    kink: Float64Array.from(each, ({ kink }, i) => kink - (offset === null ? 0 : offset[i])),
    below: Float64Array.from(each, ({ below }, i) => scaled(below, i)),
    above: Float64Array.from(each, ({ above }, i) => scaled(above, i)),
    curvature: each.some(({ curvature }) => curvature !== undefined)
      ? Float64Array.from(each, ({ curvature = 0 }, i) => scaled(curvature, i))
      : null,
    precision: terms.precision,
    rate: terms.rate,
    mean: terms.mean,
    intercept,
    names: intercept ? ["(intercept)", ...data.names] : data.names,
    choose: pieces.choose,
    complete: terms.smooth === null,
  });
}

function offsetOf(data: Dataset): Float64Array | null {
  if (data.offsetLength === 0) return null;
  const { store, offset } = data.vectors();
  return store.view(offset, data.rows).slice();
}
