import type { Dataset } from "./dataset.js";
import { featuresOf, sparsePartsOf } from "./features.js";
import { type Layout, sizeOf } from "./priors/terms.js";

/** Half an ulp of 1. */
const UNIT_ROUNDOFF = 1.1102230246251565e-16;

/** Numbers of X between two yields. */
const PIECE = 8192;

/** What one comparison of a row says of a direction. */
export interface Comparison {
  /** Its place among all: row · outputs + slot. */
  index: number;
  /** How far the direction moves the row towards its target. */
  margin: number;
  /** A bound on the rounding of the margin. */
  error: number;
  /** The target lies between: the direction may not move it. */
  tie: boolean;
}

/** Which of a row's scores a slot compares: 1 where the first should rise over the second, −1 for none; a tie; or nothing. */
interface Pair {
  towards: number;
  against: number;
  tie: boolean;
}

/**
 * What every row asks of a direction that the loss never rises along, as comparisons of two scores, or of one with 0: one
 * for each output that a row has, or for each class but its own.
 */
export class Comparisons {
  readonly layout: Layout;
  readonly rows: number;
  readonly #data: Dataset;
  readonly #weights: Float64Array | null;
  readonly #pulls: Int8Array | null;
  readonly #pair: Pair = { towards: 0, against: 0, tie: false };
  /** The rows that are looked at; all of them if null. */
  #chosen: readonly number[] | null = null;
  #distinct: Comparisons | null = null;

  /**
   * `pulls`: [rows × outputs], where each score is pulled without end, 1, −1 or 0 for nowhere; null where the outputs are
   * classes, and targets their indices or distributions.
   */
  constructor(data: Dataset, weights: Float64Array | null, layout: Layout, pulls: Int8Array | null) {
    this.layout = layout;
    this.rows = data.rows;
    this.#data = data;
    this.#weights = weights;
    this.#pulls = pulls;
  }

