import { solveColumns } from "./columnSolve.js";
import { type Column, addColumn, dotColumn, squaresOfColumn } from "./columns.js";

/** A coordinate leaves its center when the slope exceeds its rate by this factor, 1 + 2⁻⁴³: less is rounding. */
const LEAVE = 1.0000000000001137;

/** Curvature below this share of a column's own, 2⁻⁴⁰, is that of a constant column beside an intercept. */
const FLAT = 9.094947017729282e-13;

/** (√5 − 1)/2. */
const GOLDEN = 0.6180339887498949;

/** Numbers read in one unit. */
const UNIT_NUMBERS = 1 << 15;

/** Sweeps over the coordinates away from their centers, in a row and in all, while these still change. */
const INNER = 4;
const SWEEPS = 16;

/** Rounds in a row that change nothing and are not half as long as the one before: rounding has won. */
const STALLED = 2;

/** Share of what a sweep over all may be off that is left when linear equations are solved. */
const SOLVED = 0.0625;

/** ½dᵀHd + gᵀd + Σ rate·|θ + d − center| with H = Xᵀ·diag(c)·X + diag(ridge), for some columns of X and an intercept. */
export interface ColumnModel {
  readonly columns: readonly Column[];
  /** c: [rows]. */
  readonly curvature: Float64Array;
  /** Of each column: g, ridge, rate, center; and θ, which is moved. */
  readonly slope: Float64Array;
  readonly ridge: Float64Array;
  readonly rate: Float64Array;
  readonly center: Float64Array;
  readonly point: Float64Array;
  /** g and ridge of an intercept without a rate; null where there is none. */
  readonly intercept: { readonly slope: number; readonly ridge: number } | null;
}

/** How a descent ended beside its point. */
export interface ColumnEnd {
  /** By how much the intercept moves. */
  readonly shift: number;
  /** True if the model falls without end along a coordinate: it has a slope there and no curvature. */
  readonly flat: boolean;
}

/** A model on the way to its minimum. */
export class ColumnDescent {
  readonly #model: ColumnModel;
  readonly #start: Float64Array;
  readonly #second: Float64Array;
  /** Σ c·x of each column, and Σ c with the ridge of the intercept; zeros and Infinity without one. */
  readonly #sums: Float64Array;
  readonly #total: number;
  /** C·X·d, and Σ sums·d. */
  readonly #moves: Float64Array;
  #moved = 0;
  #budget = UNIT_NUMBERS;
  /** True once a coordinate left its center, returned to it or crossed it. */
  #changed = false;

  constructor(model: ColumnModel) {
    const { curvature, point, intercept } = model;
    this.#model = model;
    this.#start = point.slice();
    this.#second = new Float64Array(point.length);
    this.#sums = new Float64Array(point.length);
    this.#moves = new Float64Array(curvature.length);
    const total = intercept === null ? 0 : curvature.reduce((sum, c) => sum + c, 0) + intercept.ridge;
    this.#total = total > 0 ? total : Infinity;
  }

