import { nullSpace } from "./linalg/nullSpace.js";
import type { Dataset } from "./dataset.js";
import type { BoundModel } from "./models/model.js";
import type { Diagnosis } from "./optimizers/objective.js";
import { type Terms, sizeOf } from "./priors/terms.js";

/** Half an ulp of 1. */
const UNIT_ROUNDOFF = 1.1102230246251565e-16;

/** Margins below which a row counts as not yet decided, tried one after the other. */
const DECIDED = [4, 8, 16];

/** Multiplications that a search for a direction may cost. */
const MOST_WORK = 3e8;

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
  if (terms.precision.every((precision) => precision > 0)) return null;
  const free = parameters.map((value, j) => (terms.precision[j] > 0 ? 0 : value));
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
  const free = [...terms.precision.keys()].filter((j) => terms.precision[j] === 0);
  let before = -1;
  for (const decided of DECIDED) {
    const rows = undecided(data, bound, iterate, decided, free);
    const count = rows.length / free.length;
    if (count === before || count * free.length * free.length > MOST_WORK) continue;
    before = count;
    const space = nullSpace(rows, count, free.length);
    if (space.dimension === 0) continue;
    const part = Float64Array.from(free, (j) => iterate[j]);
    space.project(part, part);
    const direction = new Float64Array(iterate.length);
    free.forEach((j, i) => (direction[j] = part[i]));
    if (direction.some((value) => value !== 0)) yield direction;
  }
}

/** Visits every comparison (target's score against another's) with its margin along θ and a bound on its rounding. */
function eachComparison(
  data: Dataset,
  bound: BoundModel,
  direction: Float64Array,
  visit: (
    margin: number,
    error: number,
    features: Float64Array,
    towards: number,
    against: number,
    tie: boolean,
  ) => boolean,
): void {
  const { outputs, features: d, intercept } = bound.layout;
  const stride = d + (intercept ? 1 : 0);
  const targets = data.targets!;
  const scores = new Float64Array(outputs);
  const sizes = new Float64Array(outputs);
  let alive = true;
  bound.eachRow((row, features) => {
    if (!alive || (data.weights !== null && data.weights[row] === 0)) return;
    for (let k = 0; k < outputs; k++) {
      const first = k * stride;
      let score = intercept ? direction[first] : 0;
      let size = Math.abs(score);
      for (let j = 0; j < d; j++) {
        const term = direction[first + (intercept ? 1 : 0) + j] * features[j];
        score += term;
        size += Math.abs(term);
      }
      scores[k] = score;
      sizes[k] = size;
    }
    const rounding = 2 * (d + 2) * UNIT_ROUNDOFF;
    const y = targets[row];
    if (outputs === 1) {
      const tie = y !== 0 && y !== 1;
      alive = visit(
        y === 0 ? -scores[0] : scores[0],
        rounding * sizes[0],
        features,
        y === 0 ? -1 : 0,
        y === 0 ? 0 : -1,
        tie,
      );
      return;
    }
    for (let k = 0; k < outputs && alive; k++) {
      if (k === y) continue;
      alive = visit(scores[y] - scores[k], rounding * (sizes[y] + sizes[k]), features, y, k, false);
    }
  });
}

/** The differences of rows that the iterate has not decided, in the free parameters: [count × free]. */
function undecided(
  data: Dataset,
  bound: BoundModel,
  iterate: Float64Array,
  decided: number,
  free: readonly number[],
): Float64Array {
  const { features: d, intercept } = bound.layout;
  const shift = intercept ? 1 : 0;
  const stride = d + shift;
  const rows: number[] = [];
  const row = new Float64Array(sizeOf(bound.layout));
  eachComparison(data, bound, iterate, (margin, _, features, towards, against, tie) => {
    if (margin > decided && !tie) return true;
    row.fill(0);
    for (const [output, sign] of [
      [towards, 1],
      [against, -1],
    ]) {
      if (output < 0) continue;
      if (intercept) row[output * stride] = sign;
      for (let j = 0; j < d; j++) row[output * stride + shift + j] = sign * features[j];
    }
    for (const j of free) rows.push(row[j]);
    return rows.length <= MOST_WORK / 10;
  });
  return Float64Array.from(rows);
}

/** What the direction does to all rows; null unless it is a witness. */
function judge(data: Dataset, bound: BoundModel, direction: Float64Array): Verdict | null {
  let positive = 0;
  let zero = 0;
  let lost = false;
  eachComparison(data, bound, direction, (margin, error, _, __, ___, tie) => {
    if (Math.abs(margin) <= error) zero++;
    else if (margin > 0 && !tie) positive++;
    else lost = true;
    return !lost;
  });
  return lost || positive === 0 ? null : { positive, zero };
}
