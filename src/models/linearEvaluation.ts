import type { Store } from "../backend/store.js";
import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Capability, Order } from "../optimizers/optimizer.js";
import { type Layout, sizeOf } from "../priors/terms.js";
import { Interleaved, type OneAtATime } from "./interleaved.js";
import { LinearGround } from "./linearGround.js";
import { LinearCommon } from "./linearCommon.js";
import { LinearCoordinates } from "./linearCoordinates.js";
import { LinearHessian } from "./linearHessian.js";
import { LinearLine } from "./linearLine.js";
import { LinearProduct } from "./linearProduct.js";
import type { BoundModel, CoordinateModel, DataEvaluation, LineEvaluation } from "./model.js";
import { onTwin } from "./onTwin.js";

/** Outputs up to which the Hessian is offered: it holds a block for each pair of outputs. */
const MOST_HESSIAN_OUTPUTS = 64;

/** How a linear model reads X: what every evaluation stands on, its Hessian, and whether it offers that. */
export interface Design {
  ground<Ref>(data: Dataset, layout: Layout, kernels: LossKernels, store: Store<Ref>): LinearGround<Ref>;
  hessian<Ref>(ground: LinearGround<Ref>): LinearHessian<Ref>;
  offersHessian(layout: Layout): boolean;
}

const dense: Design = {
  ground: (data, layout, kernels, store) => new LinearGround(data, layout, kernels, store),
  hessian: (ground) => new LinearHessian(ground),
  offersHessian: ({ outputs }) => outputs <= MOST_HESSIAN_OUTPUTS,
};

/** The linear model on its data. Throws a RangeError for an offset of another shape. */
export function makeLinear(
  data: Dataset,
  outputs: number,
  intercept: boolean,
  kernels: LossKernels,
  design: Design | null = null,
): BoundModel {
  if (design === null) {
    if (data.reader !== null) return (data.reader.bind as typeof makeLinear)(data, outputs, intercept, kernels);
    return makeLinear(data, outputs, intercept, kernels, dense);
  }
  if (data.offsetLength !== 0 && data.offsetLength !== data.rows * outputs) {
    fail("range", "offset", `${data.rows} x ${outputs} numbers`, `${data.offsetLength} numbers`);
  }
  const layout: Layout = { outputs, features: data.columns, intercept };
  const on = (rows: Dataset): BoundModel => {
    const make = (): OneAtATime => new Linear(design.ground(rows, layout, kernels, rows.vectors().store), design);
    return new Interleaved(make(), make);
  };
  try {
    if (!intercept && data.moments !== null && data.storage !== "sparse") {
      fail("range", "intercept", "true for standardized columns, which are centred", intercept);
    }
    return on(data);
  } catch (error) {
    if (data.backend === "typescript" || !(error instanceof RangeError)) throw error;
  }
  return on(onTwin(data));
}

class Linear<Ref> implements OneAtATime {
  readonly layout: Layout;
  readonly linear = true;
  readonly capabilities: readonly Capability[];
  readonly #ground: LinearGround<Ref>;
  readonly #design: Design;
  #hessian: LinearHessian<Ref> | null = null;
  #product: LinearProduct<Ref> | null = null;
  #line: LinearLine<Ref> | null = null;
  #common: LinearCommon<Ref> | null = null;
  #coordinates: LinearCoordinates<Ref> | null = null;

  constructor(ground: LinearGround<Ref>, design: Design) {
    const { layout, kernels } = ground;
    this.layout = layout;
    this.#ground = ground;
    this.#design = design;
    const products = layout.outputs <= MOST_HESSIAN_OUTPUTS || kernels.curvatureTimes !== undefined;
    this.capabilities = Object.freeze<Capability[]>([
      ...(design.offersHessian(layout) ? (["hessian"] as const) : []),
      ...(products ? (["hessianVector", "diagonal", "line"] as const) : []),
      ...(layout.outputs === 1 ? (["coordinates"] as const) : []),
      ...(design === dense && (layout.outputs === 1 || kernels.curvatureTimes !== undefined)
        ? (["commonHessian"] as const)
        : []),
    ]);
  }

  get busy(): boolean {
    return this.#ground.busy;
  }

  scores(parameters: Float64Array): Float64Array {
    const ground = this.#ground;
    const { rows } = ground.data;
    const { outputs } = this.layout;
    ground.interrupt();
    ground.write(parameters, ground.parameters);
    const out = new Float64Array(rows * outputs);
    for (let begin = 0; begin < rows; begin += ground.unit) {
      const end = Math.min(begin + ground.unit, rows);
      ground.scoreUnit(begin, end, ground.parameters, ground.scores);
      out.set(ground.store.view(ground.scores, (end - begin) * outputs), begin * outputs);
    }
    return out;
  }

  eachRow(visit: (row: number, features: Float64Array) => void): void {
    this.#ground.eachRow(visit);
  }

  begin(parameters: Float64Array, order: Order): DataEvaluation {
    const ground = this.#ground;
    const size = sizeOf(this.layout);
    ground.write(parameters, ground.parameters);
    const second = order === 2 ? (this.#hessian ??= this.#design.hessian(ground)) : null;
    const gradient = new Float64Array(order === 0 ? 0 : size);
    const hessian = order === 2 ? new Float64Array((size * (size + 1)) / 2) : null;
    return ground.evaluation(
      { value: NaN, gradient, hessian },
      (begin, end) => {
        ground.pass(begin, end, order);
        second?.push(begin, end);
      },
      (result) => {
        result.value = ground.collapse(1, ground.lossStack)[0];
        if (order >= 1) ground.finishGradient(gradient);
        if (hessian !== null) second!.finish(hessian);
      },
      second?.unit ?? ground.passUnit,
    );
  }

  beginProduct(parameters: Float64Array, direction: Float64Array | null): DataEvaluation {
    this.#product ??= new LinearProduct(this.#ground);
    return this.#product.begin(parameters, direction);
  }

  beginCommon(parameters: Float64Array): DataEvaluation {
    this.#product ??= new LinearProduct(this.#ground);
    this.#common ??= new LinearCommon(this.#product);
    return this.#common.begin(parameters);
  }

  beginCoordinates(parameters: Float64Array, model: CoordinateModel): DataEvaluation {
    this.#product ??= new LinearProduct(this.#ground);
    this.#coordinates ??= new LinearCoordinates(this.#product);
    return this.#coordinates.begin(parameters, model);
  }

  beginLine(parameters: Float64Array, direction: Float64Array, step: number): LineEvaluation {
    this.#product ??= new LinearProduct(this.#ground);
    this.#line ??= new LinearLine(this.#product);
    return this.#line.begin(parameters, direction, step);
  }
}
