import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Order } from "../optimizers/optimizer.js";
import { type Layout, sizeOf } from "../priors/terms.js";
import { makeLinear } from "./linearEvaluation.js";
import type { BoundModel, DataEvaluation } from "./model.js";

/**
 * The parallel model on its data: the linear one of as many outputs, whose rows [θ_k, −coefficients] share their
 * coefficients; derivatives are summed over those that are the same number.
 */
export function makeParallel(data: Dataset, outputs: number, kernels: LossKernels): BoundModel {
  const inner = makeLinear(data, outputs, true, kernels);
  const { columns } = data;
  const layout: Layout = { outputs: 1, features: columns, intercept: false, thresholds: outputs };
  const size = sizeOf(layout);
  const stride = columns + 1;
  /** The place in θ of a place among the rows. */
  const placeOf = (at: number): number => (at % stride === 0 ? at / stride : outputs + (at % stride) - 1);
  const signOf = (at: number): number => (at % stride === 0 ? 1 : -1);
  const places = Int32Array.from({ length: outputs * stride }, (_, at) => placeOf(at));

  const spread = (values: Float64Array): Float64Array =>
    Float64Array.from(places, (place, at) => signOf(at) * values[place]);
  const gather = (rows: Float64Array, out: Float64Array): void => {
    out.fill(0);
    for (let at = 0; at < rows.length; at++) out[places[at]] += signOf(at) * rows[at];
  };
  const gatherPairs = (packed: Float64Array, out: Float64Array): void => {
    out.fill(0);
    for (let a = 0, at = 0; a < places.length; a++) {
      for (let b = 0; b <= a; b++, at++) {
        const high = Math.max(places[a], places[b]);
        const low = Math.min(places[a], places[b]);
        const value = signOf(a) * signOf(b) * packed[at];
        // Off the diagonal of the rows an entry stands for two, which on the diagonal of θ are one.
        out[(high * (high + 1)) / 2 + low] += a !== b && high === low ? 2 * value : value;
      }
    }
  };

  function wrap(evaluation: DataEvaluation, order: Order, product: boolean): DataEvaluation {
    const result = {
      done: false,
      value: NaN,
      gradient: new Float64Array(order === 0 || product ? 0 : size),
      hessian: order === 2 ? new Float64Array((size * (size + 1)) / 2) : null,
      ...(product && { product: new Float64Array(size) }),
      advance(units: number): boolean {
        if (result.done || !evaluation.advance(units)) return result.done;
        result.value = evaluation.value;
        if (product) gather(evaluation.product!, result.product!);
        else if (order > 0) gather(evaluation.gradient, result.gradient);
        if (result.hessian !== null) gatherPairs(evaluation.hessian!, result.hessian);
        return (result.done = true);
      },
    };
    return result;
  }

  return {
    layout,
    linear: true,
    capabilities: Object.freeze(inner.capabilities.filter((one) => one !== "diagonal" && one !== "coordinates")),
    begin: (parameters, order) => wrap(inner.begin(spread(parameters), order), order, false),
    ...(inner.beginProduct && {
      beginProduct(parameters: Float64Array, direction: Float64Array | null): DataEvaluation {
        if (direction === null) return fail("type", "direction", "a vector: the diagonal is not offered", direction);
        return wrap(inner.beginProduct!(spread(parameters), spread(direction)), 0, true);
      },
    }),
    scores: (parameters) => inner.scores(spread(parameters)),
    eachRow: (visit) => inner.eachRow(visit),
  };
}
