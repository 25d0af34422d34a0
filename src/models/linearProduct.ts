import { sizeOf } from "../priors/terms.js";
import type { LinearGround } from "./linearGround.js";
import type { DataEvaluation } from "./model.js";
import { curvatureIn } from "./onViews.js";

const nothing = /*#__PURE__*/ new Float64Array(0);

/**
 * The Hessian of Σ w·ℓ times a vector v, Xᵀ(C·(X·v)) with C the curvature of the scores, in one pass over X; and its
 * diagonal. The scores at θ are kept where there is memory for them, and computed again where there is none: the bits are
 * the same.
 */
export class LinearProduct<Ref> {
  readonly ground: LinearGround<Ref>;
  /** Room for v as kernels take it. */
  readonly direction: Ref;
  readonly #moves: Ref;
  /** The curvature of all pairs of outputs, where the loss has no products of its own. */
  readonly #curvature: Ref | null;
  readonly #scores: Ref | null;
  /** The θ of the scores that are kept. */
  #kept: Float64Array | null = null;

  constructor(ground: LinearGround<Ref>) {
    const { layout, workspace, unit, data } = ground;
    const { outputs, features } = layout;
    this.ground = ground;
    this.direction = workspace.allocate(outputs * (features + 1));
    this.#moves = workspace.allocate(unit * outputs);
    const own = ground.kernels.curvatureTimes !== undefined;
    this.#curvature = own ? null : workspace.allocate(unit * ((outputs * (outputs + 1)) / 2));
    this.#scores = workspace.tryAllocate(data.rows * outputs);
  }

  begin(parameters: Float64Array, direction: Float64Array | null): DataEvaluation {
    const ground = this.ground;
    const known = this.#kept !== null && same(this.#kept, parameters);
    if (!known) this.#kept = null;
    const point = parameters.slice();
    ground.write(point, ground.parameters);
    if (direction !== null) ground.write(direction, this.direction);
    const product = new Float64Array(sizeOf(ground.layout));
    return ground.evaluation(
      { value: NaN, gradient: nothing, hessian: null, product },
      (begin, end) => {
        const scores = this.#scoresOf(begin, end, known);
        if (direction !== null) ground.scoreUnit(begin, end, this.direction, this.#moves, false);
        this.applyCurvature(begin, end, scores, direction === null ? null : this.#moves);
        if (direction === null) ground.pushSquares(begin, end);
        else ground.pushGradient(begin, end);
      },
      () => {
        if (this.#scores !== null) this.#kept = point;
        ground.finishGradient(product);
      },
    );
  }

  #scoresOf(begin: number, end: number, known: boolean): Ref {
    const { store, scores, parameters, layout } = this.ground;
    const { outputs } = layout;
    const out = this.#scores === null ? scores : store.slice(this.#scores, begin * outputs, end * outputs);
    if (!known) this.ground.scoreUnit(begin, end, parameters, out);
    return out;
  }

  /** residuals ← C·moves of every row, or the diagonal of C. */
  applyCurvature(begin: number, end: number, scores: Ref, along: Ref | null): void {
    const { store, kernels, layout, residuals } = this.ground;
    const { outputs } = layout;
    const { targets, weights } = this.ground.vectors();
    const rows = end - begin;
    const w = weights === null ? null : store.slice(weights, begin, end);
    if (this.#curvature !== null) {
      const run = curvatureIn(store, kernels.curvature, kernels.width);
      const y = store.slice(targets, begin * kernels.width, end * kernels.width);
      run(rows, outputs, scores, y, w, this.#curvature);
    }
    const out = store.view(residuals, rows * outputs);
    const moves = along === null ? null : store.view(along, rows * outputs);
    if (this.#curvature === null) {
      const share = w === null ? null : store.view(w, rows);
      kernels.curvatureTimes!(rows, outputs, store.view(scores, rows * outputs), share, moves, out);
      return;
    }
    const curvature = store.view(this.#curvature, rows * ((outputs * (outputs + 1)) / 2));
    if (moves === null) takeDiagonal(rows, outputs, curvature, out);
    else applyPairs(rows, outputs, curvature, moves, out);
  }
}

function takeDiagonal(rows: number, outputs: number, curvature: Float64Array, out: Float64Array): void {
  for (let k = 0; k < outputs; k++) {
    const pair = ((k * (k + 3)) / 2) * rows;
    for (let i = 0; i < rows; i++) out[i * outputs + k] = curvature[pair + i];
  }
}

/** out_ik = Σ_l C_kl·moves_il, l ascending. curvature: [pairs × rows]. */
function applyPairs(
  rows: number,
  outputs: number,
  curvature: Float64Array,
  moves: Float64Array,
  out: Float64Array,
): void {
  if (outputs === 1) {
    for (let i = 0; i < rows; i++) out[i] = curvature[i] * moves[i];
    return;
  }
  out.fill(0);
  for (let k = 0, pair = 0; k < outputs; k++) {
    for (let l = 0; l <= k; l++, pair++) {
      for (let i = 0, c = pair * rows, at = 0; i < rows; i++, c++, at += outputs) {
        out[at + k] += curvature[c] * moves[at + l];
        if (l < k) out[at + l] += curvature[c] * moves[at + k];
      }
    }
  }
}

function same(a: Float64Array, b: Float64Array): boolean {
  for (let j = 0; j < a.length; j++) if (!Object.is(a[j], b[j])) return false;
  return true;
}
