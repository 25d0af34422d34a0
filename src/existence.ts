import { type NullSpace, nullSpace } from "./linalg/nullSpace.js";
import type { Dataset } from "./dataset.js";
import type { BoundModel } from "./models/model.js";
import type { Diagnosis } from "./optimizers/objective.js";
import { type Terms, isFree, sizeOf } from "./priors/terms.js";

/** Half an ulp of 1. */
const UNIT_ROUNDOFF = 1.1102230246251565e-16;

/** Margins below which a row counts as not yet decided, tried one after the other. */
const DECIDED = [4, 8, 16];

/** Multiplications that a search for a direction may cost. */
const MOST_WORK = 3e8;

/** An entry that projection shrank by this much is rounding. */
const NOISE = 1e-12;

/** 1.5·2²²: adding it and taking it away rounds to multiples of 2⁻³⁰. */
const GRID = 6291456;

/** What a direction does to the rows: how many it decides, and how many it leaves as they are. */
interface Verdict {
  readonly positive: number;
  readonly zero: number;
}

/**
 * Looks for a direction along which the loss falls for ever, so that no minimum exists: one that lies in the free
 * parameters, moves no row against its target and at least one towards it. The witness is re-checked over all rows; a
 * sign counts only beyond its rounding error. Null where none is found.
 */
export function findSeparation(
  data: Dataset,
  bound: BoundModel,
  terms: Terms,
  parameters: Float64Array,
): Diagnosis | null {
  if (parameters.every((_, j) => !isFree(terms, j))) return null;
  const free = parameters.map((value, j) => (isFree(terms, j) ? value : 0));
  for (const candidate of candidates(data, bound, terms, free)) {
    const verdict = judge(data, bound, candidate);
    if (verdict !== null) return describe(data, verdict, candidate);
  }
  return null;
}

function describe(data: Dataset, { positive, zero }: Verdict, direction: Float64Array): Diagnosis {
  const largest = direction.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const witness = direction.map((value) => value / largest);
  const remedy =
    "Use a prior (priors.normal) or a penalty (penalties.l2), or drop the columns that tell the classes apart.";
  if (zero === 0) {
    const reason =
      `The witness separates the classes of all ${data.rows} rows: along it the likelihood rises for ever, ` +
      `so no maximum-likelihood estimate exists. ${remedy}`;
    return { status: "separated", reason, witness };
  }
  const reason =
    `The witness separates some classes (${positive} comparisons won, ${zero} tied, none lost): along it the likelihood ` +
    `rises for ever, so no maximum-likelihood estimate exists. ${remedy}`;
  return { status: "quasi-separated", reason, witness };
}

/** Directions worth judging: the iterate itself, and its part that leaves undecided rows where they are. */
function* candidates(data: Dataset, bound: BoundModel, terms: Terms, iterate: Float64Array): Generator<Float64Array> {
  if (iterate.every((value) => value === 0)) return;
  yield iterate;
  const free = [...iterate.keys()].filter((j) => isFree(terms, j));
  let before = -1;
  for (const decided of DECIDED) {
    const rows = undecided(data, bound, iterate, decided);
    if (rows.length === before) continue;
    before = rows.length;
    const space = spaceOfTies(data, bound, rows, free);
    if (space === null) continue;
    const part = Float64Array.from(free, (j) => iterate[j]);
    // The second projection takes away what rounding left of the first, which was relative to the whole iterate.
    for (let pass = 0; pass < 2; pass++) {
      space.project(part, part);
      const direction = new Float64Array(iterate.length);
      free.forEach((j, i) => (direction[j] = Math.abs(part[i]) <= NOISE * Math.abs(iterate[j]) ? 0 : part[i]));
      if (direction.some((value) => value !== 0)) yield direction;
      if (pass === 1) yield rounded(bound, direction);
    }
  }
}

/**
 * The direction with the first of several outputs as reference, its largest entry 1, on a grid of 2⁻³⁰: what rounding
 * left of ties between whole numbers is then exactly a tie. Like every candidate it is judged before it counts.
 */
function rounded(bound: BoundModel, direction: Float64Array): Float64Array {
  const stride = direction.length / bound.layout.outputs;
  const several = bound.layout.outputs > 1;
  const relative = direction.map((value, j) => (several ? value - direction[j % stride] : value));
  const largest = relative.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return relative.map((value) => (largest === 0 ? 0 : value / largest + GRID - GRID));
}

/**
 * The directions that move none of the comparisons; null if there are none. A sample of the comparisons decides first:
 * where it already spans everything, as it does on ordinary data, the rest need not be looked at.
 */
