import { SMALL_STACK, leafRows, stackDepth } from "../backend/leaves.js";
import type { Store } from "../backend/store.js";
import { collapse, popcount } from "../backend/typescript/tree.js";
import { fail } from "../check.js";
import type { Dataset, Vectors } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Capability, Order } from "../optimizers/optimizer.js";
import { type Layout, layersOf, sizeOf } from "../priors/terms.js";
import type { ActivationName } from "./activations.js";
import { Block, type Matrix } from "./mlpBlock.js";
import { Tangent } from "./mlpTangent.js";
import type { BoundModel, DataEvaluation } from "./model.js";
import { eachOf } from "./eachRow.js";
import { onTwin } from "./onTwin.js";
import { curvatureIn, lossIn } from "./onViews.js";
import { Rows } from "./rows.js";
import { Workspace } from "./workspace.js";

/** Multiplications of the forward pass in one unit of work, if that is more than one leaf. */
const UNIT_PRODUCTS = 1 << 18;

/** Outputs up to which Hessian times vector is offered: losses give a curvature for each pair of outputs. */
const MOST_HESSIAN_OUTPUTS = 64;

/** A network on its data. Throws a RangeError for an offset of another shape. */
export function makeNetwork(
  data: Dataset,
  layout: Layout,
  activation: ActivationName,
  kernels: LossKernels,
): BoundModel {
  const { outputs } = layout;
  if (data.offsetLength !== 0 && data.offsetLength !== data.rows * outputs) {
    fail("range", "offset", `${data.rows} x ${outputs} numbers`, `${data.offsetLength} numbers`);
  }
  if (data.storage === "sparse") fail("type", "X", "dense rows, which a network needs", "a sparse matrix");
  try {
    return new Network(data, layout, activation, kernels, data.vectors().store);
  } catch (error) {
    if (data.backend === "typescript" || !(error instanceof RangeError)) throw error;
  }
  const twin = onTwin(data);
  return new Network(twin, layout, activation, kernels, twin.vectors().store);
}

/** What one leaf does: `rows` rows from `begin` on are leaf number `leaf`. */
type LeafWork<Ref> = (rows: number, begin: number, leaf: number, x: Matrix<Ref>) => void;

class Network<Ref> implements BoundModel {
  readonly layout: Layout;
  readonly activation: ActivationName;
  readonly linear = false;
  readonly capabilities: readonly Capability[];
  readonly #data: Dataset;
  readonly #loss: LossKernels;
  readonly #store: Store<Ref>;
  readonly #workspace: Workspace<Ref>;
  readonly #x: Rows<Ref>;
  readonly #block: Block<Ref>;
  readonly #size: number;
  readonly #leaf: number;
  readonly #leaves: number;
  readonly #unit: number;
  readonly #residuals: Ref;
  readonly #lossStack: Ref;
  #nodes: Ref | null = null;
  #tangent: Tangent<Ref> | null = null;
  #current: object | null = null;

  constructor(data: Dataset, layout: Layout, activation: ActivationName, kernels: LossKernels, store: Store<Ref>) {
    this.layout = layout;
    this.activation = activation;
    this.#data = data;
    this.#loss = kernels;
    this.#store = store;
    this.#workspace = new Workspace(store);
    this.capabilities = layout.outputs <= MOST_HESSIAN_OUTPUTS ? ["hessianVector"] : [];
    this.#size = sizeOf(layout);
    this.#leaf = leafRows(layout.outputs);
    this.#leaves = Math.ceil(data.rows / this.#leaf);
    this.#unit = Math.max(1, Math.floor(UNIT_PRODUCTS / (this.#size * this.#leaf))) * this.#leaf;
    this.#x = new Rows(data, store, this.#workspace, this.#leaf);
    this.#block = new Block(layersOf(layout), activation, this.#leaf, store, this.#workspace);
    this.#residuals = this.#workspace.allocate(this.#leaf * layout.outputs);
    this.#lossStack = this.#workspace.allocate(SMALL_STACK);
  }

