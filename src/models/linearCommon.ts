import { leafRows } from "../backend/leaves.js";
import { linearHessian } from "../backend/typescript/linearHessian.js";
import type { LinearProduct } from "./linearProduct.js";
import type { DataEvaluation } from "./model.js";

/** Products in one unit. */
const UNIT_PRODUCTS = 98304;

const nothing = /*#__PURE__*/ new Float64Array(0);

/** Rows of the sample for each column: 20000 x 100 correlated columns take 22 passes with 20 of them, 28 with 10. */
const ROWS_PER_COLUMN = 20;

/** Leaves that a sample has at least. */
const LEAST_LEAVES = 16;

/** Leaves of the sample, or all of them where that would be half or more. */
function sampleOf(leaves: number, leaf: number, width: number): number {
  const wanted = Math.max(LEAST_LEAVES, Math.ceil((ROWS_PER_COLUMN * width) / leaf));
  return 2 * wanted < leaves ? wanted : leaves;
}

/**
 * One matrix for all K outputs, Xᵀ·diag(h)·X with h the trace of a row's curvature over K − 1 (that curvature where K = 1),
 * of leaves at equal distances that stand for all: where the curvature is that of equal probabilities, the Hessian of a softmax is
 * (I − 11ᵀ/K) ⊗ this matrix.
 */
export class LinearCommon<Ref> {
  readonly #product: LinearProduct<Ref>;
  readonly #leaf: number;
  readonly #sample: number;
  /** Leaves of a unit. */
  readonly #unit: number;
  readonly #triangle: number;
  readonly #curvature: Ref;
  readonly #node: Ref;

  constructor(product: LinearProduct<Ref>) {
    const { workspace, layout, leaves } = product.ground;
    const { outputs, features } = layout;
    this.#product = product;
    this.#triangle = ((features + 1) * (features + 2)) / 2;
    this.#leaf = leafRows(outputs);
    this.#sample = sampleOf(leaves, this.#leaf, features + 1);
    this.#unit = Math.max(1, Math.floor(UNIT_PRODUCTS / (this.#leaf * this.#triangle)));
    this.#curvature = workspace.allocate(this.#leaf);
    this.#node = workspace.allocate(this.#triangle);
  }

  begin(parameters: Float64Array): DataEvaluation {
    const { ground } = this.#product;
    const { features, intercept } = ground.layout;
    const { rows } = ground.data;
    ground.write(parameters, ground.parameters);
    const width = features + (intercept ? 1 : 0);
    const hessian = new Float64Array((width * (width + 1)) / 2);
    const sum = new Float64Array(this.#triangle);
    let taken = 0;
    return ground.evaluation(
      { value: NaN, gradient: nothing, hessian },
      (first, end) => {
        for (let s = first; s < end; s++) {
          const begin = Math.floor((s * ground.leaves) / this.#sample) * this.#leaf;
          taken += this.#add(begin, Math.min(begin + this.#leaf, rows), sum);
        }
      },
      () => {
        const skip = intercept ? 0 : 1;
        for (let a = 0, at = 0; a < width; a++) {
          const row = ((a + skip) * (a + skip + 1)) / 2 + skip;
          for (let b = 0; b <= a; b++) hessian[at++] = sum[row + b] * (rows / taken);
        }
        if (taken < rows) shrink(hessian, width, taken);
      },
      this.#unit,
      this.#sample,
    );
  }

  /** Adds the matrix of a leaf; its rows. */
  #add(begin: number, end: number, sum: Float64Array): number {
    const { ground } = this.#product;
    const { store, layout, scores, residuals } = ground;
    const { outputs, features } = layout;
    ground.scoreUnit(begin, end, ground.parameters, scores);
    this.#product.applyCurvature(begin, end, scores, null);
    const diagonal = store.view(residuals, (end - begin) * outputs);
    const trace = store.view(this.#curvature, end - begin);
    for (let i = 0, at = 0; i < trace.length; i++) {
      let total = 0;
      for (let k = 0; k < outputs; k++, at++) total += diagonal[at];
      trace[i] = total / Math.max(1, outputs - 1);
    }
    const run = store.bind({ name: "linearHessian", twin: linearHessian });
    run(features, outputs, 1, 0, end - begin, ground.x.between(begin, end), this.#curvature, this.#node);
    const node = store.view(this.#node, this.#triangle);
    for (let j = 0; j < node.length; j++) sum[j] += node[j];
    return end - begin;
  }
}

/**
 * Takes from entries off the diagonal the share that is noise of a sample of `rows`, by which columns that have nothing in common
 * seem to be correlated: the ratio of what their squared correlations then are, 1/rows, to what they are (as O. Ledoit and
 * M. Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", 2004).
 */
function shrink(packed: Float64Array, width: number, rows: number): void {
  let squares = 0;
  for (let a = 0, at = 0; a < width; a++, at++) {
    for (let b = 0; b < a; b++, at++) {
      const scale = packed[(a * (a + 3)) / 2] * packed[(b * (b + 3)) / 2];
      if (scale > 0) squares += (packed[at] * packed[at]) / scale;
    }
  }
  const expected = (width * (width - 1)) / (2 * rows);
  const kept = squares > expected ? 1 - expected / squares : 0;
  for (let a = 0, at = 0; a < width; a++, at++) for (let b = 0; b < a; b++, at++) packed[at] *= kept;
}
