import { leafRows, stackDepth } from "../backend/leaves.js";
import { linearHessian } from "../backend/typescript/linearHessian.js";
import type { LinearGround } from "./linearGround.js";
import { curvatureIn } from "./onViews.js";

/** Products in one unit that adds up a Hessian. */
const UNIT_PRODUCTS = 98304;

/** The Hessian of Σ w·ℓ of a linear model, unit by unit: a packed triangle of the design (1, x) for each pair of outputs. */
export class LinearHessian<Ref> {
  protected readonly ground: LinearGround<Ref>;
  protected readonly pairs: number;
  protected readonly triangle: number;
  readonly #curvature: Ref;
  protected readonly stack: Ref;

  constructor(ground: LinearGround<Ref>) {
    const { outputs, features } = ground.layout;
    this.ground = ground;
    this.pairs = (outputs * (outputs + 1)) / 2;
    this.triangle = ((features + 1) * (features + 2)) / 2;
    this.#curvature = ground.workspace.allocate(this.pairs * ground.unit);
    this.stack = ground.workspace.allocate(stackDepth(this.leaves) * this.pairs * this.triangle);
  }

  /** Leaves of rows of the reduction. */
  protected get leaves(): number {
    return this.ground.leaves;
  }

  /** Multiplications of a row. */
  protected get work(): number {
    return this.triangle * this.pairs;
  }

  /** Rows of a unit, which cost more by the number of columns. */
  get unit(): number {
    const leaf = leafRows(this.ground.layout.outputs);
    const leaves = Math.floor(UNIT_PRODUCTS / (leaf * this.work));
    return Math.min(Math.max(1, leaves) * leaf, this.ground.unit);
  }

  /** Pushes the rows begin .. end, whose scores the ground holds. */
  push(begin: number, end: number): void {
    const { store, scores, kernels, layout } = this.ground;
    const { targets, weights } = this.ground.vectors();
    const y = store.slice(targets, begin * kernels.width, end * kernels.width);
    const w = weights === null ? null : store.slice(weights, begin, end);
    const runCurvature = curvatureIn(store, kernels.curvature, kernels.width);
    runCurvature(end - begin, layout.outputs, scores, y, w, this.#curvature);
    this.pushRows(begin, end, this.#curvature);
  }

  protected pushRows(begin: number, end: number, curvature: Ref): void {
    const { store, layout, x } = this.ground;
    const { features, outputs } = layout;
    const run = store.bind({ name: "linearHessian", twin: linearHessian });
    run(features, outputs, this.pairs, begin, end, x.upTo(begin, end), curvature, this.stack);
  }

  /** Spreads the packed triangles of all pairs of outputs over the packed lower triangle of the whole. */
  finish(out: Float64Array): void {
    const { outputs, features, intercept } = this.ground.layout;
    const node = this.ground.collapse(this.pairs * this.triangle, this.stack, this.leaves);
    const skip = intercept ? 0 : 1;
    const width = features + 1 - skip;
    let at = 0;
    for (let k = 0; k < outputs; k++) {
      for (let a = 0; a < width; a++) {
        for (let l = 0; l <= k; l++) {
          const block = ((k * (k + 1)) / 2 + l) * this.triangle;
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