  /**
   * Coordinate descent: each column in turn goes to its minimum, the intercept, which is solved for throughout, going with
   * it. Once it is settled which coordinates are away from their centers, and on which side, these are linear equations,
   * solved by conjugate gradients as far as no coordinate crosses its center; then all columns have their turn again.
   * Lengths are in the curvatures of the coordinates; it ends where a sweep over all is `accuracy` times as long as the
   * first. Yields between units.
   *
   * Source: J. Friedman, T. Hastie & R. Tibshirani, Journal of Statistical Software 33 (2010).
   */
  *run(accuracy: number): Generator<void, ColumnEnd> {
    const { point, rate, center } = this.#model;
    yield* this.#begin();
    const all = Int32Array.from(point.keys());
    let size = yield* this.#sweep(all);
    const goal = accuracy * accuracy * size;
    let settling = 0;
    for (let stalled = 0; size > goal && stalled < STALLED && settling < SWEEPS;) {
      const before = size;
      const support = all.filter((k) => this.#second[k] > 0 && (rate[k] === 0 || point[k] !== center[k]));
      this.#changed = true;
      for (let sweep = 0; sweep < INNER && this.#changed && size > goal; sweep++, settling++) {
        this.#changed = false;
        size = yield* this.#sweep(support);
      }
      if (size > goal && !this.#changed) yield* this.#solve(support, goal);
      this.#changed = false;
      size = yield* this.#sweep(all);
      stalled = !this.#changed && size > before / 4 ? stalled + 1 : 0;
    }
    const flat = all.some((k) => this.#second[k] === 0 && Math.abs(this.#slopeAt(k)) > rate[k]);
    return { shift: this.#shift(), flat: flat || (this.#model.intercept !== null && this.#total === Infinity) };
  }

  /** The curvature of every coordinate. */
  *#begin(): Generator<void, void> {
    const { columns, curvature, ridge, point } = this.#model;
    for (let k = 0; k < point.length; k++) {
      const squares = squaresOfColumn(columns[k], curvature) + ridge[k];
      this.#second[k] = squares;
      if (this.#total < Infinity) {
        this.#sums[k] = dotColumn(columns[k], curvature);
        this.#second[k] -= (this.#sums[k] * this.#sums[k]) / this.#total;
        if (!(this.#second[k] > FLAT * squares)) this.#second[k] = 0;
      }
      if (this.#spend(k)) yield;
    }
  }

  /** True when a unit is over. */
  #spend(k: number): boolean {
    this.#budget -= 2 * this.#model.columns[k].values.length + 16;
    if (this.#budget > 0) return false;
    this.#budget = UNIT_NUMBERS;
    return true;
  }

  /** How far the intercept goes with the rest: to its minimum. */
  #shift(): number {
    const { intercept } = this.#model;
    return intercept === null ? 0 : -(intercept.slope + this.#moved) / this.#total;
  }

  /** The slope of the smooth part by a coordinate. */
  #slopeAt(k: number): number {
    const { columns, slope, ridge, point } = this.#model;
    const own = slope[k] + ridge[k] * (point[k] - this.#start[k]);
    return own + dotColumn(columns[k], this.#moves) + this.#shift() * this.#sums[k];
  }

  /** Moves coordinates to their minimum, one after the other; returns the square of the length of all steps. */
  *#sweep(places: Int32Array): Generator<void, number> {
    let size = 0;
    const { length } = places;
    const stride = strideOf(length);
    for (let a = 0, at = 0; a < length; a++, at = (at + stride) % length) {
      size += this.#move(places[at]);
      if (this.#spend(places[at])) yield;
    }
    return size;
  }

  #move(k: number): number {
    const { columns, curvature, rate, center, point } = this.#model;
    const h = this.#second[k];
    const distance = point[k] - center[k];
    let after = 0;
    if (h > 0) {
      const slope = this.#slopeAt(k);
      if (distance === 0 && Math.abs(slope) <= rate[k] * LEAVE) return 0;
      const pull = h * distance - slope;
      const excess = Math.abs(pull) - rate[k];
      after = excess > 0 ? (Math.sign(pull) * excess) / h : 0;
    } else if (rate[k] === 0 || Math.abs(this.#slopeAt(k)) > rate[k]) return 0;
    if (rate[k] > 0 && Math.sign(after) !== Math.sign(distance)) this.#changed = true;
    const target = center[k] + after;
    const step = target - point[k];
    if (step === 0) return 0;
    point[k] = target;
    addColumn(columns[k], step, curvature, this.#moves);
    this.#moved += step * this.#sums[k];
    return h * step * step;
  }

  /** Moves coordinates to where their slopes vanish, signs kept, or as far as that way the first comes to its center. */
  *#solve(places: Int32Array, goal: number): Generator<void, void> {
    const { columns, curvature, ridge, rate, center, point } = this.#model;
    const slope = new Float64Array(places.length);
    for (let a = 0; a < places.length; a++) {
      const k = places[a];
      slope[a] = this.#slopeAt(k) + rate[k] * Math.sign(point[k] - center[k]);
      if (this.#spend(k)) yield;
    }
    const sums = this.#sums;
    const hessian = { columns, curvature, ridge, sums, total: this.#total, second: this.#second };
    const { step, moves, moved } = yield* solveColumns(hessian, places, slope, SOLVED * goal);
    let far = 1;
    places.forEach((k, a) => {
      const own = rate[k] > 0 ? (center[k] - point[k]) / step[a] : Infinity;
      if (own > 0 && own < far) far = own;
    });
    places.forEach((k, a) => {
      const own = rate[k] > 0 ? (center[k] - point[k]) / step[a] : Infinity;
      point[k] = own > 0 && own <= far ? center[k] : point[k] + far * step[a];
    });
    for (let i = 0; i < moves.length; i++) this.#moves[i] += far * moves[i];
    this.#moved += far * moved;
  }
}

/** About 0.618 of n, and without a common factor: columns that resemble each other are not taken one after the other. */
function strideOf(n: number): number {
  let stride = Math.max(1, Math.floor(GOLDEN * n));
  while (gcd(stride, n) !== 1) stride++;
  return stride;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
