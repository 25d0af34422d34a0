import { SMALL_STACK, leafRows, stackDepth } from "../backend/leaves.js";
import type { Store } from "../backend/store.js";
import { linearGradient, linearHessian, linearScores } from "../backend/typescript/linear.js";
import { collapse } from "../backend/typescript/tree.js";
import { fail } from "../check.js";
import type { Dataset, Vectors } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Order } from "../optimizers/optimizer.js";
import { type Layout, sizeOf } from "../priors/terms.js";
import type { BoundModel, DataEvaluation } from "./model.js";
import { onTwin } from "./onTwin.js";
import { curvatureIn, lossIn } from "./onViews.js";
import { Workspace } from "./workspace.js";

/** Numbers of X in one unit of work: a unit stays in the second-level cache and is over in well under a millisecond. */
const UNIT_NUMBERS = 1 << 14;

/** Scores in one unit at most. */
const UNIT_SCORES = 1 << 14;

/** Outputs up to which the Hessian is offered: it holds a block for each pair of outputs. */
const MOST_HESSIAN_OUTPUTS = 64;

/** The linear model on its data. Throws a RangeError for an offset of another shape. */
export function makeLinear(data: Dataset, outputs: number, intercept: boolean, kernels: LossKernels): BoundModel {
  if (data.offsetLength !== 0 && data.offsetLength !== data.rows * outputs) {
    fail("range", "offset", `${data.rows} x ${outputs} numbers`, `${data.offsetLength} numbers`);
  }
  try {
    if (!intercept && data.moments !== null) {
      fail("range", "intercept", "true for standardized columns, which are centred", intercept);
    }
    return new Linear(data, outputs, intercept, kernels, data.vectors().store);
  } catch (error) {
    if (data.backend === "typescript" || !(error instanceof RangeError)) throw error;
  }
  const twin = onTwin(data);
  return new Linear(twin, outputs, intercept, kernels, twin.vectors().store);
}

class Linear<Ref> implements BoundModel {
  readonly layout: Layout;
  readonly linear = true;
  readonly capabilities: readonly ["hessian"] | readonly [];
  readonly #data: Dataset;
  readonly #kernels: LossKernels;
  readonly #store: Store<Ref>;
  readonly #workspace: Workspace<Ref>;
  readonly #unit: number;
  readonly #parameters: Ref;
  readonly #scores: Ref;
  readonly #residuals: Ref;
  readonly #scratch: Ref;
  readonly #lossStack: Ref;
  readonly #gradientStack: Ref;
  #hessianWork: { curvature: Ref; stack: Ref } | null = null;
  #current: object | null = null;

  constructor(data: Dataset, outputs: number, intercept: boolean, kernels: LossKernels, store: Store<Ref>) {
    const { rows, columns } = data;
    this.layout = { outputs, features: columns, intercept };
    this.capabilities = outputs <= MOST_HESSIAN_OUTPUTS ? ["hessian"] : [];
    this.#data = data;
    this.#kernels = kernels;
    this.#store = store;
    this.#workspace = new Workspace(store);
    const leaf = leafRows(outputs);
    const leavesInUnit = Math.floor(Math.min(UNIT_NUMBERS / (columns * leaf), UNIT_SCORES / (outputs * leaf)));
    this.#unit = Math.min(Math.max(1, leavesInUnit), Math.ceil(rows / leaf)) * leaf;
    const workspace = this.#workspace;
    const node = outputs * (columns + 1);
    this.#parameters = workspace.allocate(node);
    this.#scores = workspace.allocate(this.#unit * outputs);
    this.#residuals = workspace.allocate(this.#unit * outputs);
    this.#scratch = workspace.allocate(columns * outputs + 1);
    this.#lossStack = workspace.allocate(SMALL_STACK);
    this.#gradientStack = workspace.allocate(stackDepth(Math.ceil(rows / leaf)) * node);
  }

