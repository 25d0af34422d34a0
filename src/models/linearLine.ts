import { leafRows, stackDepth } from "../backend/leaves.js";
import { carry, collapse, nodeOf } from "../backend/typescript/tree.js";
import { dotSlots } from "../backend/typescript/vector.js";
import type { LinearProduct } from "./linearProduct.js";
import type { LineEvaluation } from "./model.js";
import { lossIn } from "./onViews.js";

const nothing = /*#__PURE__*/ new Float64Array(0);

/**
 * Σ w·ℓ along a line θ + t·v: the scores X·θ and X·v are taken once, where there is memory for them, and every point of the
 * line then costs its losses alone, no pass over X.
 */
export class LinearLine<Ref> {
  readonly #product: LinearProduct<Ref>;
  readonly #moves: Ref;
  readonly #residuals: Ref;
  /** X·θ and X·v of all rows, and of which θ and v they are. */
  readonly #kept: { readonly scores: Ref; readonly moves: Ref } | null;
  #point: Float64Array | null = null;
  #direction: Float64Array | null = null;
  /** The stack of sums of slopes and curvatures. */
  readonly #sums: Float64Array;

  constructor(product: LinearProduct<Ref>) {
    const { workspace, unit, layout, data, leaves } = product.ground;
    const { outputs } = layout;
    this.#product = product;
    this.#moves = workspace.allocate(unit * outputs);
    this.#residuals = workspace.allocate(unit * outputs);
    const scores = workspace.tryAllocate(data.rows * outputs);
    const moves = scores === null ? null : workspace.tryAllocate(data.rows * outputs);
    this.#kept = scores === null || moves === null ? null : { scores, moves };
    this.#sums = new Float64Array(2 * stackDepth(leaves));
  }

  begin(parameters: Float64Array, direction: Float64Array, step: number): LineEvaluation {
    const product = this.#product;
    const { ground } = product;
    const point = Float64Array.from(parameters);
    const vector = Float64Array.from(direction);
    const [knowsPoint, knowsVector] = [same(this.#point, point), same(this.#direction, vector)];
    if (!knowsPoint) this.#point = null;
    if (!knowsVector) this.#direction = null;
    ground.write(point, ground.parameters);
    ground.write(vector, product.direction);
    return ground.evaluation(
      { value: NaN, gradient: nothing, hessian: null, slope: NaN, curvature: NaN },
      (begin, end) => {
        const [scores, moves] = this.#scoresOf(begin, end, knowsPoint, knowsVector);
        this.#add(begin, end, scores, moves, step);
      },
      (result) => {
        if (this.#kept !== null) [this.#point, this.#direction] = [point, vector];
        result.value = ground.collapse(1, ground.lossStack)[0];
        collapse(ground.leaves, 2, this.#sums);
        result.slope = this.#sums[0];
        result.curvature = this.#sums[1];
      },
    );
  }

  /** X·θ and X·v of some rows. */
  #scoresOf(begin: number, end: number, knowsPoint: boolean, knowsVector: boolean): [scores: Ref, moves: Ref] {
    const { ground, direction } = this.#product;
    const { outputs } = ground.layout;
    const place = (all: Ref | undefined, own: Ref): Ref =>
      all === undefined ? own : ground.store.slice(all, begin * outputs, end * outputs);
    const scores = place(this.#kept?.scores, ground.scores);
    const moves = place(this.#kept?.moves, this.#moves);
    if (!knowsPoint) ground.scoreUnit(begin, end, ground.parameters, scores);
    if (!knowsVector) ground.scoreUnit(begin, end, direction, moves, false);
    return [scores, moves];
  }

  /** Pushes the losses, Σ r·(X·v) and Σ (X·v)·C·(X·v) at scores + step·moves, leaf by leaf. */
  #add(begin: number, end: number, scores: Ref, moves: Ref, step: number): void {
    const product = this.#product;
    const { store, kernels, layout, scores: trial, residuals, lossStack } = product.ground;
    const { targets, weights } = product.ground.vectors();
    const { outputs } = layout;
    const { loss, width } = kernels;
    const rows = end - begin;
    const length = rows * outputs;
    const along = store.view(moves, length);
    const from = store.view(scores, length);
    const at = store.view(trial, length);
    for (let i = 0; i < length; i++) at[i] = from[i] + step * along[i];
    const w = weights === null ? null : store.slice(weights, begin, end);
    const y = store.slice(targets, begin * width, end * width);
    lossIn(store, loss, width)(rows, outputs, begin / leafRows(outputs), trial, y, w, this.#residuals, 1, lossStack);
    product.applyCurvature(begin, end, trial, moves);
    const leaf = leafRows(outputs);
    const [slopes, curved] = [store.view(this.#residuals, length), store.view(residuals, length)];
    for (let row = 0; row < rows; row += leaf) {
      const index = (begin + row) / leaf;
      const count = (Math.min(row + leaf, rows) - row) * outputs;
      const node = nodeOf(index, 2);
      this.#sums[node] = dotSlots(count, slopes, row * outputs, along, row * outputs);
      this.#sums[node + 1] = dotSlots(count, curved, row * outputs, along, row * outputs);
      carry(index, 2, this.#sums);
    }
  }
}

function same(a: Float64Array | null, b: Float64Array): boolean {
  if (a === null) return false;
  for (let j = 0; j < b.length; j++) if (!Object.is(a[j], b[j])) return false;
  return true;
}
