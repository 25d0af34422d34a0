import type { SparseKernels } from "../backend/kernels.js";
import { sparseKernelsIn } from "../backend/sparseKernels.js";
import type { Store } from "../backend/store.js";
import type { Dataset } from "../dataset.js";
import { sparsePartsOf } from "../features.js";
import type { LossKernels } from "../losses/loss.js";
import { type Column, takeSparse } from "../models/columns.js";
import { LinearGround } from "../models/linearGround.js";
import { LinearHessian } from "../models/linearHessian.js";
import type { Layout } from "../priors/terms.js";
import { sparseLeaf } from "./leaves.js";

/** Numbers in a row on average, the intercept's 1 with them. */
function widthOf({ rows, nonzeros }: Dataset): number {
  return 1 + nonzeros / rows;
}

/** A linear model on sparse rows: θ and sums over rows hold all outputs of one column after the other. */
export class SparseGround<Ref> extends LinearGround<Ref> {
  readonly sparse: SparseKernels<Ref>;
  readonly #leaf: number;

  constructor(data: Dataset, layout: Layout, kernels: LossKernels, store: Store<Ref>) {
    const leaf = sparseLeaf(data.rows, widthOf(data), 1 + data.columns);
    super(data, layout, kernels, store, widthOf(data), leaf);
    this.#leaf = leaf;
    this.sparse = sparseKernelsIn(store);
  }

  protected override get fused(): boolean {
    return false;
  }

  override write(parameters: Float64Array, into: Ref): void {
    const { outputs, features, intercept } = this.layout;
    this.vectors(); // Once the data are released, their memory, workspace included, may hold other data.
    const out = this.store.view(into, outputs * (features + 1));
    const shift = intercept ? 1 : 0;
    if (outputs === 1) {
      out.set(parameters, 1 - shift);
      if (!intercept) out[0] = 0;
      return;
    }
    for (let k = 0, at = 0; k < outputs; k++) {
      out[k] = intercept ? parameters[at++] : 0;
      for (let j = 0; j < features; j++) out[(1 + j) * outputs + k] = parameters[k * (features + shift) + shift + j];
      if (intercept) at += features;
    }
  }

  override scoreUnit(begin: number, end: number, parameters: Ref, out: Ref, withOffset = true): void {
    const { outputs, features } = this.layout;
    const { rows, nonzeros } = this.data;
    const { x, offset } = this.vectors();
    const shift = withOffset ? offset : null;
    this.sparse.sparseScores(features, outputs, rows, nonzeros, begin, end, x, parameters, shift, out);
  }

  override pushGradient(begin: number, end: number): void {
    this.#push(begin, end, 0);
  }

  override pushSquares(begin: number, end: number): void {
    this.#push(begin, end, 1);
  }

  #push(begin: number, end: number, squares: number): void {
    const { outputs, features } = this.layout;
    const { rows, nonzeros } = this.data;
    const { x } = this.vectors();
    const { residuals, gradientStack } = this;
    const leaf = this.#leaf;
    this.sparse.sparseGradient(
      ...([features, outputs, leaf, rows, nonzeros, begin, end, x, residuals, squares, gradientStack] as const),
    );
  }

  override finishGradient(out: Float64Array): void {
    const { outputs, features, intercept } = this.layout;
    const node = this.collapse(outputs * (features + 1), this.gradientStack, this.sumLeaves);
    if (outputs === 1) {
      out.set(node.subarray(intercept ? 0 : 1));
      return;
    }
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = intercept ? 0 : 1; j <= features; j++) out[at++] = node[j * outputs + k];
    }
  }

  override takeColumns(chosen: Int32Array): Generator<void, Column[]> {
    return takeSparse(this.data.rows, this.layout.features, chosen, () => sparsePartsOf(this.data)!);
  }

  override eachRow(visit: (row: number, features: Float64Array) => void): void {
    const row = new Float64Array(this.layout.features);
    const { values, indices, pointers } = sparsePartsOf(this.data)!;
    for (let i = 0; i < this.data.rows; i++) {
      row.fill(0);
      for (let e = pointers[i]; e < pointers[i + 1]; e++) row[indices[e]] = values[e];
      visit(i, row);
    }
  }
}

/** Products of a row in its packed triangle, on average. */
function productsOf(data: Dataset): number {
  const width = widthOf(data);
  return (width * (width + 1)) / 2;
}

/** The Hessian of a linear model on sparse rows of few columns. */
export class SparseHessian<Ref> extends LinearHessian<Ref> {
  readonly #sparse: SparseKernels<Ref>;

  constructor(ground: SparseGround<Ref>) {
    super(ground);
    this.#sparse = ground.sparse;
  }

  get #leaf(): number {
    return sparseLeaf(this.ground.data.rows, productsOf(this.ground.data), this.triangle);
  }

  protected override get leaves(): number {
    const { data } = this.ground;
    return Math.ceil(data.rows / sparseLeaf(data.rows, productsOf(data), this.triangle));
  }

  protected override get work(): number {
    return this.pairs * productsOf(this.ground.data);
  }

  protected override pushRows(begin: number, end: number, curvature: Ref): void {
    const { data, layout } = this.ground;
    const { x } = this.ground.vectors();
    const shape = [layout.features, this.pairs, this.#leaf, data.rows, data.nonzeros, begin, end] as const;
    this.#sparse.sparseHessian(...shape, x, curvature, this.stack);
  }
}
