import { type Column, addColumn, dotColumn } from "./columns.js";

/** H = Xᵀ·diag(c)·X + diag(ridge) for some columns of X, less what an intercept that is solved for takes of it. */
export interface ColumnHessian {
  readonly columns: readonly Column[];
  readonly curvature: Float64Array;
  readonly ridge: Float64Array;
  /** Σ c·x of each column, and Σ c: of the intercept; zeros and Infinity without one. */
  readonly sums: Float64Array;
  readonly total: number;
  /** The diagonal. */
  readonly second: Float64Array;
}

/** A step of some columns, with C·X·step and Σ sums·step. */
export interface ColumnStep {
  readonly step: Float64Array;
  readonly moves: Float64Array;
  readonly moved: number;
}

/** Steps at most. */
const MOST_STEPS = 200;

/** Curvature below this share of a direction's length, 2⁻⁴⁰, is that of columns that determine each other. */
const SINGULAR = 9.094947017729282e-13;

/** Numbers read in one unit. */
const UNIT_NUMBERS = 1 << 15;

/**
 * H·step = −slope for some columns by conjugate gradients, in units of the diagonal, until the residual's length, squared, is
 * at most `goal`. Yields between units.
 */
export function* solveColumns(
  { columns, curvature, ridge, sums, total, second }: ColumnHessian,
  places: Int32Array,
  slope: Float64Array,
  goal: number,
): Generator<void, ColumnStep> {
  const count = places.length;
  const step = new Float64Array(count);
  const moves = new Float64Array(curvature.length);
  const residual = slope.slice();
  const direction = residual.map((r, a) => -r / second[places[a]]);
  const along = new Float64Array(curvature.length);
  let moved = 0;
  let size = -residual.reduce((sum, r, a) => sum + r * direction[a], 0);
  let budget = UNIT_NUMBERS;
  for (let steps = 0; steps < MOST_STEPS && size > goal; steps++) {
    along.fill(0);
    let share = 0;
    for (let a = 0; a < count; a++) {
      const k = places[a];
      addColumn(columns[k], direction[a], curvature, along);
      share += direction[a] * sums[k];
      if ((budget -= columns[k].values.length + 8) > 0) continue;
      budget = UNIT_NUMBERS;
      yield;
    }
    const product = new Float64Array(count);
    let curved = 0;
    let length = 0;
    for (let a = 0; a < count; a++) {
      const k = places[a];
      product[a] = dotColumn(columns[k], along) + ridge[k] * direction[a] - (sums[k] / total) * share;
      curved += product[a] * direction[a];
      length += second[k] * direction[a] * direction[a];
      if ((budget -= columns[k].values.length + 8) > 0) continue;
      budget = UNIT_NUMBERS;
      yield;
    }
    if (!(curved > SINGULAR * length)) break;
    const far = size / curved;
    let next = 0;
    for (let a = 0; a < count; a++) {
      step[a] += far * direction[a];
      residual[a] += far * product[a];
      next += (residual[a] * residual[a]) / second[places[a]];
    }
    for (let i = 0; i < moves.length; i++) moves[i] += far * along[i];
    moved += far * share;
    for (let a = 0; a < count; a++) direction[a] = (next / size) * direction[a] - residual[a] / second[places[a]];
    size = next;
  }
  return { step, moves, moved };
}