  /** Scores of a row. */
  get #outputs(): number {
    return this.layout.thresholds ?? this.layout.outputs;
  }

  /** Slots of all rows. */
  get length(): number {
    return this.rows * this.#outputs;
  }

  /** Length of a direction. */
  get size(): number {
    return sizeOf(this.layout);
  }

  /** What a slot of a row compares; null for nothing. */
  #compare(row: number, slot: number): Pair | null {
    const outputs = this.#outputs;
    const pair = this.#pair;
    if (this.#weights !== null && this.#weights[row] === 0) return null;
    if (this.layout.thresholds !== undefined) {
      // The threshold above a row's class may not fall, nor that below it rise, less the row's score.
      const y = this.#data.targets![row];
      if (slot !== y && slot !== y - 1) return null;
      pair.towards = slot === y ? slot : -1;
      pair.against = slot === y ? -1 : slot;
      pair.tie = false;
      return pair;
    }
    if (this.#pulls !== null) {
      const pull = this.#pulls[row * outputs + slot];
      pair.towards = pull < 0 ? -1 : slot;
      pair.against = pull < 0 ? slot : -1;
      pair.tie = pull === 0;
      return pair;
    }
    const targets = this.#data.targets!;
    const distribution = targets.length > this.rows;
    const own = distribution ? firstPositive(targets, row * outputs) - row * outputs : targets[row];
    if (slot === own) return null;
    pair.towards = own;
    pair.against = slot;
    pair.tie = distribution && targets[row * outputs + slot] > 0;
    return pair;
  }

  /** Whether any of these parameters is a coefficient. */
  readsFeatures(parameters: readonly number[]): boolean {
    const { features: d, intercept, thresholds } = this.layout;
    return parameters.some((j) => (thresholds === undefined ? !intercept || j % (d + 1) > 0 : j >= thresholds));
  }

  /** One row of each kind of target: all that matters where no feature is read. */
  *distinct(): Generator<void, Comparisons> {
    if (this.#distinct !== null) return this.#distinct;
    const outputs = this.#outputs;
    const targets = this.#data.targets!;
    const width = targets.length / this.rows;
    const rows = new Map<number | string, number>();
    for (let row = 0; row < this.rows; row++) {
      if (row % PIECE === PIECE - 1) yield;
      if (this.#weights !== null && this.#weights[row] === 0) continue;
      let kind: number | string = targets[row];
      if (this.#pulls !== null) {
        kind = this.#pulls[row * outputs];
        if (outputs > 1) kind = this.#pulls.subarray(row * outputs, (row + 1) * outputs).join();
      } else if (width > 1) {
        kind = Array.from(targets.subarray(row * width, (row + 1) * width), (share) => (share > 0 ? 1 : 0)).join();
      }
      if (!rows.has(kind)) rows.set(kind, row);
    }
    const made = new Comparisons(this.#data, this.#weights, this.layout, this.#pulls);
    made.#chosen = [...rows.values()];
    return (this.#distinct = made);
  }

  /** Visits every comparison, in order, until `visit` returns false; the record is used again. */
  *scan(direction: Float64Array, visit: (comparison: Comparison) => boolean): Generator<void, void> {
    const outputs = this.#outputs;
    const { features: d, intercept, thresholds } = this.layout;
    const shift = intercept ? 1 : 0;
    const scores = new Float64Array(outputs);
    const sizes = new Float64Array(outputs);
    const rounding = 2 * (d + 2) * UNIT_ROUNDOFF;
    // Where only intercepts are free, as beside a prior, no feature need be read.
    const reads = this.readsFeatures([...direction.keys()].filter((j) => direction[j] !== 0));
    const at: Comparison = { index: 0, margin: 0, error: 0, tie: false };
    const width = this.#data.nonzeros / this.rows;
    const piece = Math.max(1, Math.floor(PIECE / ((width + 1) * outputs)));
    const chosen = this.#chosen;
    const count = chosen === null ? this.rows : chosen.length;
    for (let begin = 0; begin < count; begin += piece) {
      if (begin > 0) yield;
      const sparse = sparsePartsOf(this.#data);
      const x = sparse === null ? featuresOf(this.#data) : sparse.values;
      for (let i = begin, end = Math.min(begin + piece, count); i < end; i++) {
        const row = chosen === null ? i : chosen[i];
        if (this.#weights !== null && this.#weights[row] === 0) continue;
        const from = sparse === null ? row * d : sparse.pointers[row];
        const numbers = !reads ? 0 : sparse === null ? d : sparse.pointers[row + 1] - from;
        for (let k = 0; k < outputs; k++) {
          const first = thresholds ?? k * (d + shift);
          let score = thresholds !== undefined ? direction[k] : intercept ? direction[first] : 0;
          let size = Math.abs(score);
          for (let j = 0; j < numbers; j++) {
            const column = sparse === null ? j : sparse.indices[from + j];
            const product = direction[first + shift + column] * x[from + j];
            const term = thresholds === undefined ? product : -product;
            score += term;
            size += Math.abs(term);
          }
          scores[k] = score;
          sizes[k] = size;
        }
        for (let slot = 0; slot < outputs; slot++) {
          const pair = this.#compare(row, slot);
          if (pair === null) continue;
          const { towards, against } = pair;
          at.index = row * outputs + slot;
          at.margin = (towards < 0 ? 0 : scores[towards]) - (against < 0 ? 0 : scores[against]);
          at.error = rounding * ((towards < 0 ? 0 : sizes[towards]) + (against < 0 ? 0 : sizes[against]));
          at.tie = pair.tie;
          if (!visit(at)) return;
        }
      }
    }
  }

  /** What a comparison compares, as a vector over θ. */
  vector(index: number, out: Float64Array): void {
    const outputs = this.#outputs;
    const { features: d, intercept, thresholds } = this.layout;
    const shift = intercept ? 1 : 0;
    const row = Math.floor(index / outputs);
    const pair = this.#compare(row, index % outputs)!;
    const sparse = sparsePartsOf(this.#data);
    const x = sparse === null ? featuresOf(this.#data) : sparse.values;
    const from = sparse === null ? row * d : sparse.pointers[row];
    const numbers = sparse === null ? d : sparse.pointers[row + 1] - from;
    out.fill(0);
    const put = (output: number, sign: number): void => {
      if (output < 0) return;
      const first = thresholds ?? output * (d + shift);
      if (thresholds !== undefined) out[output] = sign;
      else if (intercept) out[first] = sign;
      const own = thresholds === undefined ? sign : -sign;
      for (let j = 0; j < numbers; j++) {
        const column = sparse === null ? j : sparse.indices[from + j];
        out[first + shift + column] = own * x[from + j];
      }
    };
    put(pair.towards, 1);
    put(pair.against, -1);
  }
}

function firstPositive(targets: Float64Array, begin: number): number {
  let at = begin;
  while (!(targets[at] > 0)) at++;
  return at;
}
