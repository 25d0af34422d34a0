import { type Dataset, dataset } from "../dataset.js";
import { denseStorageOf, featuresOf, sparseMatrixOf } from "../features.js";
import type { MatrixInput } from "../matrix.js";
import type { Model } from "../models/model.js";
import { type Result, startMinimization } from "../minimize.js";
import { type Objective, objective } from "../objective.js";
import { l1 } from "../penalties/l1.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Statement } from "./statement.js";

/** Columns up to which none are left out. */
const SCREENED_FROM = 100;

/** A slope counts as beyond its rate by this share, 2⁻³³: less is what minimising leaves. */
const BEYOND = 1 + 1.1641532182693481e-10;

/** Where a problem ended: θ, and the slope of the mean loss there. */
export interface Place {
  readonly parameters: Float64Array;
  readonly slope: Float64Array;
}

/**
 * One problem after the other on the same data, with more and less of an L1 penalty, each on the columns that may matter:
 * the strong rule leaves columns out, and all are checked at the solution.
 */
export class Screened {
  readonly data: Dataset;
  readonly #model: Model;
  readonly #statement: Statement;
  readonly #settings: object;
  readonly #plain: Objective;
  readonly #stride: number;
  readonly #shift: number;
  /** θ where the last one ended, and the slope of the mean loss there. */
  #parameters: Float64Array;
  #slope: Float64Array;
  #part: { readonly columns: readonly number[]; readonly plain: Objective } | null = null;

  constructor(data: Dataset, model: Model, statement: Statement, settings: object) {
    this.data = data;
    this.#model = model;
    this.#statement = statement;
    this.#settings = settings;
    this.#plain = objective({ data, model, loss: statement.loss });
    const { outputs } = this.#plain.bound.layout;
    this.#stride = this.#plain.size / outputs;
    this.#shift = this.#stride - data.columns;
    this.#parameters = new Float64Array(this.#plain.size);
    this.#slope = new Float64Array(this.#plain.size);
  }

  /** Length of θ. */
  get size(): number {
    return this.#plain.size;
  }

  /** What data and loss are, as hashes. */
  fingerprint(): ReturnType<Objective["fingerprint"]> {
    return this.#plain.fingerprint();
  }

  /** Where the last problem ended: θ, and the slope of the mean loss there. */
  place(): Place {
    return { parameters: this.#parameters.slice(), slope: this.#slope.slice() };
  }

  /** Goes back to where another ended. */
  moveTo({ parameters, slope }: Place): void {
    this.#parameters.set(parameters);
    this.#slope.set(slope);
  }

  /** Ends at the model of intercepts alone. */
  *begin(): Generator<undefined, void> {
    this.#parameters.set(this.#plain.initial?.() ?? new Float64Array(this.#plain.size));
    yield* this.#look();
    // A penalty that no slope can overcome; one column stands for all.
    const size = 1 + this.largestSlope();
    yield* this.#solve([0], l1(1e3 * size));
    yield* this.#look();
  }

  /** The largest slope of the mean loss by a coefficient. */
  largestSlope(): number {
    let largest = 0;
    this.#slope.forEach((value, at) => {
      if (at % this.#stride >= this.#shift) largest = Math.max(largest, Math.abs(value));
    });
    return largest;
  }

  /** The minimum with this penalty, whose L1 rate is `rate`; that of the last one was `before`. */
  *minimize(
    penalty: Penalty,
    rate: number,
    before: number,
  ): Generator<undefined, { target: Objective; result: Result }> {
    const all = Array.from({ length: this.data.columns }, (_, j) => j);
    const few = this.data.columns <= SCREENED_FROM;
    let columns = few ? all : all.filter((j) => this.#isActive(j) || this.#steepness(j) >= 2 * rate - before);
    const totals = { iterations: 0, evaluations: 0 };
    for (;;) {
      const result = yield* this.#solve(columns, penalty);
      totals.iterations += result.iterations;
      totals.evaluations += result.evaluations;
      yield* this.#look();
      const inside = new Set(columns);
      const wrong = all.filter((j) => !inside.has(j) && this.#steepness(j) > rate * BEYOND);
      if (wrong.length === 0) {
        const target = this.#plain.penalised!(penalty);
        return { target, result: { ...result, ...totals, parameters: this.#parameters.slice(), witness: null } };
      }
      columns = all.filter((j) => inside.has(j) || wrong.includes(j));
    }
  }

  release(): void {
    this.#part?.plain.data.release();
    this.#part = null;
    this.data.release();
  }

  #isActive(j: number): boolean {
    for (let at = this.#shift + j; at < this.#parameters.length; at += this.#stride) {
      if (this.#parameters[at] !== 0) return true;
    }
    return false;
  }

  /** The largest slope by the coefficients of a column. */
  #steepness(j: number): number {
    let largest = 0;
    for (let at = this.#shift + j; at < this.#slope.length; at += this.#stride) {
      largest = Math.max(largest, Math.abs(this.#slope[at]!));
    }
    return largest;
  }

  /** The slope of the mean loss where it ended. */
  *#look(): Generator<undefined, void> {
    const evaluation = this.#plain.begin(this.#parameters, 1);
    while (!evaluation.advance(1)) yield undefined;
    this.#slope.set(evaluation.gradient);
  }

  /** Minimises over some columns, from where the last one ended. */
  *#solve(columns: readonly number[], penalty: Penalty): Generator<undefined, Result> {
    const places = this.#placesOf(columns);
    const start = Float64Array.from(places, (at) => this.#parameters[at]!);
    const target = this.#plainOf(columns).penalised!(penalty);
    const work = startMinimization(target, { ...this.#settings, start });
    while (!work.advance(1)) yield undefined;
    const result = work.result();
    this.#parameters.fill(0);
    places.forEach((at, k) => (this.#parameters[at] = result.parameters[k]!));
    return result;
  }

  /** Where the parameters of some columns are among all. */
  #placesOf(columns: readonly number[]): number[] {
    const places: number[] = [];
    for (let first = 0; first < this.#parameters.length; first += this.#stride) {
      if (this.#shift === 1) places.push(first);
      for (const j of columns) places.push(first + this.#shift + j);
    }
    return places;
  }

  /** The mean loss on some columns; the last are kept. */
  #plainOf(columns: readonly number[]): Objective {
    const { columns: width, offsetLength, weights } = this.data;
    if (columns.length === width) return this.#plain;
    const part = this.#part;
    if (part !== null && part.columns.length === columns.length && part.columns.every((j, k) => j === columns[k])) {
      return part.plain;
    }
    part?.plain.data.release();
    const { store, offset } = this.data.vectors();
    const data = dataset(this.#take(columns), this.#statement.targets, {
      ...(this.data.reader === null && { columns: columns.length, storage: denseStorageOf(this.data) }),
      ...(weights !== null && { weights }),
      ...(offsetLength > 0 && { offset: store.view(offset, offsetLength).slice() }),
    });
    const plain = objective({ data, model: this.#model, loss: this.#statement.loss });
    this.#part = { columns, plain };
    return plain;
  }

  /** X of some columns. */
  #take(columns: readonly number[]): MatrixInput {
    const sparse = sparseMatrixOf(this.data);
    if (sparse !== null) return sparse.reader.takeColumns(sparse, columns);
    const { rows, columns: width } = this.data;
    const all = featuresOf(this.data);
    const chosen = new Float64Array(rows * columns.length);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < columns.length; k++) chosen[i * columns.length + k] = all[i * width + columns[k]!]!;
    }
    return chosen;
  }
}
