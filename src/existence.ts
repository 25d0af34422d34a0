import { type NullSpace, nullSpaceSteps } from "./linalg/nullSpace.js";
import { Comparisons } from "./comparisons.js";
import type { Diagnosis } from "./optimizers/objective.js";
import { type Terms, isFree } from "./priors/terms.js";

/** Margins below which a row counts as not yet decided, tried one after the other. */
const DECIDED = [4, 8, 16] as const;

/** Multiplications that a search for a direction may cost. */
const MOST_WORK = 3e8;

/** An entry that projection shrank by this much is rounding. */
const NOISE = 1e-12;

/** 1.5·2²²: adding it and taking it away rounds to multiples of 2⁻³⁰. */
const GRID = 6291456;

/** Entries looked at between two yields. */
const PIECE = 1 << 16;

/** What a direction does to the rows: how many it decides, and how many it leaves as they are. */
export interface Verdict {
  readonly positive: number;
  readonly zero: number;
}

/** What the targets are, for the words of a reason. */
export type Targets = "classes" | "amounts" | "variances";

/**
 * Looks for a direction along which the loss falls for ever, so that no minimum exists: one that lies in the free
 * parameters, moves no row against its target and at least one towards it. The witness is re-checked over all rows; a
 * sign counts only beyond its rounding error. Null where none is found. Yields between small pieces.
 */
export function* findSeparation(
  comparisons: Comparisons,
  targets: Targets,
  terms: Terms,
  parameters: Float64Array,
): Generator<void, Diagnosis | null> {
  const free = [...parameters.keys()].filter((j) => isFree(terms, j));
  const iterate = new Float64Array(parameters.length);
  for (const j of free) iterate[j] = parameters[j];
  if (iterate.every((value) => value === 0)) return null;
  // Where only intercepts are free, as beside a prior, rows that ask the same are looked at once.
  const asked = comparisons.readsFeatures(free) ? comparisons : yield* comparisons.distinct();
  // One pass tells what the iterate itself does, and which comparisons it has decided, by how much.
  const levels = new Uint8Array(comparisons.length).fill(DECIDED.length + 1);
  const counts = new Array<number>(DECIDED.length + 1).fill(0);
  let positive = 0;
  let zero = 0;
  let lost = 0;
  yield* asked.scan(iterate, ({ index, margin, error, tie }) => {
    if (Math.abs(margin) <= error) zero++;
    else if (margin > 0 && !tie) positive++;
    else lost++;
    let level = 0;
    while (!tie && level < DECIDED.length && margin > DECIDED[level]) level++;
    levels[index] = level;
    counts[level]++;
    return true;
  });
  if (lost === 0 && positive > 0) {
    const verdict = asked === comparisons ? { positive, zero } : yield* judge(comparisons, iterate);
    return verdict && describe(comparisons, targets, terms, verdict, iterate);
  }

  let before = -1;
  let undecidedCount = 0;
  for (let level = 0; level < DECIDED.length; level++) {
    undecidedCount += counts[level];
    // Where nothing is decided, only directions that move nothing are left.
    if (undecidedCount === positive + zero + lost) return null;
    if (undecidedCount === before) continue;
    before = undecidedCount;
    const undecided = yield* indicesUpTo(levels, level, undecidedCount);
    const space = yield* spaceOfTies(asked, undecided, free);
    if (space === "too large") continue;
    // What the undecided comparisons span already, more of them span too.
    if (space === null) return null;
    for (const candidate of candidates(comparisons, space, free, iterate)) {
      let verdict = yield* judge(asked, candidate);
      if (verdict !== null && asked !== comparisons) verdict = yield* judge(comparisons, candidate);
      if (verdict !== null) return describe(comparisons, targets, terms, verdict, candidate);
    }
  }
  return null;
}

function* indicesUpTo(levels: Uint8Array, level: number, count: number): Generator<void, Int32Array> {
  const indices = new Int32Array(count);
  for (let i = 0, next = 0; i < levels.length; i++) {
    if (i % PIECE === PIECE - 1) yield;
    if (levels[i] <= level) indices[next++] = i;
  }
  return indices;
}

/** The part of the iterate that leaves undecided comparisons as they are. */
function* candidates(
  { layout }: Comparisons,
  space: NullSpace,
  free: readonly number[],
  iterate: Float64Array,
): Generator<Float64Array, void> {
  const part = Float64Array.from(free, (j) => iterate[j]);
  // The second projection takes away what rounding left of the first, which was relative to the whole iterate.
  for (let pass = 0; pass < 2; pass++) {
    space.project(part, part);
    const direction = new Float64Array(iterate.length);
    free.forEach((j, i) => (direction[j] = Math.abs(part[i]) <= NOISE * Math.abs(iterate[j]) ? 0 : part[i]));
    if (direction.some((value) => value !== 0)) yield direction;
    if (pass === 1) yield rounded(layout.outputs, direction);
  }
}