  /** Refs of the data, after checking that it is still there. */
  #vectors(): Vectors & { x: Ref; targets: Ref; weights: Ref | null; offset: Ref | null } {
    return this.#data.vectors() as Vectors & { x: Ref; targets: Ref; weights: Ref | null; offset: Ref | null };
  }

  /** θ as kernels take it: with an intercept of 0 where the model has none. */
  #write(parameters: Float64Array): void {
    const { outputs, features, intercept } = this.layout;
    this.#vectors(); // Once the data are released, their memory, workspace included, may hold other data.
    const out = this.#store.view(this.#parameters, outputs * (features + 1));
    if (intercept) {
      out.set(parameters);
      return;
    }
    for (let k = 0; k < outputs; k++) {
      out[k * (features + 1)] = 0;
      for (let j = 0; j < features; j++) out[k * (features + 1) + 1 + j] = parameters[k * features + j];
    }
  }

  #scoreUnit(begin: number, end: number): void {
    const { outputs, features } = this.layout;
    const { x, offset } = this.#vectors();
    const kernel = this.#store.bind({ name: "linearScores", twin: linearScores });
    kernel(features, outputs, begin, end, x, this.#parameters, offset, this.#scores, this.#scratch);
  }

  scores(parameters: Float64Array): Float64Array {
    const { outputs } = this.layout;
    this.#current = null;
    this.#write(parameters);
    const out = new Float64Array(this.#data.rows * outputs);
    for (let begin = 0; begin < this.#data.rows; begin += this.#unit) {
      const end = Math.min(begin + this.#unit, this.#data.rows);
      this.#scoreUnit(begin, end);
      out.set(this.#store.view(this.#scores, (end - begin) * outputs), begin * outputs);
    }
    return out;
  }

  eachRow(visit: (row: number, features: Float64Array) => void): void {
    const { features } = this.layout;
    const x = this.#store.view(this.#vectors().x, this.#data.rows * features);
    for (let i = 0; i < this.#data.rows; i++) visit(i, x.subarray(i * features, (i + 1) * features));
  }

  begin(parameters: Float64Array, order: Order): DataEvaluation {
    const { rows } = this.#data;
    const size = sizeOf(this.layout);
    const packed = (size * (size + 1)) / 2;
    this.#write(parameters);
    if (order === 2) this.#prepareHessian();
    let next = 0;
    const result = {
      done: false,
      value: NaN,
      gradient: new Float64Array(order === 0 ? 0 : size),
      hessian: order === 2 ? new Float64Array(packed) : null,
      advance: (units: number): boolean => {
        if (result.done) return true;
        if (this.#current !== result) fail("type", "evaluation", "the one begun last", "an earlier one");
        for (let left = units; left > 0 && next < rows; left--) {
          const end = Math.min(next + this.#unit, rows);
          this.#runUnit(next, end, order);
          next = end;
        }
        if (next < rows) return false;
        result.value = this.#finishLoss();
        if (order >= 1) this.#finishGradient(result.gradient);
        if (result.hessian !== null) this.#finishHessian(result.hessian);
        result.done = true;
        return true;
      },
    };
    this.#current = result;
    return result;
  }

  #runUnit(begin: number, end: number, order: Order): void {
    const store = this.#store;
    const { outputs, features } = this.layout;
    const { x, targets, weights } = this.#vectors();
    const { loss, curvature, width } = this.#kernels;
    this.#scoreUnit(begin, end);
    const y = store.slice(targets, begin * width, end * width);
    const w = weights === null ? null : store.slice(weights, begin, end);
    const firstLeaf = begin / leafRows(outputs);
    const runLoss = lossIn(store, loss, width);
    const residuals = order === 0 ? null : this.#residuals;
    runLoss(end - begin, outputs, firstLeaf, this.#scores, y, w, residuals, 1, this.#lossStack);
    if (order === 0) return;
    const runGradient = store.bind({ name: "linearGradient", twin: linearGradient });
    runGradient(features, outputs, begin, end, x, this.#residuals, this.#gradientStack);
    if (order === 1 || this.#hessianWork === null) return;
    const runCurvature = curvatureIn(store, curvature, width);
    runCurvature(end - begin, outputs, this.#scores, y, w, this.#hessianWork.curvature);
    const runHessian = store.bind({ name: "linearHessian", twin: linearHessian });
    const pairs = (outputs * (outputs + 1)) / 2;
    runHessian(features, outputs, pairs, begin, end, x, this.#hessianWork.curvature, this.#hessianWork.stack);
  }

  get #leaves(): number {
    return Math.ceil(this.#data.rows / leafRows(this.layout.outputs));
  }

  #collapse(size: number, stack: Ref): Float64Array {
    this.#store.bind({ name: "collapse", twin: collapse })(this.#leaves, size, stack);
    return this.#store.view(stack, size);
  }

  #finishLoss(): number {
    return this.#collapse(1, this.#lossStack)[0];
  }

  #finishGradient(out: Float64Array): void {
    const { outputs, features, intercept } = this.layout;
    const node = this.#collapse(outputs * (features + 1), this.#gradientStack);
    if (intercept) {
      out.set(node);
      return;
    }
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < features; j++) out[k * features + j] = node[k * (features + 1) + 1 + j];
    }
  }

  get #triangle(): number {
    return ((this.layout.features + 1) * (this.layout.features + 2)) / 2;
  }

  #prepareHessian(): void {
    if (this.#hessianWork !== null) return;
    const { outputs } = this.layout;
    const pairs = (outputs * (outputs + 1)) / 2;
    const curvature = this.#workspace.allocate(pairs * this.#unit);
    const stack = this.#workspace.allocate(stackDepth(this.#leaves) * pairs * this.#triangle);
    this.#hessianWork = { curvature, stack };
  }

  /** Spreads the packed triangles of all pairs of outputs over the packed lower triangle of the whole. */
  #finishHessian(out: Float64Array): void {
    const { outputs, features, intercept } = this.layout;
    const pairs = (outputs * (outputs + 1)) / 2;
    const node = this.#collapse(pairs * this.#triangle, this.#hessianWork!.stack);
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