  /** Refs of the data, after checking that it is still there. */
  #vectors(): Vectors & { x: Ref; targets: Ref; weights: Ref | null; offset: Ref | null } {
    return this.#data.vectors() as Vectors & { x: Ref; targets: Ref; weights: Ref | null; offset: Ref | null };
  }

  #load(parameters: Float64Array): void {
    this.#vectors(); // Once the data are released, their memory, workspace included, may hold other data.
    this.#current = null;
    this.#block.load(parameters);
  }

  get #stack(): Ref {
    return (this.#nodes ??= this.#workspace.allocate(stackDepth(this.#leaves) * this.#size));
  }

  /** Leaves of the rows begin .. end, one after the other. */
  #eachLeaf(begin: number, end: number, work: LeafWork<Ref>): void {
    const { columns } = this.#data;
    for (let first = begin; first < end; first += this.#leaf) {
      const rows = Math.min(this.#leaf, end - first);
      work(rows, first, first / this.#leaf, { ref: this.#x.between(first, first + rows), stride: columns });
    }
  }

  /** Scores of the rows of a leaf, in the block. */
  #forward(rows: number, begin: number, x: Matrix<Ref>, order: number): void {
    this.#block.forward(rows, x, order);
    const { offset } = this.#vectors();
    if (offset === null) return;
    const { outputs } = this.layout;
    const n = rows * outputs;
    const scores = this.#store.view(this.#block.scores.ref, n);
    const shift = this.#store.view(this.#store.slice(offset, begin * outputs, begin * outputs + n), n);
    for (let i = 0; i < n; i++) scores[i] += shift[i];
  }

  /** Their loss, pushed on the stack; the derivatives by the scores unless order is 0. */
  #lossOf(rows: number, begin: number, leaf: number, order: number): void {
    const { loss, width } = this.#loss;
    const { y, w } = this.#targets(begin, rows);
    const residuals = order === 0 ? null : this.#residuals;
    const run = lossIn(this.#store, loss, width);
    run(rows, this.layout.outputs, leaf, this.#block.scores.ref, y, w, residuals, 1, this.#lossStack);
  }

  #targets(begin: number, rows: number): { y: Ref; w: Ref | null } {
    const { targets, weights } = this.#vectors();
    const y = this.#store.slice(targets, begin * this.#loss.width, (begin + rows) * this.#loss.width);
    return { y, w: weights === null ? null : this.#store.slice(weights, begin, begin + rows) };
  }

  #nodeOf(leaf: number): Ref {
    const depth = popcount(leaf);
    return this.#store.slice(this.#stack, depth * this.#size, (depth + 1) * this.#size);
  }

  #collapse(size: number, stack: Ref): Float64Array {
    this.#store.bind({ name: "collapse", twin: collapse })(this.#leaves, size, stack);
    return this.#store.view(stack, size);
  }

  scores(parameters: Float64Array): Float64Array {
    const { outputs } = this.layout;
    this.#load(parameters);
    const out = new Float64Array(this.#data.rows * outputs);
    this.#eachLeaf(0, this.#data.rows, (rows, begin, _, x) => {
      this.#forward(rows, begin, x, 0);
      out.set(this.#store.view(this.#block.scores.ref, rows * outputs), begin * outputs);
    });
    return out;
  }

  eachRow(visit: (row: number, features: Float64Array) => void): void {
    eachOf(this.#x.all(), this.#data.columns, visit);
  }

  begin(parameters: Float64Array, order: Order): DataEvaluation {
    this.#load(parameters);
    if (order === 2) fail("type", "order", "0 or 1: a network offers no Hessian", order);
    return this.#inSlices(
      order === 0 ? {} : { gradient: new Float64Array(this.#size) },
      (...leaf) => this.#runLeaf(...leaf, order),
      ({ gradient }) => {
        if (order === 1) gradient.set(this.#collapse(this.#size, this.#stack));
        return this.#collapse(1, this.#lossStack)[0];
      },
    );
  }

  /** An evaluation that does leaf after leaf, and at the end returns its value. */
  #inSlices(
    made: Partial<Pick<DataEvaluation, "gradient" | "product">>,
    work: LeafWork<Ref>,
    finish: (result: DataEvaluation) => number,
  ): DataEvaluation {
    const { rows } = this.#data;
    let next = 0;
    const result = {
      done: false,
      value: NaN,
      gradient: new Float64Array(0),
      hessian: null,
      ...made,
      advance: (units: number): boolean => {
        if (result.done) return true;
        if (this.#current !== result) fail("type", "evaluation", "the one begun last", "an earlier one");
        for (let left = units; left > 0 && next < rows; left--) {
          const end = Math.min(next + this.#unit, rows);
          this.#eachLeaf(next, end, work);
          next = end;
        }
        if (next < rows) return false;
        result.value = finish(result);
        return (result.done = true);
      },
    };
    this.#current = result;
    return result;
  }

  #runLeaf(rows: number, begin: number, leaf: number, x: Matrix<Ref>, order: Order): void {
    this.#forward(rows, begin, x, order);
    this.#lossOf(rows, begin, leaf, order);
    if (order === 0) return;
    this.#block.backward(rows, x, this.#residuals, this.#nodeOf(leaf), false);
    this.#block.kernels.carryNode(leaf, this.#size, this.#stack);
  }

  inputGradient(parameters: Float64Array): Float64Array {
    this.#load(parameters);
    const { rows, columns } = this.#data;
    const out = new Float64Array(rows * columns);
    this.#eachLeaf(0, rows, (count, begin, leaf, x) => {
      this.#forward(count, begin, x, 1);
      this.#lossOf(count, begin, leaf, 1);
      const { ref } = this.#block.backward(count, x, this.#residuals, null, true)!;
      out.set(this.#store.view(ref, count * columns), begin * columns);
    });
    return out;
  }

  beginProduct(parameters: Float64Array, direction: Float64Array | null): DataEvaluation {
    const { outputs } = this.layout;
    if (direction === null) fail("type", "direction", "a Float64Array: a network offers no diagonal", direction);
    if (outputs > MOST_HESSIAN_OUTPUTS) fail("range", "outputs", `at most ${MOST_HESSIAN_OUTPUTS}`, outputs);
    this.#load(parameters);
    const tangent = (this.#tangent ??= new Tangent(this.#block, this.#store, this.#workspace, this.#leaf));
    tangent.load(direction);
    const run = curvatureIn(this.#store, this.#loss.curvature, this.#loss.width);
    const work: LeafWork<Ref> = (rows, begin, leaf, x) => {
      this.#forward(rows, begin, x, 2);
      this.#lossOf(rows, begin, leaf, 1);
      const { y, w } = this.#targets(begin, rows);
      tangent.forward(rows, x);
      tangent.throughLoss(rows, (pairs) => run(rows, outputs, this.#block.scores.ref, y, w, pairs));
      tangent.backward(rows, x, this.#residuals, this.#nodeOf(leaf));
      this.#block.kernels.carryNode(leaf, this.#size, this.#stack);
    };
    return this.#inSlices({ product: new Float64Array(this.#size) }, work, ({ product }) => {
      product!.set(this.#collapse(this.#size, this.#stack));
      return NaN;
    });
  }
}