function spaceOfTies(
  data: Dataset,
  bound: BoundModel,
  comparisons: readonly number[],
  free: readonly number[],
): NullSpace | null {
  const width = free.length;
  for (let size = Math.min(4 * width, comparisons.length); ; size = Math.min(8 * size, comparisons.length)) {
    if (size * width * width > MOST_WORK) return null;
    const sample = new Set<number>();
    for (let i = 0; i < size; i++) sample.add(comparisons[Math.floor((i * comparisons.length) / size)]);
    const space = nullSpace(differences(data, bound, sample, free), size, width);
    if (space.dimension === 0) return null;
    if (size < comparisons.length) continue;
    return space;
  }
}

/** One comparison: the margin of a target's score over another's along a direction. */
interface Comparison {
  /** Its number, over all rows that count, in order. */
  index: number;
  margin: number;
  /** A bound on the rounding of the margin. */
  error: number;
  features: Float64Array;
  /** The outputs it compares, −1 for a score that is fixed at 0. */
  towards: number;
  against: number;
  /** The target lies between the classes: the direction may not move it. */
  tie: boolean;
}

/** Visits every comparison until `visit` returns false; the record is used again. */
function eachComparison(
  data: Dataset,
  bound: BoundModel,
  direction: Float64Array,
  visit: (comparison: Comparison) => boolean,
): void {
  const { outputs, features: d, intercept } = bound.layout;
  const shift = intercept ? 1 : 0;
  const targets = data.targets!;
  const scores = new Float64Array(outputs);
  const sizes = new Float64Array(outputs);
  const rounding = 2 * (d + 2) * UNIT_ROUNDOFF;
  const at: Comparison = { index: 0, margin: 0, error: 0, features: scores, towards: 0, against: 0, tie: false };
  let alive = true;
  bound.eachRow((row, features) => {
    if (!alive || (data.weights !== null && data.weights[row] === 0)) return;
    for (let k = 0; k < outputs; k++) {
      const first = k * (d + shift);
      let score = intercept ? direction[first] : 0;
      let size = Math.abs(score);
      for (let j = 0; j < d; j++) {
        const term = direction[first + shift + j] * features[j];
        score += term;
        size += Math.abs(term);
      }
      scores[k] = score;
      sizes[k] = size;
    }
    const y = targets[row];
    at.features = features;
    if (outputs === 1) {
      // Classes are 0 and 1, or −1 and 1.
      at.margin = y <= 0 ? -scores[0] : scores[0];
      at.error = rounding * sizes[0];
      at.towards = y <= 0 ? -1 : 0;
      at.against = y <= 0 ? 0 : -1;
      at.tie = y > 0 && y < 1;
      alive = visit(at);
      at.index++;
      return;
    }
    for (let k = 0; k < outputs && alive; k++) {
      if (k === y) continue;
      at.margin = scores[y] - scores[k];
      at.error = rounding * (sizes[y] + sizes[k]);
      at.towards = y;
      at.against = k;
      alive = visit(at);
      at.index++;
    }
  });
}

/** The comparisons that the iterate has not decided. */
function undecided(data: Dataset, bound: BoundModel, iterate: Float64Array, decided: number): number[] {
  const indices: number[] = [];
  eachComparison(data, bound, iterate, ({ index, margin, tie }) => {
    if (margin <= decided || tie) indices.push(index);
    return true;
  });
  return indices;
}

/** What each of some comparisons compares, as a row over the free parameters: [size × free]. */
function differences(
  data: Dataset,
  bound: BoundModel,
  indices: ReadonlySet<number>,
  free: readonly number[],
): Float64Array {
  const { features: d, intercept } = bound.layout;
  const shift = intercept ? 1 : 0;
  const rows = new Float64Array(indices.size * free.length);
  const row = new Float64Array(sizeOf(bound.layout));
  let next = 0;
  eachComparison(data, bound, row.slice(), ({ index, features, towards, against }) => {
    if (!indices.has(index)) return true;
    row.fill(0);
    const put = (output: number, sign: number): void => {
      if (output < 0) return;
      const first = output * (d + shift);
      if (intercept) row[first] = sign;
      for (let j = 0; j < d; j++) row[first + shift + j] = sign * features[j];
    };
    put(towards, 1);
    put(against, -1);
    for (const j of free) rows[next++] = row[j];
    return next < rows.length;
  });
  return rows;
}

/** What the direction does to all rows; null unless it is a witness. */
function judge(data: Dataset, bound: BoundModel, direction: Float64Array): Verdict | null {
  let positive = 0;
  let zero = 0;
  let lost = false;
  eachComparison(data, bound, direction, ({ margin, error, tie }) => {
    if (Math.abs(margin) <= error) zero++;
    else if (margin > 0 && !tie) positive++;
    else lost = true;
    return !lost;
  });
  return lost || positive === 0 ? null : { positive, zero };
}