/**
 * The direction with the first of several outputs as reference, its largest entry 1, on a grid of 2⁻³⁰: what rounding
 * left of ties between whole numbers is then exactly a tie. Like every candidate it is judged before it counts.
 */
function rounded(outputs: number, direction: Float64Array): Float64Array {
  const stride = direction.length / outputs;
  const relative = direction.map((value, j) => (outputs > 1 ? value - direction[j % stride] : value));
  const largest = relative.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return relative.map((value) => (largest === 0 ? 0 : value / largest + GRID - GRID));
}

/**
 * The directions that move none of the comparisons; null if there are none. A sample of the comparisons decides first:
 * where it already spans everything, as it does on ordinary data, the rest need not be looked at.
 */
function* spaceOfTies(
  comparisons: Comparisons,
  indices: Int32Array,
  free: readonly number[],
): Generator<void, NullSpace | null | "too large"> {
  const width = free.length;
  for (let size = Math.min(4 * width, indices.length); ; size = Math.min(8 * size, indices.length)) {
    if (size * width * width > MOST_WORK) return "too large";
    const rows = new Float64Array(size * width);
    const vector = new Float64Array(comparisons.size);
    for (let i = 0, at = 0; i < size; i++) {
      if (i % 256 === 255) yield;
      comparisons.vector(indices[Math.floor((i * indices.length) / size)], vector);
      for (const j of free) rows[at++] = vector[j];
    }
    const space = yield* nullSpaceSteps(rows, size, width);
    if (space.dimension === 0) return null;
    if (size < indices.length) continue;
    return space;
  }
}

function strideOf({ layout }: Comparisons): number {
  return layout.features + (layout.intercept ? 1 : 0);
}

/** What the direction does to all rows; null unless it is a witness. */
export function* judge(comparisons: Comparisons, direction: Float64Array): Generator<void, Verdict | null> {
  let positive = 0;
  let zero = 0;
  let lost = false;
  yield* comparisons.scan(direction, ({ margin, error, tie }) => {
    if (Math.abs(margin) <= error) zero++;
    else if (margin > 0 && !tie) positive++;
    else lost = true;
    return !lost;
  });
  return lost || positive === 0 ? null : { positive, zero };
}

function describe(
  comparisons: Comparisons,
  targets: Targets,
  terms: Terms,
  { positive, zero }: Verdict,
  direction: Float64Array,
): Diagnosis {
  const largest = direction.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const witness = direction.map((value) => value / largest);
  if (targets === "variances") {
    const reason =
      `The witness takes the variance of ${positive} rows that are fitted exactly to 0 and moves no other row: along it the ` +
      "likelihood rises beyond all bounds, so no maximum-likelihood estimate exists. Give the variance fewer columns, or " +
      "use a prior (priors.normal) or a penalty (penalties.l2).";
    return { status: "unbounded", reason, witness };
  }
  const status = zero === 0 ? "separated" : "quasi-separated";
  const { rows } = comparisons;
  const what =
    targets === "amounts"
      ? zero === 0
        ? "Every target is 0"
        : `The witness lowers the scores of ${positive} rows whose target is 0 and moves no other row`
      : zero === 0
        ? `The witness separates the classes of all ${rows} rows`
        : `The witness separates some classes (${positive} comparisons won, ${zero} tied, none lost)`;
  const along = targets === "amounts" && zero === 0 ? "as the mean goes to 0" : "along it";
  const reason = `${what}: ${along} the likelihood rises for ever, so no maximum-likelihood estimate exists. `;
  return { status, reason: reason + remedyFor(comparisons, targets, terms, witness), witness };
}

/** What to do, by which parameters run away. */
function remedyFor(comparisons: Comparisons, targets: Targets, terms: Terms, witness: Float64Array): string {
  const stride = strideOf(comparisons);
  const { intercept } = comparisons.layout;
  if (intercept && witness.every((value, j) => value === 0 || j % stride === 0)) {
    const penalised = terms.precision.some((_, j) => !isFree(terms, j));
    const why = penalised ? "which the prior leaves free" : "alone";
    return (
      `It is the intercept that runs away, ${why}: use a prior that names it too ` +
      "(priors.normal({ sd, intercept: { sd } })), or data with more than one kind of target."
    );
  }
  const drop = targets === "classes" ? "the columns that tell the classes apart" : "the columns that only zeros have";
  const { outputs, thresholds } = comparisons.layout;
  const firth = outputs === 1 && thresholds === undefined ? ", with a logit or Poisson priors.firth" : "";
  return `Use a prior (priors.normal, priors.cauchy${firth}) or a penalty (penalties.l2), or drop ${drop}.`;
}
