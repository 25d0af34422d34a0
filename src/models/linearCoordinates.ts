import type { Column } from "./columns.js";
import { ColumnDescent } from "./columnDescent.js";
import type { LinearProduct } from "./linearProduct.js";
import type { CoordinateModel, DataEvaluation } from "./model.js";

const nothing = /*#__PURE__*/ new Float64Array(0);

/** Filled when done: the point, and −Infinity as the value where the model falls without end along a coordinate. */
interface CoordinateResult {
  value: number;
  readonly product: Float64Array;
}

/**
 * The minimum of the quadratic model of Σ w·ℓ, with what a prior adds and its absolute values, over some coordinates: by
 * descent on their columns of X, which are copied once. One output.
 */
export class LinearCoordinates<Ref> {
  readonly #product: LinearProduct<Ref>;
  readonly #kept = new Map<number, Column>();

  constructor(product: LinearProduct<Ref>) {
    this.#product = product;
  }

  begin(parameters: Float64Array, model: CoordinateModel): DataEvaluation {
    const { ground } = this.#product;
    const point = parameters.slice();
    const product = point.slice();
    ground.write(point, ground.parameters);
    return ground.stepwise({ value: NaN, gradient: nothing, hessian: null, product }, (result) =>
      this.#steps(point, model, result),
    );
  }

  *#steps(point: Float64Array, model: CoordinateModel, result: CoordinateResult): Generator<void, void> {
    const { intercept } = this.#product.ground.layout;
    const first = intercept ? 1 : 0;
    const held = intercept && model.rate[0] === 0;
    const places = Int32Array.from(point.keys()).filter((j) => !Number.isNaN(model.slope[j]) && (j > 0 || !held));
    const curvature = yield* this.#curvature(model.scale);
    const columns = yield* this.#columnsOf(places.map((j) => j - first));
    const take = (values: ArrayLike<number>): Float64Array => Float64Array.from(places, (j) => values[j]);
    const own = {
      ...{ columns, curvature, point: take(point), slope: take(model.slope) },
      ...{ ridge: take(model.ridge), rate: take(model.rate), center: take(model.center) },
      intercept: held ? { slope: model.slope[0], ridge: model.ridge[0] } : null,
    };
    const { shift, flat } = yield* new ColumnDescent(own).run(model.accuracy);
    places.forEach((j, k) => (result.product[j] = own.point[k]));
    if (held) result.product[0] += shift;
    if (flat) result.value = -Infinity;
  }

  /** The curvature of every row, divided by `scale`. */
  *#curvature(scale: number): Generator<void, Float64Array> {
    const { ground } = this.#product;
    const { rows } = ground.data;
    const out = new Float64Array(rows);
    for (let begin = 0; begin < rows; begin += ground.unit) {
      const end = Math.min(begin + ground.unit, rows);
      ground.scoreUnit(begin, end, ground.parameters, ground.scores);
      this.#product.applyCurvature(begin, end, ground.scores, null);
      const own = ground.store.view(ground.residuals, end - begin);
      for (let i = begin; i < end; i++) out[i] = own[i - begin] / scale;
      yield;
    }
    return out;
  }

  *#columnsOf(chosen: Int32Array): Generator<void, Column[]> {
    const missing = chosen.filter((j) => !this.#kept.has(j));
    if (missing.length > 0) {
      const columns = yield* this.#product.ground.takeColumns(missing);
      missing.forEach((j, k) => this.#kept.set(j, columns[k]));
    }
    return Array.from(chosen, (j) => this.#kept.get(j)!);
  }
}
