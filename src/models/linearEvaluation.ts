import { leafRows, stackDepth } from "../backend/leaves.js";
import type { Store } from "../backend/store.js";
import { linearHessian } from "../backend/typescript/linearHessian.js";
import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Capability, Order } from "../optimizers/optimizer.js";
import { type Layout, sizeOf } from "../priors/terms.js";
import { Interleaved, type OneAtATime } from "./interleaved.js";
import { LinearGround } from "./linearGround.js";
import { LinearProduct } from "./linearProduct.js";
import type { BoundModel, DataEvaluation } from "./model.js";
import { onTwin } from "./onTwin.js";
import { curvatureIn } from "./onViews.js";

/** Outputs up to which the Hessian is offered: it holds a block for each pair of outputs. */
const MOST_HESSIAN_OUTPUTS = 64;

/** Products in one unit that adds up a Hessian. */
const UNIT_PRODUCTS = 98304;

/** The linear model on its data. Throws a RangeError for an offset of another shape. */
export function makeLinear(data: Dataset, outputs: number, intercept: boolean, kernels: LossKernels): BoundModel {
  if (data.offsetLength !== 0 && data.offsetLength !== data.rows * outputs) {
    fail("range", "offset", `${data.rows} x ${outputs} numbers`, `${data.offsetLength} numbers`);
  }
  try {
    if (!intercept && data.moments !== null) {
      fail("range", "intercept", "true for standardized columns, which are centred", intercept);
    }
    const make = (): OneAtATime => new Linear(data, outputs, intercept, kernels, data.vectors().store);
    return new Interleaved(make(), make);
  } catch (error) {
    if (data.backend === "typescript" || !(error instanceof RangeError)) throw error;
  }
  const twin = onTwin(data);
  const make = (): OneAtATime => new Linear(twin, outputs, intercept, kernels, twin.vectors().store);
  return new Interleaved(make(), make);
}

class Linear<Ref> implements OneAtATime {
  readonly layout: Layout;
  readonly linear = true;
  readonly capabilities: readonly Capability[];
  readonly #ground: LinearGround<Ref>;
  #hessianWork: { curvature: Ref; stack: Ref } | null = null;
  #product: LinearProduct<Ref> | null = null;

  constructor(data: Dataset, outputs: number, intercept: boolean, kernels: LossKernels, store: Store<Ref>) {
    this.layout = { outputs, features: data.columns, intercept };
    const few = outputs <= MOST_HESSIAN_OUTPUTS;
    const products = few || kernels.curvatureTimes !== undefined;
    this.capabilities = Object.freeze<Capability[]>([
      ...(few ? (["hessian"] as const) : []),
      ...(products ? (["hessianVector", "diagonal"] as const) : []),
    ]);
    this.#ground = new LinearGround(data, this.layout, kernels, store);
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
    const { store, data } = this.#ground;
    const { features } = this.layout;
    const x = store.view(this.#ground.vectors().x, data.rows * features);
    for (let i = 0; i < data.rows; i++) visit(i, x.subarray(i * features, (i + 1) * features));
  }

  begin(parameters: Float64Array, order: Order): DataEvaluation {
    const ground = this.#ground;
    const size = sizeOf(this.layout);
    ground.write(parameters, ground.parameters);
    if (order === 2) this.#prepareHessian();
    const gradient = new Float64Array(order === 0 ? 0 : size);
    const hessian = order === 2 ? new Float64Array((size * (size + 1)) / 2) : null;
    return ground.evaluation(
      { value: NaN, gradient, hessian },
      (begin, end) => this.#runUnit(begin, end, order),
      (result) => {
        result.value = ground.collapse(1, ground.lossStack)[0];
        if (order >= 1) ground.finishGradient(ground.gradientStack, gradient);
        if (hessian !== null) this.#finishHessian(hessian);
      },
      order === 2 ? this.#hessianUnit : ground.passUnit,
    );
  }

  beginProduct(parameters: Float64Array, direction: Float64Array | null): DataEvaluation {
    this.#product ??= new LinearProduct(this.#ground);
    return this.#product.begin(parameters, direction);
  }

  #runUnit(begin: number, end: number, order: Order): void {
    const ground = this.#ground;
    ground.pass(begin, end, order);
    if (order < 2 || this.#hessianWork === null) return;
    const { store, scores } = ground;
    const { outputs, features } = this.layout;
    const { x, targets, weights } = ground.vectors();
    const { curvature, width } = ground.kernels;
    const y = store.slice(targets, begin * width, end * width);
    const w = weights === null ? null : store.slice(weights, begin, end);
    const runCurvature = curvatureIn(store, curvature, width);
    runCurvature(end - begin, outputs, scores, y, w, this.#hessianWork.curvature);
    const runHessian = store.bind({ name: "linearHessian", twin: linearHessian });
    const pairs = (outputs * (outputs + 1)) / 2;
    runHessian(features, outputs, pairs, begin, end, x, this.#hessianWork.curvature, this.#hessianWork.stack);
  }

  /** Rows of a unit with its Hessian, which costs more by the number of columns. */
  get #hessianUnit(): number {
    const { outputs } = this.layout;
    const leaf = leafRows(outputs);
    const leaves = Math.floor(UNIT_PRODUCTS / (leaf * this.#triangle * ((outputs * (outputs + 1)) / 2)));
    return Math.min(Math.max(1, leaves) * leaf, this.#ground.unit);
  }

  get #triangle(): number {
    return ((this.layout.features + 1) * (this.layout.features + 2)) / 2;
  }

  #prepareHessian(): void {
    if (this.#hessianWork !== null) return;
    const { outputs } = this.layout;
    const { workspace, unit, leaves } = this.#ground;
    const pairs = (outputs * (outputs + 1)) / 2;
    const curvature = workspace.allocate(pairs * unit);
    const stack = workspace.allocate(stackDepth(leaves) * pairs * this.#triangle);
    this.#hessianWork = { curvature, stack };
  }

  /** Spreads the packed triangles of all pairs of outputs over the packed lower triangle of the whole. */
  #finishHessian(out: Float64Array): void {
    const { outputs, features, intercept } = this.layout;
    const pairs = (outputs * (outputs + 1)) / 2;
    const node = this.#ground.collapse(pairs * this.#triangle, this.#hessianWork!.stack);
    const skip = intercept ? 0 : 1;
    const width = features + 1 - skip;
    let at = 0;
    for (let k = 0; k < outputs; k++) {
      for (let a = 0; a < width; a++) {
        for (let l = 0; l <= k; l++) {
          const block = ((k * (k + 1)) / 2 + l) * this.#triangle;
          for (let b = 0, end = l === k ? a + 1 : width; b < end; b++) {
            const high = Math.max(a, b) + skip;
            const low = Math.min(a, b) + skip;
            out[at++] = node[block + (high * (high + 1)) / 2 + low];
          }
        }
      }
    }
  }
}
