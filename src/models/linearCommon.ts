import { leafRows, stackDepth } from "../backend/leaves.js";
import { linearHessian } from "../backend/typescript/linearHessian.js";
import type { LinearProduct } from "./linearProduct.js";
import type { DataEvaluation } from "./model.js";

/** Products in one unit. */
const UNIT_PRODUCTS = 98304;

const nothing = /*#__PURE__*/ new Float64Array(0);

/**
 * One matrix for all K outputs, Xᵀ·diag(h)·X with h the trace of a row's curvature over K − 1: where the curvature is that of
 * equal probabilities, the Hessian of a softmax is (I − 11ᵀ/K) ⊗ this matrix.
 */
export class LinearCommon<Ref> {
  readonly #product: LinearProduct<Ref>;
  readonly #unit: number;
  readonly #triangle: number;
  readonly #curvature: Ref;
  readonly #stack: Ref;

  constructor(product: LinearProduct<Ref>) {
    const { workspace, layout, leaves, unit } = product.ground;
    const { outputs, features } = layout;
    this.#product = product;
    this.#triangle = ((features + 1) * (features + 2)) / 2;
    const leaf = leafRows(outputs);
    this.#unit = Math.min(Math.max(1, Math.floor(UNIT_PRODUCTS / (leaf * this.#triangle))) * leaf, unit);
    this.#curvature = workspace.allocate(this.#unit);
    this.#stack = workspace.allocate(stackDepth(leaves) * this.#triangle);
  }

  begin(parameters: Float64Array): DataEvaluation {
    const { ground } = this.#product;
    const { features, intercept } = ground.layout;
    ground.write(parameters, ground.parameters);
    const width = features + (intercept ? 1 : 0);
    const hessian = new Float64Array((width * (width + 1)) / 2);
    return ground.evaluation(
      { value: NaN, gradient: nothing, hessian },
      (begin, end) => this.#add(begin, end),
      () => {
        const node = ground.collapse(this.#triangle, this.#stack);
        const skip = intercept ? 0 : 1;
        for (let a = 0, at = 0; a < width; a++) {
          const row = ((a + skip) * (a + skip + 1)) / 2 + skip;
          for (let b = 0; b <= a; b++) hessian[at++] = node[row + b];
        }
      },
      this.#unit,
    );
  }

  #add(begin: number, end: number): void {
    const { ground } = this.#product;
    const { store, layout, scores, residuals } = ground;
    const { outputs, features } = layout;
    ground.scoreUnit(begin, end, ground.parameters, scores);
    this.#product.applyCurvature(begin, end, scores, null);
    const diagonal = store.view(residuals, (end - begin) * outputs);
    const trace = store.view(this.#curvature, end - begin);
    for (let i = 0, at = 0; i < trace.length; i++) {
      let sum = 0;
      for (let k = 0; k < outputs; k++, at++) sum += diagonal[at];
      trace[i] = sum / (outputs - 1);
    }
    const run = store.bind({ name: "linearHessian", twin: linearHessian });
    run(features, outputs, 1, begin, end, ground.x.upTo(begin, end), this.#curvature, this.#stack);
  }
}
